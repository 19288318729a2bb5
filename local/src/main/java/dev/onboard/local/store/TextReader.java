package dev.onboard.local.store;

import java.util.List;

/** Reads single ones of packed texts; neighbours are mostly of one body, which is read once. */
public final class TextReader {
  private final Tx tx;
  private final String query;
  private long read;
  private List<String> texts = List.of();

  /**
   * A reader within a transaction.
   *
   * @param table that of the bodies, with the columns {@code number}, {@code form}, {@code body}
   */
  public TextReader(Tx tx, String table) {
    this.tx = tx;
    this.query = "SELECT form, body FROM " + table + " WHERE number = ?";
  }

  /**
   * A text.
   *
   * @param number that of the row with the body, from 1
   * @param place where it stands in the body, from 0
   */
  public String text(long number, int place) {
    if (number != read) {
      texts =
          tx.first(query, PackedTexts::of, number)
              .orElseThrow(() -> new IllegalStateException("body " + number + " is missing"))
              .texts();
      read = number;
    }
    return texts.get(place);
  }
}
