package dev.onboard.console.events;

import dev.onboard.console.bus.BusRules;
import dev.onboard.console.bus.RuleAnswer;
import dev.onboard.console.events.EventPage.DeliveryRow;
import dev.onboard.console.events.EventPage.Tab;
import dev.onboard.console.events.EventPage.Verdict;
import dev.onboard.console.link.EventRow;
import dev.onboard.console.link.TargetLink;
import dev.onboard.console.schema.EventSchemas;
import dev.onboard.console.schema.EventSchemas.Place;
import dev.onboard.console.trail.AcceptedEvent;
import dev.onboard.console.trail.Consequences;
import dev.onboard.console.trail.Delivery;
import dev.onboard.console.trail.Origin;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Command;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Refusal;
import dev.onboard.console.web.Request;
import dev.onboard.console.web.Url;
import dev.onboard.console.web.View;
import dev.onboard.patterns.Explanation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.schemas.SchemasClient;

/** Reads what the page of one event shows. */
final class EventReader {
  private static final int MOST_RESOURCES = 10;

  private final Environment env;
  private final Origin origin;

  EventReader(Environment env) {
    this.env = env;
    this.origin = new Origin(env.questions());
  }

  /** The ways to look at an event, in the order of the tabs. */
  private enum Look {
    DELIVERIES("Deliveries"),
    RULES("What the rules say"),
    CAUSED("What it caused");

    final String title;

    Look(String title) {
      this.title = title;
    }

    String parameter() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Look of(@Nullable String parameter) {
      if (parameter == null) {
        return DELIVERIES;
      }
      return Arrays.stream(values())
          .filter(l -> l.parameter().equals(parameter))
          .findFirst()
          .orElseThrow(() -> Refusal.notFound("An event cannot be shown as " + parameter + "."));
    }
  }

  View page(Request request) {
    String id = request.variable("id");
    Look look = Look.of(request.parameter("show"));
    List<AcceptedEvent> found =
        env.questions().ask("events", Map.of("id", id)).stream()
            .<AcceptedEvent>map(AcceptedEvent::new)
            .toList();
    if (found.isEmpty()) {
      throw Refusal.notFound(
          "There is no event " + id + ". The newest 100,000 of the last seven days are known.");
    }
    AcceptedEvent event = found.getFirst();
    String replay = event.replay();
    var page =
        new EventPage(
            event,
            env.links().link(event.bus(), Url.of("events").with("bus", event.bus())),
            replay == null ? null : env.links().link(replay, Url.of("events", "archives")),
            resources(event),
            origin.of(event).stream().map(this::link).toList(),
            schemas(event),
            env.links().link("The story around it", Url.of("story").with("q", id)),
            Url.of("events", "publish").with("id", id).toString(),
            tabs(id, look),
            switch (look) {
              case DELIVERIES -> deliveries(found);
              case RULES -> rules(event);
              case CAUSED ->
                  new CausedTree(env.links())
                      .of(
                          Consequences.of(
                              env.sdk(), env.questions(), found, Consequences.QUICK_QUESTIONS));
            },
            Command.onboard("why", id));
    View view = View.of(event.detailType(), "events/event.jte", page).using(EventPages.STYLE);
    return look == Look.RULES ? view : view.live();
  }

  private Link link(AcceptedEvent event) {
    return env.links()
        .link(event.detailType() + " on " + event.bus(), Url.of("events", event.id()));
  }

  private List<Link> resources(AcceptedEvent event) {
    var resources = new ArrayList<Link>();
    event
        .event()
        .path("resources")
        .forEach(r -> resources.add(TargetLink.of(env.links(), r.asText())));
    return resources.subList(0, Math.min(MOST_RESOURCES, resources.size()));
  }

  private static List<Tab> tabs(String id, Look current) {
    return Arrays.stream(Look.values())
        .map(look ->
            new Tab(
                look.title,
                Url.of("events", id)
                    .with("show", look == Look.DELIVERIES ? null : look.parameter())
                    .toString(),
                look == current))
        .toList();
  }

  /** The schemas for such events; violations tell of one that may be gone by now. */
  private List<EventPage.Schema> schemas(AcceptedEvent event) {
    var schemas = new ArrayList<EventPage.Schema>();
    for (Place place :
        new EventSchemas(env.sdk().client(SchemasClient.class))
            .of(event.source(), event.detailType())) {
      String name = place.registry() + "/" + place.schema();
      schemas.add(
          new EventPage.Schema(
              env.links().link(name, Url.of("schemas", place.registry(), place.schema())),
              event.schemaViolations().stream()
                  .filter(v -> v.schema().startsWith(name + " "))
                  .toList()));
    }
    return schemas;
  }

  private EventPage.Deliveries deliveries(List<AcceptedEvent> found) {
    AcceptedEvent event = found.getFirst();
    var sent = new SentInput(env);
    return new EventPage.Deliveries(
        event.deliveries().stream().map(d -> delivery(event, d, sent)).toList(),
        found.stream().skip(1).map(e -> EventRow.of(env.links(), e, null)).toList());
  }

  private DeliveryRow delivery(AcceptedEvent event, Delivery delivery, SentInput sent) {
    return new DeliveryRow(
        env.links().link(delivery.rule(), Url.of("rules", event.bus(), delivery.rule())),
        delivery.target().isEmpty()
            ? new Link("no target", null)
            : TargetLink.of(env.links(), delivery.target()),
        sent.of(event, delivery),
        status(delivery),
        delivery,
        delivery.history());
  }

  private static Badge status(Delivery delivery) {
    if (delivery.isSecondHop()) {
      return new Badge("not forwarded a second time", "");
    } else if (delivery.isPending()) {
      return delivery.error().isEmpty()
          ? new Badge("under way", "busy")
          : new Badge("failing", "wait");
    }
    return Badge.of(delivery.status());
  }

  private EventPage.Rules rules(AcceptedEvent event) {
    EventBridgeClient events = env.sdk().client(EventBridgeClient.class);
    String text = event.event().toString();
    return new EventPage.Rules(
        new BusRules(events)
            .of(event.bus()).stream()
                .map(r -> RuleAnswer.of(events, r, text))
                .sorted(RuleAnswer.NEAREST)
                .map(a -> verdict(event, a))
                .toList());
  }

  private Verdict verdict(AcceptedEvent event, RuleAnswer answer) {
    String rule = answer.rule().name();
    Explanation explanation = answer.explanation();
    return new Verdict(
        env.links().link(rule, Url.of("rules", event.bus(), rule)),
        answer.matches(),
        answer.takes(),
        answer.note(),
        explanation == null || answer.matches() ? List.of() : explanation.nearest().reasons(),
        explanation == null ? 0 : explanation.outcomes().size(),
        explanation == null
            ? null
            : Url.of("rules", "try")
                .with("bus", event.bus())
                .with("rule", rule)
                .with("id", event.id())
                .toString());
  }
}
