package dev.onboard.local.s3;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Keys encoded for URLs, as listings encode them when asked: slashes stay, spaces become plus. */
final class UrlEncoding {
  private UrlEncoding() {}

  static String of(String key) {
    return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
  }
}
