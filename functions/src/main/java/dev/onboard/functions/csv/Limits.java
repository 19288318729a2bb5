package dev.onboard.functions.csv;

/** How large an upload may be. */
public record Limits(long maxBytes, int maxRows) {

  /** Characters of one record beyond which a quotation mark is surely missing. */
  static final int MAX_RECORD_CHARS = 1 << 20;

  /**
   * UTF-8 bytes of a row that still lets a hundred rows and their events pass through one state.
   */
  static final int MAX_ROW_BYTES = 32 * 1024;

  /** UTF-8 bytes of the prepared header; Step Functions reads headers of up to 10 KiB. */
  static final int MAX_HEADER_BYTES = 8 * 1024;

  public Limits {
    if (maxBytes < 1 || maxRows < 1) {
      throw new IllegalArgumentException("limits must be positive: " + maxBytes + ", " + maxRows);
    }
  }

  /** Refuses a file whose length is known to be too much before it is read. */
  public void check(long bytes) {
    if (bytes > maxBytes) {
      throw Utf8Input.tooLarge(maxBytes);
    }
  }
}
