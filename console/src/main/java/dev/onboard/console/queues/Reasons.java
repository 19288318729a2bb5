package dev.onboard.console.queues;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.names.Names;
import dev.onboard.console.queues.Why.Fact;
import dev.onboard.console.web.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads out of messages why they are where they are: each service that gives something up says so
 * in a form of its own (EventBridge user guide, "Using dead-letter queues"; Lambda developer guide,
 * "Capturing records of asynchronous invocations"; SQS developer guide, "Dead-letter queues").
 */
final class Reasons {
  private final Names names;
  private final Wiring wiring;
  private final Connections connections;

  /**
   * Reads the messages of a queue.
   *
   * @param queueArn the queue's
   */
  Reasons(Names names, Wiring wiring, String queueArn) {
    this.names = names;
    this.wiring = wiring;
    this.connections = wiring.of(queueArn);
  }

  /** Null if the message waits here as messages do. */
  @Nullable Why of(QueuedMessage message) {
    String code = message.attribute("ERROR_CODE");
    if (code != null && message.attribute("RULE_ARN") != null) {
      return undelivered(message, code);
    } else if (message.isLambdaRecord()) {
      return failed(message);
    } else if (message.attribute("ErrorMessage") != null
        && message.attribute("RequestID") != null) {
      return refused(message);
    } else if (message.source() != null) {
      return receivedTooOften(message, message.source());
    } else if (message.attribute("reason") != null) {
      return new Why("It was set aside: " + message.attribute("reason") + ".", List.of(), null);
    }
    return switch (connections.kind()) {
      case QUARANTINE -> new Why("It was set aside by " + senders() + ".", List.of(), null);
      case DEAD_LETTERS -> new Why("The message does not say why it is here.", List.of(), null);
      case BUFFER, QUEUE -> null;
    };
  }

  private String senders() {
    return connections.senders().stream().map(Link::text).collect(Collectors.joining(" or "));
  }

  private Why undelivered(QueuedMessage message, String code) {
    Link rule = names.of(String.valueOf(message.attribute("RULE_ARN")));
    String targetArn = message.attribute("TARGET_ARN");
    Link target = targetArn == null ? new Link("its target", null) : names.of(targetArn);
    String said = String.valueOf(message.attribute("ERROR_MESSAGE"));
    String retries = message.attribute("RETRY_ATTEMPTS");
    String exhausted = message.attribute("EXHAUSTED_RETRY_CONDITION");
    String sentence =
        "EventBridge could not deliver the event to %s for %s: %s. %s"
            .formatted(target.text(), rule.text(), said(code, said), gaveUp(exhausted, retries));
    var facts = new ArrayList<Fact>();
    facts.add(new Fact("RULE_ARN", rule));
    facts.add(new Fact("TARGET_ARN", target));
    facts.add(Fact.of("ERROR_CODE", code));
    facts.add(Fact.of("ERROR_MESSAGE", said));
    if (exhausted != null) {
      facts.add(Fact.of("EXHAUSTED_RETRY_CONDITION", exhausted));
    }
    if (retries != null) {
      facts.add(Fact.of("RETRY_ATTEMPTS", retries));
    }
    return new Why(sentence, facts, null);
  }

  private static String said(String code, String message) {
    String text = message.equals("-") ? "" : message.strip().replaceFirst("\\.$", "");
    return text.isEmpty() ? code : text + " (" + code + ")";
  }

  private static String gaveUp(@Nullable String exhausted, @Nullable String retries) {
    String after = retries == null ? "" : " after " + retries + " retries";
    if (exhausted == null) {
      return "Such an error does not pass by itself, so it did not try again.";
    }
    return exhausted.equals("MaximumEventAgeInSeconds")
        ? "The event became older than the target's retry policy allows" + after + "."
        : "It gave up" + after + ", as many as the target's retry policy allows.";
  }

  /** The record that Lambda sends to a destination. */
  private Why failed(QueuedMessage message) {
    JsonNode json = message.json();
    JsonNode context = json.path("requestContext");
    JsonNode answer = json.path("responsePayload");
    Link function = names.of(context.path("functionArn").asText());
    String condition = context.path("condition").asText();
    String error = answer.path("errorType").asText("an error");
    String sentence =
        condition.equals("Success")
            ? function.text() + " succeeded; its answer was sent here."
            : "%s failed %s: %s. %s"
                .formatted(
                    capital(function.text()),
                    times(context.path("approximateInvokeCount").asInt()),
                    said(error, answer.path("errorMessage").asText("")),
                    condition.equals("EventAgeExceeded")
                        ? "The event became too old for another attempt."
                        : "Its retries are used up.");
    return new Why(
        sentence,
        List.of(
            new Fact("function", function),
            Fact.of("condition", condition),
            Fact.of("request", context.path("requestId").asText())),
        trace(answer.path("stackTrace")));
  }

  private static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static @Nullable String trace(JsonNode frames) {
    var lines = new ArrayList<String>();
    frames.forEach(f -> lines.add(f.asText()));
    return lines.isEmpty() ? null : String.join("\n", lines);
  }

  /** What Lambda sends to a function's own dead-letter queue. */
  private Why refused(QueuedMessage message) {
    String functions =
        connections.failing().stream()
            .filter(f -> f.isOf("lambda"))
            .map(f -> f.link().text())
            .collect(Collectors.joining(" or "));
    return new Why(
        "%s failed as often as it may: %s."
            .formatted(
                functions.isEmpty() ? "A function" : capital(functions),
                String.valueOf(message.attribute("ErrorMessage"))),
        List.of(Fact.of("request", String.valueOf(message.attribute("RequestID")))),
        null);
  }

  private Why receivedTooOften(QueuedMessage message, String source) {
    Link queue = names.of(source);
    var facts = new ArrayList<Fact>();
    facts.add(new Fact("from", queue));
    wiring.of(source).readers().forEach(r -> facts.add(new Fact("read by", r.function())));
    return new Why(
        "It was received %s from %s without being deleted, which is as often as that queue allows. The log of what reads there says why."
            .formatted(times(message.receives()), queue.text()),
        facts,
        null);
  }
}
