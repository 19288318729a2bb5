package dev.onboard.patterns;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** How like two names are. */
public final class Spelling {
  private Spelling() {}

  /**
   * The name among others that was most likely meant, if one is near: it differs in case, in
   * hyphens and underscores, or in a letter or two.
   */
  public static Optional<String> nearest(String name, Collection<String> others) {
    int most = name.length() <= 3 ? 1 : name.length() <= 5 ? 2 : 3;
    return others.stream()
        .filter(o -> !o.equals(name))
        .filter(o -> distance(plain(name), plain(o)) <= most && plain(o).length() > most)
        .min(Comparator.comparing(o -> distance(plain(name), plain(o))));
  }

  /** How many letters must be put in, left out, replaced or exchanged with the next one. */
  public static int distance(String one, String other) {
    int[][] steps = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          steps[i][j] = i + j;
          continue;
        }
        int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int fewest = Math.min(steps[i - 1][j], steps[i][j - 1]) + 1;
        fewest = Math.min(fewest, steps[i - 1][j - 1] + same);
        if (i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1)) {
          fewest = Math.min(fewest, steps[i - 2][j - 2] + 1);
        }
        steps[i][j] = fewest;
      }
    }
    return steps[one.length()][other.length()];
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }
}
