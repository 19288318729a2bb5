package dev.onboard.console.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.onboard.console.bus.BusRules;
import dev.onboard.console.events.EventsPage.Filter;
import dev.onboard.console.link.EventRow;
import dev.onboard.console.trail.AcceptedEvent;
import dev.onboard.console.web.Answer;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Pages;
import dev.onboard.console.web.Request;
import dev.onboard.console.web.Routes;
import dev.onboard.console.web.Url;
import dev.onboard.console.web.View;
import dev.onboard.patterns.EventPattern;
import dev.onboard.patterns.PatternException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBus;

/** The events on the buses as they come, a page for each, a form for new ones, and archives. */
public final class EventPages implements Pages {
  static final String STYLE = "events.css";
  private static final int PAGE = 50;

  /** So many events are looked at before those that pass are shown, if they are fewer. */
  private static final String MOST_LOOKED_AT = "10000";

  private final Environment env;
  private final EventReader reader;

  public EventPages(Environment env) {
    this.env = env;
    this.reader = new EventReader(env);
  }

  @Override
  public void addTo(Routes routes) {
    routes.get("events", this::list);
    routes.get("events/publish", request -> new Publishing(env).form(request));
    routes.post("events/publish", request -> new Publishing(env).publish(request));
    routes.get("events/archives", request -> new Archives(env).page(request));
    routes.post("events/archives/replays", request -> new Archives(env).start(request));
    routes.post("events/archives/replays/{name}", request -> new Archives(env).cancel(request));
    routes.get("events/{id}", reader::page);
  }

  private Answer list(Request request) {
    var filter =
        new Filter(
            request.parameter("bus"),
            request.parameter("q"),
            request.parameter("pattern"),
            request.parameter("rule"),
            Outcome.of(request.parameter("became")));
    Long before = request.number("before");
    String fault = fault(filter.pattern());
    JsonNode look = fault == null ? look(filter, before) : MissingNode.getInstance();
    var rows = new ArrayList<EventRow>();
    look.path("events")
        .forEach(e -> rows.add(EventRow.of(env.links(), new AcceptedEvent(e), filter.rule())));
    boolean isComplete = look.path("complete").asBoolean(true);
    Url here = here(filter);
    var page =
        new EventsPage(
            buses(),
            filter,
            rule(filter),
            filter.rule() == null
                ? null
                : here(new Filter(
                        filter.bus(), filter.text(), filter.pattern(), null, filter.outcome()))
                    .toString(),
            fault,
            rows,
            isComplete,
            before == null ? null : here.toString(),
            isComplete ? null : here.with("before", look.path("reached").asText()).toString());
    View view = View.of("Events", "events/events.jte", page).using(STYLE);
    return before == null && fault == null ? view.live() : view;
  }

  private static @Nullable String fault(@Nullable String pattern) {
    if (pattern == null) {
      return null;
    }
    try {
      EventPattern.parse(pattern);
      return null;
    } catch (PatternException e) {
      return e.getMessage() + " (" + e.position() + ")";
    }
  }

  private JsonNode look(Filter filter, @Nullable Long before) {
    var asked = new HashMap<String, String>();
    asked.put("limit", String.valueOf(PAGE));
    asked.put("most", MOST_LOOKED_AT);
    put(asked, "bus", filter.bus());
    put(asked, "contains", filter.text());
    put(asked, "pattern", filter.pattern());
    put(asked, "rule", filter.rule());
    put(asked, "outcome", filter.outcome() == null ? null : filter.outcome().parameter());
    put(asked, "before", before == null ? null : before.toString());
    return env.questions().askOne("trail", asked);
  }

  private static void put(Map<String, String> asked, String name, @Nullable String value) {
    if (value != null) {
      asked.put(name, value);
    }
  }

  private static Url here(Filter filter) {
    return Url.of("events")
        .with("bus", filter.bus())
        .with("q", filter.text())
        .with("pattern", filter.pattern())
        .with("rule", filter.rule())
        .with("became", filter.outcome() == null ? null : filter.outcome().parameter());
  }

  private @Nullable Link rule(Filter filter) {
    if (filter.rule() == null) {
      return null;
    }
    return filter.bus() == null
        ? new Link(filter.rule(), null)
        : env.links().link(filter.rule(), Url.of("rules", filter.bus(), filter.rule()));
  }

  private List<String> buses() {
    return new BusRules(env.sdk().client(EventBridgeClient.class))
        .buses().stream().map(EventBus::name).toList();
  }
}
