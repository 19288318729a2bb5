package dev.onboard.local.cloudformation;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists that are given out page by page. */
final class Pages {
  static final int SIZE = 100;

  private Pages() {}

  /** A page, and the token of the next one if there is one. */
  record Page<T>(List<T> items, @Nullable String nextToken) {}

  static <T> Page<T> of(List<T> all, @Nullable String token) {
    int from = (int) Math.min(position(token, 0), all.size());
    int to = Math.min(from + SIZE, all.size());
    return new Page<>(all.subList(from, to), to < all.size() ? token(to) : null);
  }

  static String token(long position) {
    return Base64.getUrlEncoder().encodeToString(("p" + position).getBytes(StandardCharsets.UTF_8));
  }

  static long position(@Nullable String token, long otherwise) {
    if (token == null || token.isEmpty()) {
      return otherwise;
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.matches("p[0-9]{1,18}")) {
        return Long.parseLong(text.substring(1));
      }
    } catch (IllegalArgumentException e) {
      // Answered below like any other text that is no token of ours.
    }
    throw Invalid.request("Invalid nextToken");
  }
}
