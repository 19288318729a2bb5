package dev.onboard.console.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * An event of an execution's history, of whatever type.
 *
 * @param details what the API has in the member that is the type's own
 */
record Event(long id, long previous, Instant at, String type, JsonNode details) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String DETAILS = "EventDetails";
  private static final String ENTERED = "StateEntered";
  private static final String EXITED = "StateExited";

  static Event of(HistoryEvent event) {
    return new Event(
        event.id(),
        event.previousEventId(),
        event.timestamp(),
        event.typeAsString(),
        details(event));
  }

  /** An event as a log group has it. */
  static Event of(JsonNode line) {
    return new Event(
        line.path("id").asLong(),
        line.path("previous_event_id").asLong(),
        Instant.ofEpochMilli(line.path("event_timestamp").asLong()),
        line.path("type").asText(),
        line.path("details"));
  }

  private static JsonNode details(HistoryEvent event) {
    for (SdkField<?> field : event.sdkFields()) {
      Object value = field.getValueOrDefault(event);
      if (value instanceof SdkPojo pojo && field.locationName().endsWith(DETAILS)) {
        return object(pojo);
      }
    }
    return JSON.objectNode();
  }

  private static ObjectNode object(SdkPojo pojo) {
    ObjectNode object = JSON.objectNode();
    for (SdkField<?> field : pojo.sdkFields()) {
      JsonNode value = json(field.getValueOrDefault(pojo));
      if (value != null && !value.isEmpty() || value != null && value.isValueNode()) {
        object.set(field.locationName(), value);
      }
    }
    return object;
  }

  private static @Nullable JsonNode json(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case SdkPojo pojo -> object(pojo);
      case Map<?, ?> map -> {
        ObjectNode object = JSON.objectNode();
        map.forEach((name, member) -> object.set(String.valueOf(name), json(member)));
        yield object;
      }
      case List<?> list -> {
        ArrayNode array = JSON.arrayNode();
        list.forEach(member -> array.add(json(member)));
        yield array;
      }
      case Boolean flag -> JSON.booleanNode(flag);
      case Integer number -> JSON.numberNode(number);
      case Long number -> JSON.numberNode(number);
      default -> JSON.textNode(value.toString());
    };
  }

  /** A member of the details; null if it is missing. */
  @Nullable String text(String name) {
    return details.path(name).isMissingNode() ? null : details.path(name).asText();
  }

  /** The type of the state that is entered, such as {@code Task}. */
  Optional<String> enters() {
    return before(ENTERED);
  }

  /** The type of the state that is left. */
  Optional<String> exits() {
    return before(EXITED);
  }

  private Optional<String> before(String ending) {
    return type.endsWith(ending)
        ? Optional.of(type.substring(0, type.length() - ending.length()))
        : Optional.empty();
  }

  /** Whether it tells of the execution as a whole. */
  boolean isOfExecution() {
    return type.startsWith("Execution");
  }

  /** Whether a state's work begins, for the first time or again. */
  boolean beginsAttempt() {
    return type.endsWith("Scheduled")
        || type.equals("MapStateStarted")
        || type.equals("ParallelStateStarted")
        || type.equals("MapRunRedriven");
  }

  /** Whether something went wrong. */
  boolean isFailure() {
    return type.endsWith("Failed") || type.endsWith("TimedOut") || type.endsWith("Aborted");
  }

  /** Whether a state's work has ended well. */
  boolean isSuccess() {
    return type.endsWith("Succeeded") && !type.startsWith("MapIteration");
  }

  /** Whether it is one of a state with others in it, though it may follow one of theirs. */
  boolean isOfMapOrParallel() {
    return type.startsWith("Map") && !type.equals("MapStateEntered")
        || type.startsWith("Parallel") && !type.equals("ParallelStateEntered");
  }
}
