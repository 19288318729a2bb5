package dev.onboard.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.clock.LocalClock;
import dev.onboard.local.conformance.Conformance;
import dev.onboard.local.lambda.WaitingEvents;
import dev.onboard.local.sesv2.SentMails;
import dev.onboard.local.sfn.StartedExecutions;
import dev.onboard.local.store.Store;
import dev.onboard.local.usage.Meter;
import dev.onboard.local.wire.HttpCall;
import dev.onboard.local.wire.Outgoing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

/**
 * What the runtime tells that AWS has no API for: which mails were sent, what was on the buses,
 * what time it is. Answers are JSON, an object a line.
 */
final class RuntimeQuestions {
  static final String PREFIX = "/_onboard/";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Store store;
  private final LocalClock clock;
  private final ClockOffset offset;
  private final SentMails mails;
  private final WaitingEvents waiting;
  private final EventQuestions events;
  private final UsageQuestion usage;
  private final StoredQuestions stored;

  RuntimeQuestions(
      Store store, LocalClock clock, ClockOffset offset, Conformance conformance, Meter meter) {
    this.store = store;
    this.clock = clock;
    this.offset = offset;
    this.mails = new SentMails(store);
    this.waiting = new WaitingEvents(store);
    this.events = new EventQuestions(store, clock, conformance);
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
    var given = new QuestionParameters(parameters);
    return switch (question) {
      case "health" -> List.of(time().put("runtime", "onboard").put("writes", store.writes()));
      case "mails" -> mails(given).stream().map(RuntimeQuestions::mail).toList();
      case "counts" -> List.of(counts(given));
      case "events" -> events.find(given);
      case "trail" -> List.of(events.look(given));
      case "input" -> List.of(events.input(given));
      case "schedule" -> events.schedule(given);
      case "invocations" -> invocations(given);
      case "executions" -> executions(given);
      case "messages" ->
          stored.messages(
              given.text("queue"),
              given.text("number"),
              given.text("contains"),
              given.before(),
              given.limit());
      case "backlogs" -> stored.backlogs();
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
  private List<SentMails.Mail> mails(QuestionParameters given) {
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
  private ObjectNode counts(QuestionParameters given) {
    return JSON.createObjectNode().put("mails", mails.count(given.time("since", Instant.EPOCH)));
  }

  /** Executions with a text in their input, or those that a list of them is narrowed to. */
  private List<ObjectNode> executions(QuestionParameters given) {
    if (given.has("contains")) {
      return stored.executions(given.text("contains"), given.before(), given.limit());
    }
    return stored.executions(
        new StartedExecutions.Wanted(
            given.text("machine"),
            given.text("status"),
            given.textOrEmpty("name"),
            given.time("since", Instant.EPOCH),
            given.time("until", QuestionParameters.LAST)),
        given.before(),
        given.limit());
  }

  private List<ObjectNode> invocations(QuestionParameters given) {
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
