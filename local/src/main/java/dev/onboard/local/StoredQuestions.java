package dev.onboard.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.sfn.StartedExecutions;
import dev.onboard.local.sqs.QueuedMessages;
import dev.onboard.local.store.Store;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is found of executions and messages that the APIs of AWS show in no such way. */
final class StoredQuestions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StartedExecutions executions;
  private final QueuedMessages messages;

  StoredQuestions(Store store) {
    this.executions = new StartedExecutions(store);
    this.messages = new QueuedMessages(store);
  }

  /** Executions with a text in their input, children of map runs among them. */
  List<ObjectNode> executions(@Nullable String text, long before, int limit) {
    return executions.containing(said(text, "contains"), before, limit).stream()
        .map(StoredQuestions::execution)
        .toList();
  }

  /** Executions of Standard state machines; those that map runs have started are not among them. */
  List<ObjectNode> executions(StartedExecutions.Wanted wanted, long before, int limit) {
    return executions.list(wanted, before, limit).stream().map(StoredQuestions::execution).toList();
  }

  private static ObjectNode execution(StartedExecutions.Started execution) {
    return JSON.createObjectNode()
        .put("number", execution.number())
        .put("arn", execution.arn())
        .put("name", execution.name())
        .put("stateMachine", execution.machineArn())
        .put("mapRun", execution.mapRun())
        .put("status", execution.status())
        .put("started", execution.started().toString())
        .put("stopped", text(execution.stopped()))
        .put("error", execution.error())
        .put("redrives", execution.redrives());
  }

  /** The messages of a queue, or one of them; they are not received by it. */
  List<ObjectNode> messages(
      @Nullable String queue,
      @Nullable String number,
      @Nullable String text,
      long before,
      int limit) {
    String name = said(queue, "queue");
    List<QueuedMessages.Queued> found =
        number == null
            ? messages.in(name, text, before, limit)
            : messages.find(name, Long.parseLong(number)).stream().toList();
    return found.stream().map(StoredQuestions::message).toList();
  }

  /** Since when each queue that has messages has had one. */
  List<ObjectNode> backlogs() {
    return messages.oldest().entrySet().stream()
        .map(q ->
            JSON.createObjectNode().put("queue", q.getKey()).put("oldest", q.getValue().toString()))
        .toList();
  }

  private static ObjectNode message(QueuedMessages.Queued message) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("number", message.number())
            .put("messageId", message.messageId())
            .put("handle", message.handle())
            .put("sent", message.sent().toString())
            .put("visible", message.visible().toString())
            .put("receives", message.receives())
            .put("firstReceived", text(message.firstReceived()))
            .put("group", message.group())
            .put("source", message.source());
    ObjectNode attributes = json.putObject("attributes");
    ObjectNode types = json.putObject("attributeTypes");
    message
        .attributes()
        .forEach((name, value) -> {
          types.put(name, value.dataType());
          attributes.put(
              name,
              value.stringValue() == null
                  ? Base64.getEncoder().encodeToString(value.binaryValue().asByteArray())
                  : value.stringValue());
        });
    return json.put("body", message.body());
  }

  private static String said(@Nullable String value, String parameter) {
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException(parameter + " must be said");
    }
    return value;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
