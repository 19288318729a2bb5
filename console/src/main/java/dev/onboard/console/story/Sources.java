package dev.onboard.console.story;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.stack.Stack;
import dev.onboard.console.trail.AcceptedEvent;
import dev.onboard.console.web.Questions;
import dev.onboard.console.web.Sdk;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkClient;

/** Where a story is found: the services, the deployed stack, and what only the runtime knows. */
final class Sources {
  private static final String MOST = "200";

  private final Sdk sdk;
  private final Questions questions;
  private final Stack stack;

  Sources(Sdk sdk, Questions questions, Stack stack) {
    this.sdk = sdk;
    this.questions = questions;
    this.stack = stack;
  }

  <C extends SdkClient> C client(Class<C> contract) {
    return sdk.client(contract);
  }

  Stack stack() {
    return stack;
  }

  /** The event of an id on a bus, and its copies on others. */
  List<AcceptedEvent> event(String id) {
    return events(Map.of("id", id));
  }

  /** The newest events with a text in them, oldest first. */
  List<AcceptedEvent> eventsWith(String text) {
    return events(Map.of("contains", text, "limit", MOST)).reversed();
  }

  /** The time of the oldest event that is still known. */
  Optional<Instant> trailBegins() {
    return events(Map.of("after", "0", "limit", "1")).stream().map(AcceptedEvent::at).findFirst();
  }

  private List<AcceptedEvent> events(Map<String, String> parameters) {
    return questions.ask("events", parameters).stream()
        .<AcceptedEvent>map(AcceptedEvent::new)
        .toList();
  }

  /** The newest executions with a text in their input, oldest first. */
  List<? extends JsonNode> executionsWith(String text) {
    return questions.ask("executions", Map.of("contains", text, "limit", MOST)).reversed();
  }

  /** The messages of a queue with a text in them, oldest first. */
  List<? extends JsonNode> messages(String queueUrl, String text) {
    String queue = queueUrl.substring(queueUrl.lastIndexOf('/') + 1);
    return questions
        .ask("messages", Map.of("queue", queue, "contains", text, "limit", MOST))
        .reversed();
  }

  /** The invocations that wait for another attempt, or run. */
  List<? extends JsonNode> invocations() {
    return questions.ask("invocations", Map.of("limit", "1000"));
  }

  /** The mail of a message id. */
  Optional<? extends JsonNode> mail(String messageId) {
    return questions.ask("mails", Map.of("id", messageId)).stream().findFirst();
  }

  /** The newest mails to an address, oldest first. */
  List<? extends JsonNode> mailsTo(String address) {
    return questions.ask("mails", Map.of("to", address, "limit", MOST)).reversed();
  }

  /** The newest mail of an import. */
  Optional<? extends JsonNode> lastMailOf(String importId) {
    return questions.ask("mails", Map.of("tag", "importId=" + importId, "limit", "1")).stream()
        .findFirst();
  }
}
