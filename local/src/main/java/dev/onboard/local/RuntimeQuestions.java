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
import dev.onboard.local.sfn.StartedExecutions;
import dev.onboard.local.store.Store;
import dev.onboard.local.usage.Meter;
import dev.onboard.local.wire.HttpCall;
import dev.onboard.local.wire.Outgoing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
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

  /** Later than anything that is stored. */
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private final Store store;
  private final LocalClock clock;
  private final ClockOffset offset;
  private final SentMails mails;
  private final BusTrail trail;
  private final WaitingEvents waiting;
  private final Conformance conformance;
  private final UsageQuestion usage;
  private final StoredQuestions stored;

  RuntimeQuestions(
      Store store, LocalClock clock, ClockOffset offset, Conformance conformance, Meter meter) {
    this.store = store;
    this.clock = clock;
    this.offset = offset;
    this.mails = new SentMails(store);
    this.trail = new BusTrail(store);
    this.waiting = new WaitingEvents(store);
    this.conformance = conformance;
    this.usage = new UsageQuestion(meter);
    this.stored = new StoredQuestions(store);
  }

  void handle(HttpCall call, Outgoing out) throws IOException {
    String what = call.path().substring(PREFIX.length());
    try {
      switch (call.method()) {
        case "GET" -> send(out, 200, ask(what, parameters(call)));
        case "POST" -> command(what, call, out);
        default -> refuse(out, 404, "there is no " + call.method() + " " + what + " here");
      }
    } catch (NoSuchElementException e) {
      refuse(out, 404, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      refuse(out, 400, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Answers a question.
   *
   * @throws NoSuchElementException if there is no such question
   * @throws IllegalArgumentException if a parameter is not what it must be
   */
  List<ObjectNode> ask(String question, Map<String, String> parameters) {
    var given = new Parameters(parameters);
    return switch (question) {
      case "health" -> List.of(time().put("runtime", "onboard").put("writes", store.writes()));
      case "mails" -> mails(given).stream().map(RuntimeQuestions::mail).toList();
      case "counts" -> List.of(counts(given));
      case "events" -> accepted(given).stream().map(this::event).toList();
      case "invocations" -> invocations(given);
      case "executions" -> executions(given);
      case "messages" ->
          stored.messages(
              given.text("queue"), given.text("contains"), given.before(), given.limit());
      case "usage" -> usage.ask(given.time("from", Instant.EPOCH), given.time("to", clock.now()));
      default -> throw new NoSuchElementException("there is no GET " + question + " here");
    };
  }

  private void command(String what, HttpCall call, Outgoing out) throws IOException {
    if (!what.equals("time")) {
      refuse(out, 404, "there is no POST " + what + " here");
      return;
    }
    advance(call, out);
  }

  private static Map<String, String> parameters(HttpCall call) {
    return call.query().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().getFirst()));
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

  /** One mail, those to an address, with a tag, to addresses with a text in them, or all. */
  private List<SentMails.Mail> mails(Parameters given) {
    String id = given.text("id");
    String to = given.text("to");
    String search = given.text("search");
    String tag = given.text("tag");
    if (id != null) {
      return mails.find(id).stream().toList();
    } else if (to != null) {
      return mails.to(to, given.limit(), given.before());
    } else if (tag != null) {
      int name = tag.indexOf('=');
      if (name < 1) {
        throw new IllegalArgumentException("tag must be NAME=VALUE, not " + tag);
      }
      return mails.tagged(
          tag.substring(0, name), tag.substring(name + 1), given.limit(), given.before());
    } else if (search != null) {
      return mails.toAddressesWith(search, given.limit(), given.before());
    }
    return mails.newest(given.limit(), given.before());
  }

  private static ObjectNode mail(SentMails.Mail mail) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("number", mail.number())
            .put("messageId", mail.messageId())
            .put("at", mail.at().toString())
            .put("from", mail.from());
    mail.to().forEach(json.putArray("to")::add);
    mail.cc().forEach(json.putArray("cc")::add);
    mail.bcc().forEach(json.putArray("bcc")::add);
    json.put("subject", mail.subject()).put("text", mail.text()).put("html", mail.html());
    ArrayNode headers = json.putArray("headers");
    mail.headers()
        .forEach(h -> headers.addObject().put("name", h.getKey()).put("value", h.getValue()));
    ObjectNode tags = json.putObject("tags");
    mail.tags().forEach(tags::put);
    return json.put("configurationSet", mail.configurationSet());
  }

  /** How much there was since a time, or ever. */
  private ObjectNode counts(Parameters given) {
    return JSON.createObjectNode().put("mails", mails.count(given.time("since", Instant.EPOCH)));
  }

  /** One event with its copies, those after one, those that are searched for, or the newest. */
  private List<BusTrail.Accepted> accepted(Parameters given) {
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
        ? trail.search(
            new BusTrail.Search(
                bus,
                given.before(),
                given.time("since", Instant.EPOCH),
                given.time("until", LAST),
                given.has("contains") ? String.valueOf(given.text("contains")) : ""),
            given.limit())
        : trail.recent(bus, given.before(), given.limit());
  }

  /** Executions with a text in their input, or those that a list of them is narrowed to. */
  private List<ObjectNode> executions(Parameters given) {
    if (given.has("contains")) {
      return stored.executions(given.text("contains"), given.before(), given.limit());
    }
    String name = given.text("name");
    return stored.executions(
        new StartedExecutions.Wanted(
            given.text("machine"),
            given.text("status"),
            name == null ? "" : name,
            given.time("since", Instant.EPOCH),
            given.time("until", LAST)),
        given.before(),
        given.limit());
  }

  private List<ObjectNode> invocations(Parameters given) {
    return waiting.next(given.limit()).stream()
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

  /** What a question was asked with. */
  private record Parameters(Map<String, String> values) {
    @Nullable String text(String name) {
      return values.get(name);
    }

    boolean has(String name) {
      return values.containsKey(name);
    }

    /** The number of the last one of the page before. */
    long before() {
      String before = text("before");
      return before == null ? Long.MAX_VALUE : Long.parseLong(before);
    }

    int limit() {
      String limit = text("limit");
      int number = limit == null ? 20 : Integer.parseInt(limit);
      if (number < 1 || number > MOST) {
        throw new IllegalArgumentException("limit must be a number from 1 to " + MOST);
      }
      return number;
    }

    Instant time(String name, Instant otherwise) {
      String time = text(name);
      try {
        return time == null ? otherwise : Instant.parse(time);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(
            name + " must be a time such as 2026-01-31T12:00:00Z, not " + time, e);
      }
    }
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
