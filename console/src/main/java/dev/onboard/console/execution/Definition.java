package dev.onboard.console.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.onboard.console.web.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A state machine's definition as a picture needs it: its states, those within others after these,
 * and where each of them leads.
 */
record Definition(Map<String, State> states, List<Arrow> arrows) {

  /**
   * A state.
   *
   * @param parent the state that it is in
   * @param json what the definition says of it
   */
  record State(String name, String type, @Nullable String parent, JsonNode json) {

    /** Whether its iterations are executions of their own. */
    boolean isDistributed() {
      return processor(json)
          .path("ProcessorConfig")
          .path("Mode")
          .asText()
          .equalsIgnoreCase("DISTRIBUTED");
    }

    /** What a task calls, as the definition names it, without what all of them begin with. */
    String resource() {
      return json.path("Resource").asText().replaceFirst("^arn:[^:]+:states:::", "");
    }
  }

  /** What an arrow stands for. */
  enum Meaning {
    NEXT,
    CHOICE,
    DEFAULT,
    CATCH
  }

  /**
   * A way from one state to another.
   *
   * @param because the condition or the errors that lead there
   */
  record Arrow(String from, String to, Meaning meaning, String because) {}

  /**
   * Reads a definition.
   *
   * @param label of the distributed map whose children are meant; null for the whole
   */
  static Definition of(String text, @Nullable String label) {
    JsonNode whole = Json.read(text);
    JsonNode part = label == null ? whole : labelled(whole, label).orElse(whole);
    var states = new LinkedHashMap<String, State>();
    var arrows = new ArrayList<Arrow>();
    read(part, null, states, arrows);
    return new Definition(states, List.copyOf(arrows));
  }

  Optional<State> state(String name) {
    return Optional.ofNullable(states.get(name));
  }

  private static JsonNode processor(JsonNode state) {
    return state.has("ItemProcessor") ? state.path("ItemProcessor") : state.path("Iterator");
  }

  /** What the children of a map run do; a map without a label has one that nobody knows. */
  private static Optional<JsonNode> labelled(JsonNode machine, String label) {
    var states = new LinkedHashMap<String, State>();
    read(machine, null, states, new ArrayList<>());
    List<State> maps = states.values().stream().filter(State::isDistributed).toList();
    return maps.stream()
        .filter(m -> m.json().path("Label").asText().equals(label))
        .findFirst()
        .or(() -> maps.size() == 1 ? Optional.of(maps.getFirst()) : Optional.empty())
        .map(m -> processor(m.json()));
  }

  private static void read(
      JsonNode machine, @Nullable String parent, Map<String, State> states, List<Arrow> arrows) {
    for (Map.Entry<String, JsonNode> entry : machine.path("States").properties()) {
      JsonNode json = entry.getValue();
      var state = new State(entry.getKey(), json.path("Type").asText(), parent, json);
      states.put(state.name(), state);
      arrows(state, arrows);
      json.path("Branches").forEach(branch -> read(branch, state.name(), states, arrows));
      JsonNode processor = processor(json);
      if (!(processor instanceof MissingNode)) {
        read(processor, state.name(), states, arrows);
      }
    }
  }

  private static void arrows(State state, List<Arrow> arrows) {
    JsonNode json = state.json();
    add(arrows, state, json.path("Next"), Meaning.NEXT, "");
    for (JsonNode choice : json.path("Choices")) {
      add(arrows, state, choice.path("Next"), Meaning.CHOICE, condition(choice));
    }
    add(arrows, state, json.path("Default"), Meaning.DEFAULT, "otherwise");
    for (JsonNode caught : json.path("Catch")) {
      var errors = new ArrayList<String>();
      caught.path("ErrorEquals").forEach(error -> errors.add(error.asText()));
      add(arrows, state, caught.path("Next"), Meaning.CATCH, String.join(", ", errors));
    }
  }

  private static String condition(JsonNode choice) {
    return choice.path("Condition").isTextual()
        ? choice.path("Condition").asText()
        : choice.toString();
  }

  private static void add(
      List<Arrow> arrows, State from, JsonNode to, Meaning meaning, String because) {
    if (to.isTextual()) {
      arrows.add(new Arrow(from.name(), to.asText(), meaning, because));
    }
  }
}
