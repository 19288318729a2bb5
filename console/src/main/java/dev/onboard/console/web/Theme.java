package dev.onboard.console.web;

import java.util.Map;

/** Light or dark, as a person chose; kept in a cookie, so that pages are right from the start. */
final class Theme implements Pages {
  private static final String COOKIE = "theme";

  @Override
  public void addTo(Routes routes) {
    routes.post("theme", Theme::choose);
  }

  /** The chosen one; {@code auto} follows the system. */
  static String of(Request request) {
    String chosen = request.cookie(COOKIE);
    return chosen != null && Shell.THEMES.contains(chosen) ? chosen : Shell.THEMES.getFirst();
  }

  private static Answer choose(Request request) {
    Map<String, String> form = request.form();
    String theme = form.getOrDefault("theme", "");
    String back = form.getOrDefault("back", Url.ROOT);
    if (!Shell.THEMES.contains(theme) || !back.startsWith(Url.ROOT)) {
      throw Refusal.badRequest("There is no theme " + theme + ".");
    }
    String cookie =
        COOKIE
            + "="
            + theme
            + "; Path="
            + Url.ROOT
            + "; Max-Age=31536000; SameSite=Strict; HttpOnly";
    return new Redirect(back, Map.of("Set-Cookie", cookie));
  }
}
