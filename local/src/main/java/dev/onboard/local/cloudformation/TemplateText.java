package dev.onboard.local.cloudformation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Templates as text: JSON, or YAML with CloudFormation's short forms, which become the long ones.
 *
 * <p>Scalars follow YAML 1.1 as CloudFormation reads it: no timestamps (a date is a string),
 * numbers with leading zeros stay text (account ids), {@code yes} and {@code on} are true.
 */
final class TemplateText {
  private static final Set<String> FUNCTIONS =
      Set.of(
          "Base64",
          "Cidr",
          "FindInMap",
          "GetAZs",
          "ImportValue",
          "Join",
          "Select",
          "Split",
          "Sub",
          "Transform",
          "And",
          "Equals",
          "If",
          "Not",
          "Or",
          "Contains",
          "EachMemberEquals",
          "EachMemberIn",
          "RefAll",
          "ValueOf",
          "ValueOfAll",
          "ToJsonString",
          "Length");
  private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]{0,17})");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_LONG_FOR_INTS)
          .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final boolean shortForms;

  private TemplateText(boolean shortForms) {
    this.shortForms = shortForms;
  }

  /** The template's tree, in which every function has its long form. */
  static ObjectNode parse(String text) {
    if (text.stripLeading().startsWith("{")) {
      return structure(json(text));
    }
    return structure(new TemplateText(true).yaml(text));
  }

  /** A snippet for {@code AWS::Include}, in which AWS does not take short forms. */
  static JsonNode parseSnippet(String text) {
    String start = text.stripLeading();
    return start.startsWith("{") || start.startsWith("[")
        ? json(text)
        : new TemplateText(false).yaml(text);
  }

  private static ObjectNode structure(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw Invalid.template("unsupported structure.");
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw Invalid.template(
          "JSON not well-formed."
              + (at == null
                  ? ""
                  : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")"));
    }
  }

  private JsonNode yaml(String text) {
    var settings = LoadSettings.builder().setCodePointLimit(8 << 20).build();
    try {
      Optional<Node> root = new Compose(settings).composeString(text);
      return root.map(this::convert).orElse(NullNode.getInstance());
    } catch (MarkedYamlEngineException e) {
      throw notWellFormed(e.getProblemMark());
    } catch (YamlEngineException e) {
      throw Invalid.template("YAML not well-formed.");
    }
  }

  private static RuntimeException notWellFormed(Optional<Mark> mark) {
    return Invalid.template(
        "YAML not well-formed."
            + mark.map(m -> " (line " + (m.getLine() + 1) + ", column " + (m.getColumn() + 1) + ")")
                .orElse(""));
  }

  private JsonNode convert(Node node) {
    if (node.isRecursive()) {
      throw Invalid.template("YAML aliases must not be recursive.");
    }
    String tag = node.getTag().getValue();
    boolean tagged = tag.startsWith("!");
    JsonNode value =
        switch (node) {
          case ScalarNode scalar -> tagged ? Json.text(scalar.getValue()) : scalar(scalar);
          case SequenceNode sequence -> {
            ArrayNode array = Json.array();
            sequence.getValue().forEach(v -> array.add(convert(v)));
            yield array;
          }
          case MappingNode mapping -> mapping(mapping);
          default -> throw notWellFormed(node.getStartMark());
        };
    return tagged ? function(tag.substring(1), value, node) : value;
  }

  private ObjectNode mapping(MappingNode mapping) {
    ObjectNode object = Json.object();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw notWellFormed(tuple.getKeyNode().getStartMark());
      }
      if (key.getValue().equals("<<") && key.getScalarStyle() == ScalarStyle.PLAIN) {
        throw Invalid.template("YAML merge keys (<<) are not supported.");
      }
      if (object.has(key.getValue())) {
        throw Invalid.template(
            "YAML not well-formed. duplicate key "
                + key.getValue()
                + key.getStartMark().map(m -> " (line " + (m.getLine() + 1) + ")").orElse(""));
      }
      object.set(key.getValue(), convert(tuple.getValueNode()));
    }
    return object;
  }

  private ObjectNode function(String name, JsonNode value, Node node) {
    if (!shortForms) {
      throw notWellFormed(node.getStartMark());
    }
    ObjectNode function = Json.object();
    if (name.equals("Ref") || name.equals("Condition")) {
      return function.set(name, value);
    } else if (name.equals("GetAtt")) {
      return function.set("Fn::GetAtt", value.isTextual() ? attribute(value.textValue()) : value);
    } else if (FUNCTIONS.contains(name)) {
      return function.set("Fn::" + name, value);
    }
    throw Invalid.template(
        "unknown tag !"
            + name
            + node.getStartMark().map(m -> " (line " + (m.getLine() + 1) + ")").orElse("")
            + ".");
  }

  /** {@code Name.Attribute.Nested} as the pair that the long form has. */
  static JsonNode attribute(String text) {
    int dot = text.indexOf('.');
    return dot < 0
        ? Json.array().add(text)
        : Json.array().add(text.substring(0, dot)).add(text.substring(dot + 1));
  }

  private static JsonNode scalar(ScalarNode node) {
    String text = node.getValue();
    if (node.getScalarStyle() != ScalarStyle.PLAIN) {
      return TextNode.valueOf(text);
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> BooleanNode.TRUE;
      case "false", "no", "off" -> BooleanNode.FALSE;
      case "", "~", "null" -> NullNode.getInstance();
      default -> {
        if (INTEGER.matcher(text).matches()) {
          yield LongNode.valueOf(Long.parseLong(text));
        }
        yield DECIMAL.matcher(text).matches()
            ? DecimalNode.valueOf(new BigDecimal(text))
            : TextNode.valueOf(text);
      }
    };
  }
}
