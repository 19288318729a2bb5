package dev.onboard.console.web;

import java.util.List;

/**
 * A page: a template and what it shows.
 *
 * <p>It is sent whole to a browser that opens it, without its frame to a script that asks for it
 * ({@code HX-Request}), and again and again to one that listens ({@code text/event-stream}).
 *
 * @param title as the browser shows it
 * @param template below {@code src/main/jte}, such as {@code mail/inbox.jte}
 * @param model the template's parameter
 * @param isLive whether an open page follows what happens
 * @param assets style sheets and scripts that only this page needs
 */
public record View(
    int status, String title, String template, Object model, boolean isLive, List<String> assets)
    implements Answer {

  public static View of(String title, String template, Object model) {
    return new View(200, title, template, model, false, List.of());
  }

  /** The same as a page that follows what happens while it is open. */
  public View live() {
    return new View(status, title, template, model, true, assets);
  }

  /** The same with files of its own from {@code static/}: {@code flow.css}, {@code flow.js}. */
  public View using(String... files) {
    return new View(status, title, template, model, isLive, List.of(files));
  }

  View withStatus(int other) {
    return new View(other, title, template, model, isLive, assets);
  }
}
