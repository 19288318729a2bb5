package dev.onboard.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import java.util.Locale;

/** How a person looks at the console: on what screen, by day or by night. */
enum Look {
  WIDE_LIGHT(1280, 800, ColorScheme.LIGHT),
  WIDE_DARK(1280, 800, ColorScheme.DARK),
  NARROW_LIGHT(390, 844, ColorScheme.LIGHT),
  NARROW_DARK(390, 844, ColorScheme.DARK);

  /** Far enough from UTC to be told from it. */
  static final String ZONE = "Asia/Tokyo";

  private final int width;
  private final int height;
  private final ColorScheme scheme;

  Look(int width, int height, ColorScheme scheme) {
    this.width = width;
    this.height = height;
    this.scheme = scheme;
  }

  Browser.NewContextOptions options() {
    return new Browser.NewContextOptions()
        .setViewportSize(width, height)
        .setColorScheme(scheme)
        .setReducedMotion(ReducedMotion.REDUCE)
        .setPermissions(List.of("clipboard-read", "clipboard-write"))
        .setTimezoneId(ZONE)
        .setLocale("en-GB");
  }

  /** As it stands in the names of screenshots. */
  String slug() {
    return width + "-" + scheme.name().toLowerCase(Locale.ROOT);
  }
}
