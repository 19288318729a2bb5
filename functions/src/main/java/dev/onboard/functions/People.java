package dev.onboard.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.functions.user.Person;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** People as they pass between the states of the workflow. */
final class People {

  private People() {}

  static ObjectNode write(int row, Person person) {
    ObjectNode json = Json.object().put("row", row).put("email", person.email());
    put(json, "name", person.name());
    put(json, "firstName", person.firstName());
    put(json, "lastName", person.lastName());
    put(json, "username", person.username());
    put(json, "locale", person.locale());
    if (!person.attributes().isEmpty()) {
      ObjectNode attributes = json.putObject("attributes");
      person.attributes().forEach(attributes::put);
    }
    return json;
  }

  static Person read(JsonNode json) {
    Map<String, String> attributes = new TreeMap<>();
    json.path("attributes")
        .properties()
        .forEach(attribute -> attributes.put(attribute.getKey(), attribute.getValue().asText()));
    return new Person(
        Json.text(json, "email"),
        Json.optional(json, "name"),
        Json.optional(json, "firstName"),
        Json.optional(json, "lastName"),
        Json.optional(json, "username"),
        Json.optional(json, "locale"),
        attributes);
  }

  private static void put(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
