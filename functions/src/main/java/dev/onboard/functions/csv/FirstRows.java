package dev.onboard.functions.csv;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which row had an address first: a hash table of 128 bits of SHA-256 and a row number, 20 bytes a
 * place, so that a million addresses need some 40 MB and no two addresses are ever taken for one.
 */
final class FirstRows {

  private final MessageDigest sha256;
  private long[] high = new long[1024];
  private long[] low = new long[1024];
  private int[] rows = new int[1024];
  private int size;

  FirstRows() {
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Notes the row as the first one with this address, unless one was noted: that one is returned,
   * else 0.
   */
  int putIfAbsent(String email, int row) {
    ByteBuffer hash = ByteBuffer.wrap(sha256.digest(email.getBytes(StandardCharsets.UTF_8)));
    long a = hash.getLong();
    long b = hash.getLong();
    int at = place(a, b);
    if (rows[at] != 0) {
      return rows[at];
    }
    high[at] = a;
    low[at] = b;
    rows[at] = row;
    if (++size * 2 > rows.length) {
      grow();
    }
    return 0;
  }

  private int place(long a, long b) {
    int at = (int) a & (rows.length - 1);
    while (rows[at] != 0 && (high[at] != a || low[at] != b)) {
      at = (at + 1) & (rows.length - 1);
    }
    return at;
  }

  private void grow() {
    long[] oldHigh = high;
    long[] oldLow = low;
    int[] oldRows = rows;
    high = new long[oldHigh.length * 2];
    low = new long[oldLow.length * 2];
    rows = new int[oldRows.length * 2];
    for (int i = 0; i < oldRows.length; i++) {
      if (oldRows[i] != 0) {
        int at = place(oldHigh[i], oldLow[i]);
        high[at] = oldHigh[i];
        low[at] = oldLow[i];
        rows[at] = oldRows[i];
      }
    }
  }
}
