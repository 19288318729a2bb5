package dev.onboard.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A parameter as a template declares it, and the check of a value against it. */
record ParameterDeclaration(
    String name,
    String type,
    @Nullable String defaultValue,
    boolean noEcho,
    @Nullable String description,
    List<String> allowedValues,
    @Nullable String allowedPattern,
    @Nullable String constraintDescription,
    @Nullable Integer minLength,
    @Nullable Integer maxLength,
    @Nullable BigDecimal minValue,
    @Nullable BigDecimal maxValue) {

  private static final Set<String> TYPES =
      Set.of("String", "Number", "CommaDelimitedList", "List<Number>", "List<String>");
  private static final Set<String> MEMBERS =
      Set.of(
          "Type",
          "Default",
          "NoEcho",
          "Description",
          "AllowedValues",
          "AllowedPattern",
          "ConstraintDescription",
          "MinLength",
          "MaxLength",
          "MinValue",
          "MaxValue");

  static ParameterDeclaration of(String name, JsonNode node) {
    if (!name.matches("[A-Za-z0-9]+")) {
      throw Invalid.template("Parameter name " + name + " is non alphanumeric.");
    }
    if (!node.path("Type").isTextual()) {
      throw Invalid.template("Every Parameters object must contain a Type member.");
    }
    String type = node.path("Type").textValue();
    if (!TYPES.contains(type)) {
      if (type.startsWith("AWS::") || type.startsWith("List<AWS::")) {
        throw Invalid.unsupported("template", "type " + type + " of parameter " + name);
      }
      throw Invalid.template("Unrecognized parameter type: " + type);
    }
    for (var member : node.properties()) {
      if (!MEMBERS.contains(member.getKey())) {
        throw Invalid.request("Invalid template parameter property '" + member.getKey() + "'");
      }
    }
    if (node.path("Default").isContainerNode()) {
      throw Invalid.template("Every Default member must be a string.");
    }
    var allowed = new ArrayList<String>();
    node.path("AllowedValues").forEach(v -> allowed.add(v.asText()));
    var declaration =
        new ParameterDeclaration(
            name,
            type,
            text(node, "Default"),
            node.path("NoEcho").asBoolean(),
            text(node, "Description"),
            allowed,
            text(node, "AllowedPattern"),
            text(node, "ConstraintDescription"),
            integer(node, "MinLength"),
            integer(node, "MaxLength"),
            number(node, "MinValue"),
            number(node, "MaxValue"));
    declaration.checkPattern();
    return declaration;
  }

  /** Refuses a value that the declaration does not allow, in AWS's words. */
  void check(String value) {
    if (type.equals("Number") || type.equals("List<Number>")) {
      for (String number : isList() ? elements(value) : List.of(value)) {
        checkNumber(number);
      }
    } else if (type.equals("String")) {
      checkLength(value);
    }
    if (!allowedValues.isEmpty()
        && !(isList() ? elements(value) : List.of(value))
            .stream().allMatch(allowedValues::contains)) {
      throw refused("must be one of AllowedValues");
    }
    if (allowedPattern != null
        && !(isList() ? elements(value) : List.of(value))
            .stream().allMatch(v -> Pattern.matches(allowedPattern, v))) {
      throw refused("must match pattern " + allowedPattern);
    }
  }

  /** The value as {@code Ref} gives it: a list for the list types. */
  JsonNode referenced(String value) {
    if (!isList()) {
      return Json.text(value);
    }
    ArrayNode list = Json.array();
    elements(value).forEach(list::add);
    return list;
  }

  private boolean isList() {
    return type.startsWith("List<") || type.equals("CommaDelimitedList");
  }

  private static List<String> elements(String value) {
    return value.isEmpty()
        ? List.of()
        : Pattern.compile(",").splitAsStream(value).map(String::strip).toList();
  }

  private void checkNumber(String text) {
    BigDecimal value;
    try {
      value = new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      throw Invalid.request("Parameter '" + name + "' must be a number.");
    }
    if (minValue != null && value.compareTo(minValue) < 0) {
      throw refused("must be a number not less than " + minValue.toPlainString());
    }
    if (maxValue != null && value.compareTo(maxValue) > 0) {
      throw refused("must be a number not greater than " + maxValue.toPlainString());
    }
  }

  private void checkLength(String value) {
    if (minLength != null && value.length() < minLength) {
      throw refused("must contain at least " + minLength + " characters");
    }
    if (maxLength != null && value.length() > maxLength) {
      throw refused("must contain at most " + maxLength + " characters");
    }
  }

  private RuntimeException refused(String rule) {
    return Invalid.request(
        constraintDescription == null
            ? "Parameter '" + name + "' " + rule
            : "Parameter " + name + " failed to satisfy constraint: " + constraintDescription);
  }

  private void checkPattern() {
    if (allowedPattern != null) {
      try {
        Pattern.compile(allowedPattern);
      } catch (PatternSyntaxException e) {
        throw Invalid.template(
            "AllowedPattern of parameter "
                + name
                + " is not a regular expression: "
                + e.getDescription());
      }
    }
  }

  private static @Nullable String text(JsonNode node, String member) {
    JsonNode value = node.get(member);
    return value == null ? null : value.asText();
  }

  private @Nullable static Integer integer(JsonNode node, String member) {
    BigDecimal value = number(node, member);
    return value == null ? null : value.intValue();
  }

  private @Nullable static BigDecimal number(JsonNode node, String member) {
    String text = text(node, member);
    try {
      return text == null ? null : new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw Invalid.template(member + " must be a number.");
    }
  }
}
