package dev.onboard.console.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All pages together: lets a request pass, finds who answers it, and sends the answer. */
public final class Site implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Site.class);

  private final Routes routes = new Routes();
  private final String first;
  private final Live live;
  private final Renderer renderer;

  /**
   * Makes a site.
   *
   * @param sections what it has; the first one is shown first
   */
  public Site(Sdk sdk, Questions questions, Function<Environment, List<Section>> sections) {
    Assets assets = Assets.load();
    List<Section> all = sections.apply(new Environment(sdk, questions, new Links(routes)));
    routes.get("", r -> Redirect.to(Url.of(all.getFirst().path())));
    routes.get(Assets.PATH + "/{version}/{name}", assets::get);
    new Theme().addTo(routes);
    all.forEach(section -> section.pages().addTo(routes.of(section)));
    this.first = all.getFirst().path();
    this.live = new Live(questions);
    this.renderer = new Renderer(assets, all);
  }

  /** Answers a request; the exchange is the caller's to close. */
  public void handle(HttpExchange exchange) throws IOException {
    Request request = Request.of(exchange);
    var sender = new Sender(exchange);
    Section section = null;
    Payload payload;
    try {
      Guard.check(request);
      Routes.Match match = match(request);
      section = match.route().section();
      Request matched = request.with(match.variables());
      Answer answer = match.route().handler().handle(matched);
      if (request.wantsStream() && (answer instanceof View || answer instanceof Redirect)) {
        follow(match.route(), matched, sender);
        return;
      }
      payload = payload(answer, request, section);
    } catch (RuntimeException | Error e) {
      payload = payload(problem(e, request), request, section);
    }
    sender.send(payload);
  }

  private Routes.Match match(Request request) {
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    return routes
        .find(method, request.segments())
        .orElseThrow(() ->
            Refusal.notFound("There is no page " + String.join("/", request.segments()) + "."));
  }

  private Payload payload(Answer answer, Request request, @Nullable Section section) {
    return switch (answer) {
      case View view when request.wantsFragment() ->
          Document.html(view.status(), renderer.fragment(view));
      case View view -> Document.html(view.status(), renderer.page(view, request, section));
      case Redirect redirect -> redirect.document();
      case Payload payload -> payload;
    };
  }

  private void follow(Routes.Route route, Request request, Sender sender) throws IOException {
    live.follow(
        sender.stream("text/event-stream; charset=utf-8"),
        () -> {
          try {
            return switch (route.handler().handle(request)) {
              case View view -> Live.Update.page(renderer.fragment(view));
              case Redirect redirect -> Live.Update.elsewhere(redirect.location());
              case Payload _ -> Live.Update.page("");
            };
          } catch (RuntimeException | Error e) {
            return Live.Update.page(renderer.fragment(problem(e, request)));
          }
        });
  }

  private static View problem(Throwable failure, Request request) {
    if (failure instanceof Refusal refusal) {
      return Problem.of(refusal).view();
    }
    LOG.error("{} {} failed", request.method(), request.segments(), failure);
    return Problem.of(failure).view();
  }

  /** Makes the first page once for nobody, so that all that it needs is loaded. */
  public void prepare() {
    var request =
        new Request(
            "GET", List.of(first), Map.of(), Map.of(), Map.of(), InputStream.nullInputStream());
    try {
      Routes.Route route = match(request).route();
      payload(route.handler().handle(request), request, route.section());
    } catch (RuntimeException e) {
      // Whoever opens the page is told; a runtime that is being closed is no reason to tell.
      LOG.debug("the first page could not be prepared", e);
    }
  }

  /** Ends the live updates of all open pages. */
  @Override
  public void close() {
    live.close();
  }
}
