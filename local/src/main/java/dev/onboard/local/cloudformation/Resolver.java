package dev.onboard.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.cloudformation.provider.Unknown;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values of expressions: every intrinsic function of CloudFormation's template language.
 *
 * <p>The value of {@code AWS::NoValue} is no value at all, here {@code null}; it vanishes from the
 * object or list that holds it.
 */
final class Resolver {
  static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
  private static final String DYNAMIC_REFERENCE = "{{resolve:";

  private final Template template;
  private final Map<String, JsonNode> names;
  private final References references;
  private final Map<String, Boolean> conditions = new HashMap<>();
  private final Set<String> beingDecided = new HashSet<>();

  /**
   * Makes a resolver.
   *
   * @param names parameters and pseudo parameters
   * @param references what resources and other stacks give
   */
  Resolver(Template template, Map<String, JsonNode> names, References references) {
    this.template = template;
    this.names = names;
    this.references = references;
  }

  /** What lies outside of the template's own text. */
  interface References {
    JsonNode ref(String logicalId);

    JsonNode attribute(String logicalId, String attribute);

    String imported(String export);
  }

  /** The value of an expression. */
  @Nullable JsonNode resolve(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> object(object);
      case ArrayNode array -> {
        ArrayNode values = Json.array();
        for (JsonNode element : array) {
          JsonNode value = resolve(element);
          if (value != null) {
            values.add(value);
          }
        }
        yield values;
      }
      default -> {
        if (node.isTextual() && node.textValue().contains(DYNAMIC_REFERENCE)) {
          throw Invalid.unsupported("template", "the dynamic reference " + node.textValue());
        }
        yield node;
      }
    };
  }

  /** The value of an expression that must have one, as text. */
  String text(JsonNode node, String what) {
    JsonNode value = resolve(node);
    if (value == null || value.isContainerNode()) {
      throw Invalid.expression(what + " must be a string");
    }
    return value.asText();
  }

  /** Whether a named condition holds; that it is declared has been checked. */
  boolean holds(@Nullable String condition) {
    if (condition == null) {
      return true;
    }
    Boolean known = conditions.get(condition);
    if (known != null) {
      return known;
    }
    JsonNode declared = template.conditions().get(condition);
    if (declared == null) {
      throw Invalid.template(
          "Unresolved condition dependency "
              + condition
              + " in the Conditions block of the template");
    }
    if (!beingDecided.add(condition)) {
      throw Invalid.template("Circular dependencies for conditions: [" + condition + "]");
    }
    boolean holds = decide(declared);
    conditions.put(condition, holds);
    return holds;
  }

  /** The value of a condition expression. */
  boolean decide(JsonNode expression) {
    if (expression.isObject() && expression.size() == 1 && expression.has("Condition")) {
      return holds(expression.get("Condition").asText());
    }
    JsonNode value = resolve(expression);
    if (value != null && (value.isBoolean() || value.asText().matches("true|false"))) {
      return value.asBoolean();
    }
    throw Invalid.template("Every condition must be a boolean expression: " + expression);
  }

  private @Nullable JsonNode object(ObjectNode object) {
    if (object.size() == 1) {
      var only = object.properties().iterator().next();
      if (only.getKey().equals("Ref") || only.getKey().startsWith("Fn::")) {
        return function(only.getKey(), only.getValue());
      }
    }
    ObjectNode values = Json.object();
    for (var member : object.properties()) {
      if (member.getKey().startsWith("Fn::")) {
        throw Invalid.expression(
            member.getKey() + " must be the only member of its object, which has " + object.size());
      }
      JsonNode value = resolve(member.getValue());
      if (value != null) {
        values.set(member.getKey(), value);
      }
    }
    return values;
  }

  private @Nullable JsonNode function(String name, JsonNode argument) {
    return switch (name) {
      case "Ref" -> ref(argument);
      case "Fn::GetAtt" -> attribute(argument);
      case "Fn::Sub" -> sub(argument);
      case "Fn::Join" -> join(argument);
      case "Fn::Select" -> select(argument);
      case "Fn::Split" -> split(argument);
      case "Fn::FindInMap" -> findInMap(argument);
      case "Fn::Base64" -> base64(argument);
      case "Fn::GetAZs" -> zones(argument);
      case "Fn::If" -> choose(argument);
      case "Fn::And", "Fn::Or" -> BooleanNode.valueOf(combined(name, argument));
      case "Fn::Not" -> BooleanNode.valueOf(!decide(list(name, argument, 1, 1).get(0)));
      case "Fn::Equals" -> equal(argument);
      case "Fn::ImportValue" ->
          Json.text(references.imported(text(argument, "the name in Fn::ImportValue")));
      case "Fn::ToJsonString" -> {
        needsExtensions(name);
        JsonNode value = resolve(argument);
        yield Json.text(value == null ? "{}" : value.toString());
      }
      case "Fn::Length" -> {
        needsExtensions(name);
        JsonNode value = resolve(argument);
        if (value == null || !value.isArray()) {
          throw Invalid.expression("Fn::Length needs a list");
        }
        yield LongNode.valueOf(value.size());
      }
      case "Fn::Contains", "Fn::EachMemberEquals", "Fn::EachMemberIn" -> member(name, argument);
      case "Fn::Cidr", "Fn::RefAll", "Fn::ValueOf", "Fn::ValueOfAll", "Fn::GetStackOutput" ->
          throw Invalid.unsupported("template", name);
      default -> throw Invalid.template("Unrecognized intrinsic function " + name);
    };
  }

  private void needsExtensions(String function) {
    if (!template.hasLanguageExtensions()) {
      throw Invalid.template(
          function + " needs the transform " + Template.LANGUAGE_EXTENSIONS + " in the template");
    }
  }

  private @Nullable JsonNode ref(JsonNode argument) {
    String name = argument.asText();
    if (name.equals("AWS::NoValue")) {
      return null;
    }
    JsonNode value = names.get(name);
    return value != null ? value : references.ref(name);
  }

  private JsonNode attribute(JsonNode argument) {
    JsonNode pair = argument.isTextual() ? TemplateText.attribute(argument.textValue()) : argument;
    if (!pair.isArray() || pair.size() != 2) {
      throw Invalid.expression(
          "every Fn::GetAtt object requires two non-empty parameters, the resource name and the"
              + " resource attribute");
    }
    return references.attribute(
        pair.get(0).asText(), text(pair.get(1), "the attribute in Fn::GetAtt"));
  }

  private JsonNode sub(JsonNode argument) {
    JsonNode text = argument.isArray() ? argument.path(0) : argument;
    JsonNode own = argument.isArray() ? argument.path(1) : Json.object();
    if (!text.isTextual() || !own.isObject() || (argument.isArray() && argument.size() != 2)) {
      throw Invalid.expression(
          "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a"
              + " string as first argument, and an optional second argument to specify a mapping"
              + " of values to replace in the string");
    }
    if (text.textValue().contains(DYNAMIC_REFERENCE)) {
      throw Invalid.unsupported("template", "the dynamic reference " + text.textValue());
    }
    return Json.text(
        PLACEHOLDER
            .matcher(text.textValue())
            .replaceAll(found -> Matcher.quoteReplacement(substituted(found.group(1), own))));
  }

  private String substituted(String name, JsonNode own) {
    if (name.startsWith("!")) {
      return "${" + name.substring(1) + "}";
    }
    String key = name.strip();
    JsonNode value;
    if (own.has(key)) {
      value = resolve(own.get(key));
    } else if (key.contains(".")) {
      value = attribute(Json.text(key));
    } else {
      value = ref(Json.text(key));
    }
    if (value == null || value.isContainerNode()) {
      throw Invalid.expression(
          "variable " + key + " in Fn::Sub expression does not resolve to a string");
    }
    return value.asText();
  }

  private JsonNode join(JsonNode argument) {
    ArrayNode parts = list("Fn::Join", argument, 2, 2);
    JsonNode values = resolve(parts.get(1));
    if (!parts.get(0).isTextual() || values == null || values.isObject()) {
      throw joinNeedsStrings();
    }
    if (!values.isArray()) {
      if (Unknown.in(values)) {
        return values;
      }
      throw joinNeedsStrings();
    }
    var texts = new ArrayList<String>();
    for (JsonNode value : values) {
      if (value.isContainerNode()) {
        throw joinNeedsStrings();
      }
      texts.add(value.asText());
    }
    return Json.text(String.join(parts.get(0).textValue(), texts));
  }

  private static RuntimeException joinNeedsStrings() {
    return Invalid.expression(
        "every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of"
            + " strings to be joined or a function that returns a list of strings (such as"
            + " Fn::GetAZs) to be joined.");
  }

  private JsonNode select(JsonNode argument) {
    ArrayNode parts = list("Fn::Select", argument, 2, 2);
    String index = text(parts.get(0), "the index in Fn::Select");
    JsonNode values = resolve(parts.get(1));
    if (values != null && values.isTextual() && Unknown.in(values)) {
      return values;
    }
    if (values == null || !values.isArray() || !index.matches("[0-9]{1,9}")) {
      throw Invalid.expression(
          "Fn::Select requires a list argument with two elements: an integer index and a list");
    }
    int at = Integer.parseInt(index);
    if (at >= values.size()) {
      throw Invalid.expression("Fn::Select cannot select nonexistent value at index " + at);
    }
    return values.get(at);
  }

  private JsonNode split(JsonNode argument) {
    ArrayNode parts = list("Fn::Split", argument, 2, 2);
    String text = text(parts.get(1), "the second argument of Fn::Split");
    if (Unknown.in(text)) {
      return Json.text(text);
    }
    ArrayNode values = Json.array();
    for (String part : text.split(Pattern.quote(parts.get(0).asText()), -1)) {
      values.add(part);
    }
    return values;
  }

  private JsonNode findInMap(JsonNode argument) {
    ArrayNode keys = list("Fn::FindInMap", argument, 3, 4);
    String map = text(keys.get(0), "the name of the map in Fn::FindInMap");
    String top = text(keys.get(1), "the first key in Fn::FindInMap");
    String second = text(keys.get(2), "the second key in Fn::FindInMap");
    JsonNode value = template.mappings().path(map).path(top).path(second);
    if (!value.isMissingNode()) {
      return value;
    }
    if (keys.size() == 4) {
      needsExtensions("DefaultValue in Fn::FindInMap");
      JsonNode otherwise = resolve(keys.get(3).path("DefaultValue"));
      if (otherwise != null && !otherwise.isMissingNode()) {
        return otherwise;
      }
    }
    if (!template.mappings().has(map)) {
      throw Invalid.expression(
          "Mapping named '" + map + "' is not present in the 'Mappings' section of template.");
    }
    throw Invalid.expression("Unable to get mapping for " + map + "::" + top + "::" + second);
  }

  private JsonNode base64(JsonNode argument) {
    String text = text(argument, "the argument of Fn::Base64");
    return Json.text(
        Unknown.in(text)
            ? text
            : Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  private JsonNode zones(JsonNode argument) {
    String region = text(argument, "the region in Fn::GetAZs");
    if (region.isEmpty()) {
      region = names.getOrDefault("AWS::Region", Json.text("")).asText();
    }
    ArrayNode zones = Json.array();
    for (char zone = 'a'; zone <= 'f'; zone++) {
      zones.add(region + zone);
    }
    return zones;
  }

  private @Nullable JsonNode choose(JsonNode argument) {
    ArrayNode parts = list("Fn::If", argument, 3, 3);
    if (!parts.get(0).isTextual()) {
      throw Invalid.expression("Fn::If requires a condition name as its first argument");
    }
    return resolve(parts.get(holds(parts.get(0).textValue()) ? 1 : 2));
  }

  private boolean combined(String name, JsonNode argument) {
    List<Boolean> values = new ArrayList<>();
    list(name, argument, 2, 10).forEach(e -> values.add(decide(e)));
    return name.equals("Fn::And") ? !values.contains(false) : values.contains(true);
  }

  private JsonNode equal(JsonNode argument) {
    ArrayNode parts = list("Fn::Equals", argument, 2, 2);
    return BooleanNode.valueOf(Membership.same(resolve(parts.get(0)), resolve(parts.get(1))));
  }

  /** The functions of rules: whether values are among, or are, others. */
  private JsonNode member(String name, JsonNode argument) {
    ArrayNode parts = list(name, argument, 2, 2);
    JsonNode first = resolvedList(parts.get(0));
    JsonNode second = resolve(parts.get(1));
    return BooleanNode.valueOf(
        switch (name) {
          case "Fn::Contains" -> Membership.has(first, second);
          case "Fn::EachMemberEquals" -> Membership.eachIs(first, second);
          default -> Membership.eachIn(first, second);
        });
  }

  private JsonNode resolvedList(JsonNode node) {
    JsonNode value = resolve(node);
    return value == null ? Json.array() : value;
  }

  private static ArrayNode list(String function, JsonNode argument, int least, int most) {
    if (argument instanceof ArrayNode array && array.size() >= least && array.size() <= most) {
      return array;
    }
    throw Invalid.expression(
        function
            + " object requires a list of "
            + (least == most ? least : least + " to " + most)
            + " parameters");
  }
}
