package dev.onboard.console.web;

/** The ways to pages, as far as the pages exist. */
public final class Links {
  private final Routes routes;

  public Links(Routes routes) {
    this.routes = routes;
  }

  /** A text that leads to a page, if there is one: {@code link(id, Url.of("events", id))}. */
  public Link link(String text, Url page) {
    boolean exists = routes.find("GET", page.segments()).isPresent();
    return new Link(text, exists ? page.toString() : null);
  }
}
