package dev.onboard.functions.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/**
 * A stream of bytes that proves itself to be UTF-8 text while it is read, skips the byte order
 * mark, and knows the line on which it turned out to be something else.
 */
final class Utf8Input extends InputStream {

  private static final int PROBE = 4;

  private final PushbackInputStream in;
  private final long maxBytes;
  private long bytes;
  private long line = 1;
  private int pending;
  private int lowest = 0x80;
  private int highest = 0xBF;

  private Utf8Input(PushbackInputStream in, long maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  static Utf8Input open(InputStream stream, long maxBytes) throws IOException {
    PushbackInputStream in = new PushbackInputStream(stream, PROBE);
    byte[] start = in.readNBytes(PROBE);
    Signatures.refuse(start);
    boolean mark = Signatures.hasByteOrderMark(start);
    int skipped = mark ? 3 : 0;
    in.unread(start, skipped, start.length - skipped);
    Utf8Input input = new Utf8Input(in, maxBytes);
    input.bytes = skipped;
    return input;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = in.read(buffer, offset, length);
    if (count < 0) {
      if (pending > 0) {
        throw notUtf8();
      }
      return -1;
    }
    bytes += count;
    if (bytes > maxBytes) {
      throw tooLarge(maxBytes);
    }
    check(buffer, offset, offset + count);
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  static UploadRejectedException tooLarge(long maxBytes) {
    return new UploadRejectedException(
        "The file is larger than the limit of "
            + Text.bytes(maxBytes)
            + "; split it and upload the parts.");
  }

  private void check(byte[] buffer, int from, int to) {
    for (int i = from; i < to; i++) {
      int b = buffer[i];
      if (b > 0 && pending == 0) {
        if (b == '\n') {
          line++;
        }
      } else {
        checkRare(b & 0xFF);
      }
    }
  }

  /** Follows table 3-7 of the Unicode standard: overlong forms and surrogates are no UTF-8. */
  private void checkRare(int b) {
    if (pending > 0) {
      if (b < lowest || b > highest) {
        throw notUtf8();
      }
      pending--;
      lowest = 0x80;
      highest = 0xBF;
    } else if (b == 0) {
      throw new UploadRejectedException(
          "The file is not text: there is a zero byte on line "
              + line
              + "; save it as CSV in UTF-8 (it may be UTF-16 or not a CSV file at all).");
    } else if (b >= 0xC2 && b <= 0xDF) {
      pending = 1;
    } else if (b >= 0xE0 && b <= 0xEF) {
      pending = 2;
      lowest = b == 0xE0 ? 0xA0 : 0x80;
      highest = b == 0xED ? 0x9F : 0xBF;
    } else if (b >= 0xF0 && b <= 0xF4) {
      pending = 3;
      lowest = b == 0xF0 ? 0x90 : 0x80;
      highest = b == 0xF4 ? 0x8F : 0xBF;
    } else {
      throw notUtf8();
    }
  }

  private UploadRejectedException notUtf8() {
    return new UploadRejectedException(
        "The file is not in UTF-8: line "
            + line
            + " has a character in another encoding, probably Latin-1 (Windows-1252); save it as CSV UTF-8.");
  }
}
