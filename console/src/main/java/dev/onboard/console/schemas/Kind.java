package dev.onboard.console.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.console.schema.EventSchema;
import dev.onboard.console.web.Json;
import software.amazon.awssdk.services.schemas.model.DescribeSchemaResponse;

/**
 * The events that a schema is for.
 *
 * <p>A discovered schema says them in itself; others have them for their name, {@code
 * source@detail-type}, with or without the major version behind it.
 */
record Kind(String source, String detailType) {
  private static final String EVENT = "/components/schemas/AWSEvent/";

  static Kind of(DescribeSchemaResponse schema) {
    JsonNode content = Json.read(schema.content());
    String source = content.at(EVENT + "x-amazon-events-source").asText();
    String detailType = content.at(EVENT + "x-amazon-events-detail-type").asText();
    if (!source.isEmpty() && !detailType.isEmpty()) {
      return new Kind(source, detailType);
    }
    String name = schema.schemaName();
    return new Kind(
        name.contains("@") ? name.substring(0, name.indexOf('@')) : "",
        EventSchema.detailType(name));
  }

  String words() {
    return source.isEmpty() ? detailType : detailType + " from " + source;
  }

  /** The pattern that such events match. */
  String pattern() {
    ObjectNode pattern = JsonNodeFactory.instance.objectNode();
    if (!source.isEmpty()) {
      pattern.putArray("source").add(source);
    }
    pattern.putArray("detail-type").add(detailType);
    return pattern.toString();
  }
}
