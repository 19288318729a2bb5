package dev.onboard.local.schemas;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list; its token is the key of its last element.
 *
 * @param token the token of the next page, null after the last one
 */
record Page<T>(List<T> elements, @Nullable String token) {
  private static final int DEFAULT_SIZE = 100;

  static <T> Page<T> of(
      List<T> all, Function<T, String> key, @Nullable Integer limit, @Nullable String token) {
    SchemaErrors.checkLimit(limit);
    int from = token == null ? 0 : after(all, key, decode(token));
    int to = Math.min(all.size(), from + (limit == null ? DEFAULT_SIZE : limit));
    List<T> page = all.subList(from, to);
    return new Page<>(page, to < all.size() ? encode(key.apply(page.getLast())) : null);
  }

  private static <T> int after(List<T> all, Function<T, String> key, String last) {
    for (int i = 0; i < all.size(); i++) {
      if (key.apply(all.get(i)).equals(last)) {
        return i + 1;
      }
    }
    throw SchemaErrors.badRequest("NextToken is not valid any more.");
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
      throw SchemaErrors.badRequest("NextToken is not valid.");
    }
  }
}
