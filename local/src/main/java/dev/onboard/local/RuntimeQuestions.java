package dev.onboard.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.clock.LocalClock;
import dev.onboard.local.conformance.Conformance;
import dev.onboard.local.conformance.Violation;
import dev.onboard.local.eventbridge.BusTrail;
import dev.onboard.local.lambda.WaitingEvents;
import dev.onboard.local.sesv2.SentMails;
import dev.onboard.local.store.Store;
import dev.onboard.local.wire.HttpCall;
import dev.onboard.local.wire.Outgoing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the runtime tells that AWS has no API for: which mails were sent, what was on the buses,
 * what time it is. Answers are JSON, an object a line.
 */
final class RuntimeQuestions {
  static final String PREFIX = "/_onboard/";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 1000;

  private final LocalClock clock;
  private final ClockOffset offset;
  private final SentMails mails;
  private final BusTrail trail;
  private final WaitingEvents waiting;
  private final Conformance conformance;

  RuntimeQuestions(Store store, LocalClock clock, ClockOffset offset, Conformance conformance) {
    this.clock = clock;
    this.offset = offset;
    this.mails = new SentMails(store);
    this.trail = new BusTrail(store);
    this.waiting = new WaitingEvents(store);
    this.conformance = conformance;
  }

  void handle(HttpCall call, Outgoing out) throws IOException {
    String what = call.method() + " " + call.path().substring(PREFIX.length());
    try {
      switch (what) {
        case "GET health" -> send(out, 200, List.of(time().put("runtime", "onboard")));
        case "GET mails" -> send(out, 200, mails(call));
        case "GET events" -> send(out, 200, events(call));
        case "GET invocations" -> send(out, 200, invocations(call));
        case "POST time" -> advance(call, out);
        default -> refuse(out, 404, "there is no " + what + " here");
      }
    } catch (IllegalArgumentException e) {
      refuse(out, 400, String.valueOf(e.getMessage()));
    }
  }

  /** A form of another site can post, but cannot set a header. */
  private void advance(HttpCall call, Outgoing out) throws IOException {
    if (call.header("onboard-command") == null) {
      refuse(out, 403, "the header Onboard-Command is missing");
      return;
    }
    try {
      clock.advance(Duration.parse(String.valueOf(call.parameter("advance"))));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("advance must be a duration such as PT24H", e);
    }
    offset.write(clock.offset());
    send(out, 200, List.of(time()));
  }

  private ObjectNode time() {
    return JSON.createObjectNode().put("now", clock.now().toString());
  }

  private List<ObjectNode> mails(HttpCall call) {
    String to = call.parameter("to");
    int limit = limit(call);
    List<SentMails.Mail> found =
        to == null ? mails.newest(limit, before(call)) : mails.to(to, limit, before(call));
    return found.stream().map(RuntimeQuestions::mail).toList();
  }

  private static ObjectNode mail(SentMails.Mail mail) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("number", mail.number())
            .put("messageId", mail.messageId())
            .put("at", mail.at().toString())
            .put("from", mail.from());
    mail.to().forEach(json.putArray("to")::add);
    return json.put("subject", mail.subject()).put("text", mail.text()).put("html", mail.html());
  }

  private List<ObjectNode> events(HttpCall call) {
    return accepted(call).stream().map(this::event).toList();
  }

  /** One event with its copies, those after one, or the newest. */
  private List<BusTrail.Accepted> accepted(HttpCall call) {
    String id = call.parameter("id");
    if (id != null) {
      return trail
          .find(id)
          .map(e -> Stream.concat(Stream.of(e), trail.forwarded(e).stream()).toList())
          .orElse(List.of());
    }
    String bus = call.parameter("bus");
    String after = call.parameter("after");
    return after == null
        ? trail.recent(bus, before(call), limit(call))
        : trail.after(Long.parseLong(after), bus, limit(call));
  }

  private List<ObjectNode> invocations(HttpCall call) {
    return waiting.next(limit(call)).stream()
        .map(w ->
            JSON.createObjectNode()
                .put("function", w.function())
                .put("requestId", w.requestId())
                .put("eventId", w.eventId())
                .put("attempts", w.attempts())
                .put("nextAttempt", w.next().toString()))
        .toList();
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
            .put("forwardedFrom", event.forwardedFrom());
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

  /** The number of the last one of the page before. */
  private static long before(HttpCall call) {
    String before = call.parameter("before");
    return before == null ? Long.MAX_VALUE : Long.parseLong(before);
  }

  private static int limit(HttpCall call) {
    String limit = call.parameter("limit");
    int number = limit == null ? 20 : Integer.parseInt(limit);
    if (number < 1 || number > MOST) {
      throw new IllegalArgumentException("limit must be a number from 1 to " + MOST);
    }
    return number;
  }

  private static void send(Outgoing out, int status, List<ObjectNode> objects) throws IOException {
    String lines = objects.stream().map(o -> o.toString() + "\n").collect(Collectors.joining());
    out.send(
        status,
        Map.of("Content-Type", "application/x-ndjson"),
        lines.getBytes(StandardCharsets.UTF_8));
  }

  private static void refuse(Outgoing out, int status, String message) throws IOException {
    out.send(
        status, Map.of("Content-Type", "text/plain"), message.getBytes(StandardCharsets.UTF_8));
  }
}
