package dev.onboard.console.web;

import java.util.List;

/**
 * What is around every page.
 *
 * @param current where the reader is, in the words of the navigation
 * @param theme {@code auto}, {@code light} or {@code dark}
 * @param here the address of this page, to come back to
 */
public record Shell(
    String title,
    List<Entry> navigation,
    String theme,
    String here,
    List<String> styles,
    List<String> modules,
    String icon,
    String htmx) {
  public static final List<String> THEMES = List.of("auto", "light", "dark");

  /** What htmx is told: it makes no styles, evaluates no text, and shows errors as pages. */
  public static final String HTMX_SETTINGS =
      """
      {"allowEval": false, "allowScriptTags": false, "includeIndicatorStyles": false, "historyCacheSize": 0,\
       "refreshOnHistoryMiss": true, "responseHandling": [{"code": "204", "swap": false}, {"code": "...", "swap": true}]}\
      """;

  /** A link of the navigation. */
  public record Entry(String title, String href, boolean isCurrent) {}
}
