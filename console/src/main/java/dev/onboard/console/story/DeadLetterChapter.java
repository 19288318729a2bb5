package dev.onboard.console.story;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.story.Step.State;
import dev.onboard.console.trail.TargetName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What was set aside: dead letters and the quarantine. */
final class DeadLetterChapter {
  private static final List<Aside> QUEUES =
      List.of(
          new Aside("UndeliveredEventsQueue", "an event could not be delivered"),
          new Aside(
              "QuarantineQueue", "an event was set aside: it lacks what every consumer needs"),
          new Aside("WelcomeMailDeadLetters", "the mail was given up after its attempts"),
          new Aside("MailOutcomeDeadLetters", "what SES told was given up after its attempts"));

  private static final List<String> REASONS =
      List.of("ERROR_CODE", "ERROR_MESSAGE", "reason", "EXHAUSTED_RETRY_CONDITION");

  /** A queue, as the template calls it, and what comes to it. */
  private record Aside(String name, String what) {}

  private final Sources sources;
  private final Labels labels;

  DeadLetterChapter(Sources sources, Labels labels) {
    this.sources = sources;
    this.labels = labels;
  }

  /** Tells of the messages with a text in them; answers what happened to them. */
  List<String> tell(String text, Draft draft) {
    var happened = new ArrayList<String>();
    for (Aside queue : QUEUES) {
      String url = sources.stack().resource(queue.name);
      for (JsonNode message : sources.messages(url, text)) {
        boolean byFunction =
            WorkflowChapter.json(message.path("body").asText()).has("requestContext");
        String happening =
            byFunction ? "an invocation was given up after its attempts" : queue.what;
        draft.add(step(queue.name, happening, url, message));
        happened.add(happening);
      }
    }
    return happened;
  }

  private Step.Builder step(String name, String what, String url, JsonNode message) {
    JsonNode attributes = message.path("attributes");
    JsonNode body = WorkflowChapter.json(message.path("body").asText());
    Step.Builder step =
        Step.of("SQS", what)
            .at(Instant.parse(message.path("sent").asText()))
            .state(State.FAILED)
            .detail("it is in queue " + name)
            .link(Reference.to("queue " + name, "queues", TargetName.lastPart(url)))
            .command(
                ShownBy.aws(
                    "sqs",
                    "receive-message",
                    "--queue-url",
                    url,
                    "--visibility-timeout",
                    "0",
                    "--message-attribute-names",
                    "All"));
    REASONS.stream()
        .filter(attributes::has)
        .forEach(r -> step.detail(r + ": " + attributes.path(r).asText()));
    if (attributes.has("RULE_ARN")) {
      String rule = TargetName.lastPart(attributes.path("RULE_ARN").asText());
      step.detail("by rule " + labels.rule(rule));
    }
    if (body.has("requestContext")) {
      step.details(byFunction(body));
    }
    int receives = message.path("receives").asInt();
    if (receives > 0 && name.endsWith("DeadLetters")) {
      step.detail("received " + receives + " times");
    }
    return step;
  }

  /** Lambda's record of an invocation that it gave up. */
  private List<String> byFunction(JsonNode record) {
    JsonNode context = record.path("requestContext");
    JsonNode answer = record.path("responsePayload");
    return List.of(
        "%s failed %d times (%s)"
            .formatted(
                labels.target(context.path("functionArn").asText()),
                context.path("approximateInvokeCount").asInt(),
                context.path("condition").asText()),
        StateVisit.said(
            answer.path("errorType").textValue(), answer.path("errorMessage").textValue()));
  }
}
