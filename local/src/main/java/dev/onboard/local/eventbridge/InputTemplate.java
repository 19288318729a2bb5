package dev.onboard.local.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.jayway.jsonpath.JsonPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.InputTransformer;

/**
 * The template of an InputTransformer.
 *
 * <p>A placeholder outside of quotes becomes the value's JSON. Within quotes it becomes the text of
 * a string, and the JSON of any other value: in a template that is itself one string, or lines of
 * them, without that JSON's quotes; in a template that is an object as it is, which then need not
 * be JSON any more. What an event does not have is the empty string.
 */
final class InputTemplate implements Input {
  private static final Pattern PLACEHOLDER = Pattern.compile("<([^<>\\s\"]+)>");
  private static final String RULE_ARN = "aws.events.rule-arn";
  private static final String RULE_NAME = "aws.events.rule-name";
  private static final String INGESTION_TIME = "aws.events.event.ingestion-time";
  private static final String EVENT = "aws.events.event";
  private static final String EVENT_JSON = "aws.events.event.json";
  private static final List<String> PREDEFINED =
      List.of(RULE_ARN, RULE_NAME, INGESTION_TIME, EVENT, EVENT_JSON);
  private static final List<String> SUMMARY =
      List.of("id", "account", "detail-type", "time", "source", "region", "resources", "version");

  private final boolean textual;
  private final List<Piece> pieces;
  private final Map<String, JsonPath> paths;

  private InputTemplate(boolean textual, List<Piece> pieces, Map<String, JsonPath> paths) {
    this.textual = textual;
    this.pieces = pieces;
    this.paths = paths;
  }

  static InputTemplate of(InputTransformer transformer) {
    var paths = new HashMap<String, JsonPath>();
    transformer.inputPathsMap().forEach((name, path) -> paths.put(name, JsonPath.compile(path)));
    String template = transformer.inputTemplate();
    return new InputTemplate(template.stripLeading().startsWith("\""), pieces(template), paths);
  }

  /** The first placeholder of a template that neither its paths nor AWS define. */
  static Optional<String> undefinedPlaceholder(InputTransformer transformer) {
    return pieces(transformer.inputTemplate()).stream()
        .filter(Placeholder.class::isInstance)
        .map(p -> ((Placeholder) p).name)
        .filter(n -> !PREDEFINED.contains(n) && !transformer.inputPathsMap().containsKey(n))
        .findFirst();
  }

  @Override
  public Optional<String> render(BusEvent event, Rule rule) {
    JsonNode tree = Values.tree(event.json());
    var text = new StringBuilder();
    for (Piece piece : pieces) {
      switch (piece) {
        case Literal(String literal) -> text.append(literal);
        case Placeholder(String name, boolean quoted) -> {
          JsonNode value = value(name, event, tree, rule);
          text.append(quoted ? within(value) : value.toString());
        }
      }
    }
    String rendered = text.toString();
    return textual || Details.isJson(rendered) ? Optional.of(rendered) : Optional.empty();
  }

  private JsonNode value(String name, BusEvent event, JsonNode tree, Rule rule) {
    return switch (name) {
      case RULE_ARN -> TextNode.valueOf(rule.arn());
      case RULE_NAME -> TextNode.valueOf(rule.name());
      case INGESTION_TIME -> TextNode.valueOf(event.ingested().toString());
      case EVENT -> summary(event, tree);
      case EVENT_JSON -> tree;
      default -> {
        @Nullable JsonNode found = Values.read(tree, paths.get(name));
        yield found == null || found.isNull() ? TextNode.valueOf("") : found;
      }
    };
  }

  /** The event without its detail, spelt as AWS spells it there. */
  private static ObjectNode summary(BusEvent event, JsonNode tree) {
    ObjectNode summary = Values.JSON.createObjectNode();
    for (String field : SUMMARY) {
      JsonNode value = field.equals("time") ? TextNode.valueOf(event.ingested().toString()) : null;
      summary.set(
          field.equals("detail-type") ? "detailType" : field,
          value == null ? tree.path(field) : value);
    }
    return summary;
  }

  private String within(JsonNode value) {
    String json = value.toString();
    if (value.isTextual()) {
      return json.substring(1, json.length() - 1);
    }
    return textual ? json.replace("\"", "") : json;
  }

  private static List<Piece> pieces(String template) {
    var pieces = new ArrayList<Piece>();
    Matcher placeholder = PLACEHOLDER.matcher(template);
    boolean quoted = false;
    int from = 0;
    while (placeholder.find()) {
      String literal = template.substring(from, placeholder.start());
      quoted ^= oddQuotes(literal);
      pieces.add(new Literal(literal));
      pieces.add(new Placeholder(placeholder.group(1), quoted));
      from = placeholder.end();
    }
    pieces.add(new Literal(template.substring(from)));
    return pieces;
  }

  private static boolean oddQuotes(String text) {
    boolean odd = false;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == '"') {
        odd = !odd;
      }
    }
    return odd;
  }

  private sealed interface Piece {}

  private record Literal(String text) implements Piece {}

  private record Placeholder(String name, boolean quoted) implements Piece {}
}
