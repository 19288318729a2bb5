package dev.onboard.console.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which handler answers which path.
 *
 * <p>A path such as {@code mail/{id}/html} is matched part by part; the first one added wins.
 */
public final class Routes {
  private final List<Route> routes;
  private final @Nullable Section section;

  private Routes(List<Route> routes, @Nullable Section section) {
    this.routes = routes;
    this.section = section;
  }

  public Routes() {
    this(new ArrayList<>(), null);
  }

  /** The same routes, to which what is added belongs to a section. */
  public Routes of(Section owner) {
    return new Routes(routes, owner);
  }

  /** What answers. */
  @FunctionalInterface
  public interface Handler {

    /**
     * Answers a request.
     *
     * @throws Refusal if it cannot be answered
     */
    Answer handle(Request request);
  }

  /** Adds a page, or anything else that is read and changes nothing. */
  public void get(String path, Handler handler) {
    add("GET", path, handler);
  }

  /** Adds something that is done; only our own pages may ask for it. */
  public void post(String path, Handler handler) {
    add("POST", path, handler);
  }

  private void add(String method, String path, Handler handler) {
    routes.add(
        new Route(method, path.isEmpty() ? List.of() : List.of(path.split("/")), handler, section));
  }

  record Route(String method, List<String> parts, Handler handler, @Nullable Section section) {
    @Nullable Map<String, String> match(List<String> segments) {
      if (segments.size() != parts.size()) {
        return null;
      }
      var variables = new HashMap<String, String>();
      for (int i = 0; i < parts.size(); i++) {
        String part = parts.get(i);
        if (part.startsWith("{")) {
          variables.put(part.substring(1, part.length() - 1), segments.get(i));
        } else if (!part.equals(segments.get(i))) {
          return null;
        }
      }
      return variables;
    }
  }

  /** A route and what its variables stand for. */
  record Match(Route route, Map<String, String> variables) {}

  Optional<Match> find(String method, List<String> segments) {
    for (Route route : routes) {
      Map<String, String> variables = route.method.equals(method) ? route.match(segments) : null;
      if (variables != null) {
        return Optional.of(new Match(route, variables));
      }
    }
    return Optional.empty();
  }
}
