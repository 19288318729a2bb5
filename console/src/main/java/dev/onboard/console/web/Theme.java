package dev.onboard.console.web;

import java.util.Map;
import java.util.regex.Pattern;

/** Light or dark, as a person chose; kept in a cookie, so that pages are right from the start. */
final class Theme implements Pages {
  private static final String COOKIE = "theme";

  /** A page of ours, encoded as addresses are. */
  private static final Pattern PAGE = Pattern.compile(Pattern.quote(Url.ROOT) + "[\\x21-\\x7e]*");

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
    if (!Shell.THEMES.contains(theme)) {
      throw Refusal.badRequest("There is no theme " + theme + ".");
    }
    if (!PAGE.matcher(back).matches()) {
      throw Refusal.badRequest("There is no way back to " + back + ".");
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
