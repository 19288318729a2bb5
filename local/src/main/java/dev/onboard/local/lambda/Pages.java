package dev.onboard.local.lambda;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next the marker of the page that follows, if one does
 */
record Pages<T>(List<T> items, @Nullable String next) {

  /** The page after the item that a marker names. */
  static <T> Pages<T> of(
      List<T> all,
      @Nullable String marker,
      @Nullable Integer size,
      int most,
      Function<T, String> key) {
    int from = 0;
    if (marker != null) {
      for (int i = 0; i < all.size(); i++) {
        if (key.apply(all.get(i)).equals(marker)) {
          from = i + 1;
        }
      }
    }
    int to = Math.min(all.size(), from + Math.min(most, size == null ? most : size));
    List<T> items = all.subList(from, to);
    return new Pages<>(items, to < all.size() ? key.apply(items.getLast()) : null);
  }
}
