package dev.onboard.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.clock.LocalClock;
import dev.onboard.local.conformance.Conformance;
import dev.onboard.local.conformance.Violation;
import dev.onboard.local.eventbridge.BusTrail;
import dev.onboard.local.eventbridge.InputPreview;
import dev.onboard.local.eventbridge.RuleTimes;
import dev.onboard.local.eventbridge.TrailSieve;
import dev.onboard.local.store.Store;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** What the runtime tells of the events on its buses, and of rules, that AWS has no API for. */
final class EventQuestions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int MOST_LOOKED_AT = 20_000;

  private final LocalClock clock;
  private final BusTrail trail;
  private final RuleTimes times;
  private final Conformance conformance;

  EventQuestions(Store store, LocalClock clock, Conformance conformance) {
    this.clock = clock;
    this.trail = new BusTrail(store);
    this.times = new RuleTimes(store);
    this.conformance = conformance;
  }

  List<ObjectNode> find(QuestionParameters given) {
    return accepted(given).stream().map(this::event).toList();
  }

  /** The newest events that pass a sieve, and how far it was looked for them. */
  ObjectNode look(QuestionParameters given) {
    BusTrail.Look look =
        trail.look(
            search(given),
            sieve(given),
            given.limit(),
            given.number("most", MOST_LOOKED_AT, MOST_LOOKED_AT));
    ObjectNode json =
        JSON.createObjectNode()
            .put("looked", look.looked())
            .put("reached", look.reached())
            .put("complete", look.complete());
    look.events().stream().map(this::event).forEach(json.putArray("events")::add);
    return json;
  }

  private static BusTrail.Search search(QuestionParameters given) {
    return new BusTrail.Search(
        given.text("bus"),
        given.before(),
        given.time("since", Instant.EPOCH),
        given.time("until", QuestionParameters.LAST),
        given.textOrEmpty("contains"));
  }

  private TrailSieve sieve(QuestionParameters given) {
    String outcome = given.text("outcome");
    boolean isViolating = "violating".equals(outcome);
    return new TrailSieve(
        given.textOrEmpty("source"),
        given.textOrEmpty("detailType"),
        given.text("pattern"),
        given.text("rule"),
        outcome == null || isViolating ? null : outcome(outcome),
        isViolating ? conformance.violating(given.before(), MOST_LOOKED_AT) : null);
  }

  private static TrailSieve.Outcome outcome(String name) {
    try {
      return TrailSieve.Outcome.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "outcome must be unmatched, pending, dead-lettered, dropped or violating, not " + name,
          e);
    }
  }

  /**
   * What a target would be sent of an event: {@code text}, or {@code error} with the reason that
   * AWS gives.
   */
  ObjectNode input(QuestionParameters given) {
    Target target = target(given);
    ObjectNode json = JSON.createObjectNode();
    try {
      InputPreview.render(
              target, given.textOrEmpty("event"), given.textOrEmpty("rule"), clock.now())
          .ifPresentOrElse(
              text -> json.put("text", text),
              () ->
                  json.put(
                      "error",
                      "With this event the template makes no JSON, so nothing would be sent."));
    } catch (AwsServiceException e) {
      json.put("error", e.awsErrorDetails().errorMessage());
    }
    return json;
  }

  private static Target target(QuestionParameters given) {
    Target.Builder target =
        Target.builder().id("target").input(given.text("input")).inputPath(given.text("path"));
    String template = given.text("template");
    if (template != null) {
      Map<String, String> paths = paths(given.textOrEmpty("paths"));
      target.inputTransformer(t -> t.inputTemplate(template).inputPathsMap(paths));
    }
    return target.build();
  }

  private static Map<String, String> paths(String json) {
    try {
      return json.isEmpty() ? Map.of() : JSON.readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("paths must be a JSON object of texts", e);
    }
  }

  /** The next times of a rule with a schedule. */
  List<ObjectNode> schedule(QuestionParameters given) {
    return times.next(given.textOrEmpty("bus"), given.textOrEmpty("rule"), given.limit()).stream()
        .map(t -> JSON.createObjectNode().put("at", t.toString()))
        .toList();
  }

  /** One event with its copies, those after one, those that are searched for, or the newest. */
  private List<BusTrail.Accepted> accepted(QuestionParameters given) {
    String id = given.text("id");
    if (id != null) {
      return trail
          .find(id)
          .map(e -> Stream.concat(Stream.of(e), trail.forwarded(e).stream()).toList())
          .orElse(List.of());
    }
    String bus = given.text("bus");
    String after = given.text("after");
    if (after != null) {
      return trail.after(Long.parseLong(after), bus, given.limit());
    }
    boolean isSearch = Stream.of("contains", "since", "until").anyMatch(given::has);
    return isSearch
        ? trail.search(search(given), given.limit())
        : trail.recent(bus, given.before(), given.limit());
  }

  private ObjectNode event(BusTrail.Accepted event) {
    JsonNode body;
    try {
      body = JSON.readTree(event.json());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    ObjectNode json =
        JSON.createObjectNode()
            .put("number", event.number())
            .put("id", event.id())
            .put("bus", event.bus())
            .put("time", event.accepted().toString())
            .put("source", body.path("source").asText())
            .put("detailType", body.path("detail-type").asText())
            .put("forwardedFrom", event.forwardedFrom())
            .put("publisher", event.publisher());
    event.rules().forEach(json.putArray("rules")::add);
    ArrayNode deliveries = json.putArray("deliveries");
    for (BusTrail.Delivery delivery : event.deliveries()) {
      deliveries
          .addObject()
          .put("rule", delivery.rule())
          .put("target", delivery.targetArn())
          .put("status", delivery.state().name())
          .put("attempts", delivery.attempts())
          .put("changed", delivery.changed().toString())
          .put("nextAttempt", text(delivery.nextAttempt()))
          .put("error", error(delivery))
          .set("history", history(delivery));
    }
    ArrayNode violations = json.putArray("violations");
    for (Violation violation : conformance.violations(event.number())) {
      violations
          .addObject()
          .put("schema", violation.schema())
          .put("at", violation.at())
          .put("problem", violation.problem());
    }
    json.set("event", body);
    return json;
  }

  /** The attempts, if there were others than one that did. */
  private static ArrayNode history(BusTrail.Delivery delivery) {
    ArrayNode history = JSON.createArrayNode();
    for (BusTrail.Failure failure : delivery.failures()) {
      history
          .addObject()
          .put("attempt", failure.attempt())
          .put("time", failure.at().toString())
          .put("error", failure.errorCode() + ": " + failure.errorMessage());
    }
    if (!history.isEmpty() && delivery.state() == BusTrail.State.DELIVERED) {
      history
          .addObject()
          .put("attempt", delivery.attempts())
          .put("time", delivery.changed().toString());
    }
    return history;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static @Nullable String error(BusTrail.Delivery delivery) {
    return delivery.errorCode() == null
        ? null
        : delivery.errorCode() + ": " + delivery.errorMessage();
  }
}
