package dev.onboard.local.dynamodb.partiql;

import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.dynamodb.value.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A value of a statement, in which parameters may stand. */
public sealed interface Template {

  record Constant(AttributeValue value) implements Template {}

  /** The parameter at a place, counted from 0. */
  record Parameter(int at) implements Template {}

  record ListOf(List<Template> elements) implements Template {}

  record MapOf(Map<String, Template> entries) implements Template {}

  record SetOf(List<Template> elements) implements Template {}

  /** The value with the parameters put in; they must have been checked. */
  default AttributeValue value(List<AttributeValue> parameters) {
    return switch (this) {
      case Constant(AttributeValue value) -> value;
      case Parameter(int at) -> parameters.get(at);
      case ListOf(List<Template> elements) ->
          AttributeValue.fromL(elements.stream().map(e -> e.value(parameters)).toList());
      case MapOf(Map<String, Template> entries) -> AttributeValue.fromM(map(entries, parameters));
      case SetOf(List<Template> elements) ->
          set(elements.stream().map(e -> e.value(parameters)).toList());
    };
  }

  static Map<String, AttributeValue> map(
      Map<String, Template> entries, List<AttributeValue> parameters) {
    var map = LinkedHashMap.<String, AttributeValue>newLinkedHashMap(entries.size());
    entries.forEach((name, template) -> map.put(name, template.value(parameters)));
    return map;
  }

  private static AttributeValue set(List<AttributeValue> elements) {
    if (elements.isEmpty()) {
      throw DynamoErrors.validation("Empty bags are not supported");
    }
    AttributeValue.Type type = elements.getFirst().type();
    if (elements.stream().anyMatch(e -> e.type() != type)) {
      throw DynamoErrors.validation("All elements of a set must be of the same type");
    }
    return Values.checked(
        switch (type) {
          case S -> AttributeValue.fromSs(elements.stream().map(AttributeValue::s).toList());
          case N -> AttributeValue.fromNs(elements.stream().map(AttributeValue::n).toList());
          case B -> AttributeValue.fromBs(elements.stream().map(AttributeValue::b).toList());
          default ->
              throw DynamoErrors.validation(
                  "Unsupported data type in a set: " + Values.type(elements.getFirst()));
        });
  }
}
