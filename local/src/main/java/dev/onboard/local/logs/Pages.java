package dev.onboard.local.logs;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of listings that are ordered by a text; a listing reads one more than it gives. */
final class Pages {
  private Pages() {}

  /**
   * Which page is asked for.
   *
   * @param after the text after which it begins
   */
  record Page(String after, int size) {
    <T> List<T> entries(List<T> found) {
      return found.size() > size ? found.subList(0, size) : found;
    }

    <T> @Nullable String next(List<T> found, Function<T, String> key) {
      return found.size() > size ? encode(key.apply(found.get(size - 1))) : null;
    }
  }

  static Page of(@Nullable String token, @Nullable Integer limit) {
    if (limit != null && limit < 1) {
      throw LogsErrors.constraint(limit, "limit", "have value greater than or equal to 1");
    }
    if (limit != null && limit > Limits.LISTED) {
      throw LogsErrors.constraint(
          limit, "limit", "have value less than or equal to " + Limits.LISTED);
    }
    return new Page(token == null ? "" : decode(token), limit == null ? Limits.LISTED : limit);
  }

  static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static String decode(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw LogsErrors.badToken();
    }
  }
}
