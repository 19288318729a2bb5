package dev.onboard.local.eventbridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** What a target is sent of an event. */
sealed interface Input permits Input.Whole, Input.Constant, Input.Part, InputTemplate {
  /**
   * The text for the target; empty if the template and the event's values make no JSON, in which
   * case AWS sends nothing.
   */
  Optional<String> render(BusEvent event, Rule rule);

  /** The rule through which an event goes to a target. */
  record Rule(String name, String arn) {}

  /** What a checked target says. */
  static Input of(Target target) {
    if (target.input() != null) {
      return new Constant(target.input());
    }
    if (target.inputPath() != null) {
      return target.inputPath().equals("$") ? new Whole() : new Part(path(target.inputPath()));
    }
    return target.inputTransformer() != null
        ? InputTemplate.of(target.inputTransformer())
        : new Whole();
  }

  /** Compiles a path; null if it is none. */
  static @Nullable JsonPath pathOrNull(String path) {
    try {
      // The library takes a bracket that is never closed for none.
      boolean closed = count(path, '[') == count(path, ']');
      return path.startsWith("$") && closed ? JsonPath.compile(path) : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static long count(String path, char bracket) {
    return path.chars().filter(c -> c == bracket).count();
  }

  private static JsonPath path(String path) {
    return JsonPath.compile(path);
  }

  /** The event itself. */
  record Whole() implements Input {
    @Override
    public Optional<String> render(BusEvent event, Rule rule) {
      return Optional.of(event.json());
    }
  }

  /** The same text for every event. */
  record Constant(String text) implements Input {
    @Override
    public Optional<String> render(BusEvent event, Rule rule) {
      return Optional.of(text);
    }
  }

  /** One value of the event; an empty object where there is none. */
  record Part(JsonPath path) implements Input {
    @Override
    public Optional<String> render(BusEvent event, Rule rule) {
      JsonNode value = Values.read(Values.tree(event.json()), path);
      return Optional.of(value == null ? "{}" : value.toString());
    }
  }

  /** How values are found in events. */
  final class Values {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Configuration PATHS =
        Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider(JSON))
            .mappingProvider(new JacksonMappingProvider(JSON))
            .options(Option.SUPPRESS_EXCEPTIONS)
            .build();

    private Values() {}

    static JsonNode tree(String json) {
      try {
        return JSON.readTree(json);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("an accepted event must be JSON", e);
      }
    }

    static @Nullable JsonNode read(JsonNode event, JsonPath path) {
      try {
        JsonNode found = path.read(event, PATHS);
        return found == null || found.isMissingNode() ? null : found;
      } catch (PathNotFoundException e) {
        return null;
      }
    }
  }
}
