package dev.onboard.local.eventbridge;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list that is sorted by a key; its token is the key of the last element.
 *
 * @param token the token of the next page, null after the last one
 */
record Pages<T>(List<T> page, @Nullable String token) {
  private static final int DEFAULT_SIZE = 100;

  static <T> Pages<T> of(
      List<T> sorted, Function<T, String> key, @Nullable Integer limit, @Nullable String token) {
    int size = limit == null ? DEFAULT_SIZE : limit;
    int from = 0;
    if (token != null) {
      String after = decode(token);
      while (from < sorted.size() && key.apply(sorted.get(from)).compareTo(after) <= 0) {
        from++;
      }
    }
    int to = Math.min(sorted.size(), from + size);
    List<T> page = sorted.subList(from, to);
    return new Pages<>(page, to < sorted.size() ? encode(key.apply(page.getLast())) : null);
  }

  private static String encode(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw EventErrors.validation("Parameter NextToken is not valid.");
    }
  }
}
