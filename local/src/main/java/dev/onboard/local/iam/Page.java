package dev.onboard.local.iam;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param marker where the next page begins, if there is one
 */
record Page<T>(List<T> items, @Nullable String marker) {

  static <T> Page<T> of(List<T> all, @Nullable String marker, @Nullable Integer maxItems) {
    int from = Math.min(marker == null ? 0 : position(marker), all.size());
    int to = Math.min(from + (maxItems == null ? Limits.PAGE : maxItems), all.size());
    return new Page<>(
        all.subList(from, to),
        to < all.size()
            ? Base64.getEncoder()
                .encodeToString(Integer.toString(to).getBytes(StandardCharsets.UTF_8))
            : null);
  }

  boolean isTruncated() {
    return marker != null;
  }

  private static int position(String marker) {
    try {
      return Integer.parseUnsignedInt(
          new String(Base64.getDecoder().decode(marker), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw IamErrors.invalid("Invalid Marker.");
    }
  }
}
