package dev.onboard.console.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onboard.console.events.Field.Kind;
import dev.onboard.console.schema.Demands;
import dev.onboard.console.schema.EventSchema.Problem;
import dev.onboard.console.schema.Shape;
import dev.onboard.console.web.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The form for a detail, as its schema has it: a field for a value, a group for an object; what is
 * neither, such as a list, is written as JSON.
 */
final class DetailForm {
  private static final String ROOT = "detail";

  /** The field for what an object holds that the schema does not name. */
  private static final String OTHERS = "/…";

  private static final Set<String> NUMBERS = Set.of("integer", "number");
  private static final List<String> TRUTHS = List.of("true", "false");

  private final Shape shape;
  private final List<Problem> faults = new ArrayList<>();

  DetailForm(Shape shape) {
    this.shape = shape;
  }

  /** What was typed that is not even JSON, after {@link #read}. */
  List<Problem> faults() {
    return faults;
  }

  // ---------------------------------------------------------------- from a detail to fields

  /**
   * The fields, filled with a detail.
   *
   * @param typed what was typed, which stays even if it is nothing that can be taken
   */
  List<Field> fields(JsonNode detail, List<Problem> problems, Map<String, String> typed) {
    return new Filling(problems, typed).fields(ROOT, shape, detail);
  }

  private record Filling(List<Problem> problems, Map<String, String> typed) {

    List<Field> fields(String at, Shape of, JsonNode value) {
      var fields = new ArrayList<Field>();
      of.properties()
          .forEach((name, inner) ->
              fields.add(
                  field(
                      at + '/' + name,
                      name,
                      inner,
                      value.path(name),
                      of.required().contains(name))));
      ObjectNode others = JsonNodeFactory.instance.objectNode();
      value.properties().stream()
          .filter(p -> !of.properties().containsKey(p.getKey()))
          .forEach(p -> others.set(p.getKey(), p.getValue()));
      if (!others.isEmpty() || typed.containsKey(at + OTHERS)) {
        fields.add(
            new Field(
                at + OTHERS,
                "other fields",
                Kind.JSON,
                typed.getOrDefault(at + OTHERS, Json.pretty(others)),
                false,
                "which the schema does not name, as JSON",
                List.of(),
                problems(at + OTHERS),
                List.of()));
      }
      return fields;
    }

    private Field field(String at, String label, Shape of, JsonNode value, boolean isRequired) {
      Kind kind = kind(of);
      List<Field> inner = kind == Kind.GROUP ? fields(at, of, value) : List.of();
      return new Field(
          at,
          label,
          kind,
          typed.getOrDefault(at, text(kind, value)),
          isRequired,
          says(of),
          options(of),
          problems(at),
          inner);
    }

    private List<String> problems(String at) {
      return problems.stream()
          .filter(p -> (ROOT + p.field()).equals(at))
          .map(Problem::message)
          .distinct()
          .toList();
    }
  }

  private static String text(Kind kind, JsonNode value) {
    if (value.isMissingNode() || kind == Kind.GROUP) {
      return "";
    }
    return switch (kind) {
      case TEXT, NUMBER -> value.asText();
      case CHOICE -> value.isTextual() ? value.asText() : value.toString();
      default -> Json.pretty(value);
    };
  }

  private static String says(Shape of) {
    var words = new ArrayList<String>();
    if (!of.description().isEmpty()) {
      words.add(of.description());
    }
    if (kind(of) == Kind.JSON) {
      words.add(of.typeWords() + ", as JSON");
    }
    if (of.values().isEmpty()) {
      words.addAll(Demands.of(of));
    }
    return String.join(" · ", words);
  }

  private static Kind kind(Shape of) {
    Set<String> types = types(of);
    if (of.repeats() != null || !of.combined().isEmpty()) {
      return Kind.JSON;
    } else if (!of.values().isEmpty() || types.equals(Set.of("boolean"))) {
      return Kind.CHOICE;
    } else if (of.isObject() && !of.properties().isEmpty()) {
      return Kind.GROUP;
    } else if (types.equals(Set.of("string"))) {
      return Kind.TEXT;
    }
    return !types.isEmpty() && NUMBERS.containsAll(types) ? Kind.NUMBER : Kind.JSON;
  }

  /** Without null: what is not given is left out. */
  private static Set<String> types(Shape of) {
    var types = new HashSet<>(of.types());
    types.remove("null");
    return types;
  }

  private static List<String> options(Shape of) {
    if (of.values().isEmpty()) {
      return types(of).equals(Set.of("boolean")) ? TRUTHS : List.of();
    }
    return of.values().stream().map(v -> v.isTextual() ? v.asText() : v.toString()).toList();
  }

  // ---------------------------------------------------------------- from what was typed to a
  // detail

  /** The detail that was typed; fields that are empty are left out. */
  ObjectNode read(Map<String, String> typed) {
    return group(ROOT, shape, typed);
  }

  private ObjectNode group(String at, Shape of, Map<String, String> typed) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    of.properties()
        .forEach((name, inner) -> {
          JsonNode value = value(at + '/' + name, inner, of.required().contains(name), typed);
          if (!value.isMissingNode()) {
            object.set(name, value);
          }
        });
    String others = typed.getOrDefault(at + OTHERS, "");
    if (!others.isBlank() && json(at + OTHERS, others) instanceof ObjectNode more) {
      object.setAll(more);
    }
    return object;
  }

  private JsonNode value(String at, Shape of, boolean isRequired, Map<String, String> typed) {
    Kind kind = kind(of);
    if (kind == Kind.GROUP) {
      ObjectNode inner = group(at, of, typed);
      return inner.isEmpty() && !isRequired ? MissingNode.getInstance() : inner;
    }
    String text = typed.getOrDefault(at, "");
    if (text.isEmpty()) {
      return MissingNode.getInstance();
    }
    return switch (kind) {
      case NUMBER -> number(text);
      case CHOICE -> choice(of, text);
      case JSON -> json(at, text);
      default -> TextNode.valueOf(text);
    };
  }

  /** What is no number stays a text, of which the schema says the rest. */
  private static JsonNode number(String text) {
    try {
      return JsonNodeFactory.instance.numberNode(new BigDecimal(text.strip()));
    } catch (NumberFormatException e) {
      return TextNode.valueOf(text);
    }
  }

  private static JsonNode choice(Shape of, String text) {
    if (of.values().isEmpty()) {
      return JsonNodeFactory.instance.booleanNode(text.equals("true"));
    }
    return of.values().stream()
        .filter(v -> (v.isTextual() ? v.asText() : v.toString()).equals(text))
        .findFirst()
        .orElse(TextNode.valueOf(text));
  }

  private JsonNode json(String at, String text) {
    try {
      return Json.read(text);
    } catch (IllegalArgumentException e) {
      faults.add(new Problem(at.substring(ROOT.length()), "is no JSON: " + e.getMessage()));
      return MissingNode.getInstance();
    }
  }
}
