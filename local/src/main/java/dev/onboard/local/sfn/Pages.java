package dev.onboard.local.sfn;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Lists in pages: how long a page is and after which number the next one begins. */
final class Pages {
  private static final String MARK = "sfn-page:";

  private final int size;
  private final @Nullable Long after;

  private Pages(int size, @Nullable Long after) {
    this.size = size;
    this.after = after;
  }

  /** What a call asks for. */
  static Pages of(@Nullable Integer maxResults, @Nullable String nextToken) {
    if (maxResults != null && maxResults < 0) {
      throw Errors.constraint(
          maxResults.toString(), "maxResults", "Member must have value greater than or equal to 0");
    }
    if (maxResults != null && maxResults > Limits.PAGE) {
      throw Errors.constraint(
          maxResults.toString(), "maxResults", "Member must have value less than or equal to 1000");
    }
    int size = maxResults == null || maxResults == 0 ? Limits.DEFAULT_PAGE : maxResults;
    return new Pages(size, nextToken == null ? null : number(nextToken));
  }

  private static long number(String token) {
    try {
      String plain = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
      if (plain.startsWith(MARK)) {
        return Long.parseLong(plain.substring(MARK.length()));
      }
    } catch (IllegalArgumentException e) {
      // Falls through: what cannot be read is none of ours.
    }
    throw Errors.invalidToken();
  }

  /** How many rows to ask for: one more than a page, to know whether there are more. */
  int rows() {
    return size + 1;
  }

  /** The number of the last row of the page before. */
  long after(long otherwise) {
    return after == null ? otherwise : after;
  }

  /** The rows of the page. */
  <T> List<T> page(List<T> rows) {
    return rows.size() > size ? rows.subList(0, size) : rows;
  }

  /** The token of the next page, if there is one. */
  <T> @Nullable String next(List<T> rows, ToLongFunction<T> number) {
    if (rows.size() <= size) {
      return null;
    }
    String plain = MARK + number.applyAsLong(rows.get(size - 1));
    return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }
}
