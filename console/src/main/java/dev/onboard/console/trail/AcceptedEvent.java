package dev.onboard.console.trail;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event that a bus accepted, and what became of it.
 *
 * @param json as the runtime tells of it
 */
public record AcceptedEvent(JsonNode json) {
  private static final Pattern EXECUTION =
      Pattern.compile("arn:[^:]+:states:[^:]*:\\d*:(execution|express):.+");

  /** Its place in the order of acceptance. */
  public long number() {
    return json.path("number").asLong();
  }

  /** The id that this bus gave it. */
  public String id() {
    return json.path("id").asText();
  }

  public String bus() {
    return json.path("bus").asText();
  }

  /** When the bus accepted it. */
  public Instant at() {
    return Instant.parse(json.path("time").asText());
  }

  public String source() {
    return json.path("source").asText();
  }

  public String detailType() {
    return json.path("detailType").asText();
  }

  /** The id of the event on another bus whose copy it is. */
  public @Nullable String forwardedFrom() {
    return json.path("forwardedFrom").textValue();
  }

  /** Who published it: the ARN of a user or role session, or a service; null if nobody did. */
  public @Nullable String publisher() {
    return json.path("publisher").textValue();
  }

  /** The ARN of the execution that published it; null if none did. */
  public @Nullable String execution() {
    for (JsonNode resource : event().path("resources")) {
      if (EXECUTION.matcher(resource.asText()).matches()) {
        return resource.asText();
      }
    }
    return null;
  }

  /** The name of the replay that it came of; null if it came of none. */
  public @Nullable String replay() {
    return event().path("replay-name").textValue();
  }

  /** The event itself. */
  public JsonNode event() {
    return json.path("event");
  }

  public JsonNode detail() {
    return event().path("detail");
  }

  /** A field of {@code detail.metadata}, where publishers say what belongs to what; or empty. */
  public String metadata(String field) {
    return detail().path("metadata").path(field).asText("");
  }

  public List<Delivery> deliveries() {
    var deliveries = new ArrayList<Delivery>();
    json.path("deliveries").forEach(d -> deliveries.add(new Delivery(d)));
    return deliveries;
  }

  /**
   * One way in which it does not fit its schema.
   *
   * @param schema registry and name, with the version behind them
   * @param at where in the event, as a JSON pointer
   */
  public record Violation(String schema, String at, String problem) {
    /** The place as patterns name it. */
    public String field() {
      return at.replaceFirst("^/", "").replace('/', '.');
    }
  }

  public List<Violation> schemaViolations() {
    var violations = new ArrayList<Violation>();
    for (JsonNode violation : json.path("violations")) {
      violations.add(
          new Violation(
              violation.path("schema").asText(),
              violation.path("at").asText(),
              violation.path("problem").asText()));
    }
    return violations;
  }

  /** How it does not fit a schema, a line each. */
  public List<String> violationsOf(String schema) {
    return schemaViolations().stream()
        .filter(v -> v.schema().startsWith(schema + " "))
        .map(v -> v.field() + ": " + v.problem())
        .toList();
  }

  /** How it does not fit its schema, a line each. */
  public List<String> violations() {
    return schemaViolations().stream()
        .map(v -> "does not fit " + v.schema() + ": " + v.at() + ": " + v.problem())
        .toList();
  }
}
