package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * One event of a history.
 *
 * @param details the members of the event's details; {@code null} if its type has none
 */
record Event(long id, long previous, Instant at, String type, @Nullable ObjectNode details) {
  private static final Set<String> DATA =
      Set.of(
          "input",
          "output",
          "inputDetails",
          "outputDetails",
          "parameters",
          "assignedVariables",
          "assignedVariablesDetails");

  /** The name of the details' member in the API. */
  private static String member(String type) {
    if (type.endsWith("StateEntered")) {
      return "stateEnteredEventDetails";
    } else if (type.endsWith("StateExited")) {
      return "stateExitedEventDetails";
    }
    return Character.toLowerCase(type.charAt(0)) + type.substring(1) + "EventDetails";
  }

  private @Nullable String detailsText() {
    return details == null ? null : Json.text(details);
  }

  void save(Tx tx, long execution) {
    tx.update(
        "INSERT OR REPLACE INTO sfn_event VALUES (?, ?, ?, ?, ?, ?)",
        execution,
        id,
        previous,
        at,
        type,
        detailsText());
  }

  static Event of(Row row) {
    String text = row.stringOrNull("details");
    return new Event(
        row.number("id"),
        row.number("previous"),
        row.instant("at"),
        row.string("type"),
        text == null ? null : (ObjectNode) Json.read(text));
  }

  /**
   * The event as the API gives it.
   *
   * @param withData whether inputs and outputs are wanted
   */
  HistoryEvent toModel(boolean withData) {
    var event = HistoryEvent.builder().id(id).previousEventId(previous).timestamp(at).type(type);
    if (details == null) {
      return event.build();
    }
    ObjectNode kept = details;
    if (!withData) {
      kept = details.deepCopy();
      kept.remove(DATA);
    }
    ObjectNode whole = Json.object();
    whole.set(member(type), kept);
    HistoryEvent read = SdkJson.read(HistoryEvent.class, Json.text(whole));
    return read.toBuilder().id(id).previousEventId(previous).timestamp(at).type(type).build();
  }

  /** The details as they stand in a log. */
  ObjectNode logDetails(boolean withData) {
    if (details == null) {
      return Json.object();
    }
    ObjectNode copy = details.deepCopy();
    if (!withData) {
      copy.remove(DATA);
    }
    return copy;
  }

  /** Whether events of a type tell that something went wrong. */
  static boolean isError(String type) {
    return type.endsWith("Failed") || type.endsWith("TimedOut") || type.endsWith("Aborted");
  }

  /** Whether events of a type tell that the whole execution went wrong. */
  static boolean isFatal(String type) {
    return isError(type) && type.startsWith("Execution");
  }
}
