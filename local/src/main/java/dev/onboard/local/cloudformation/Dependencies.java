package dev.onboard.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who refers to whom: the names in expressions, and the order that follows from them. */
final class Dependencies {
  private Dependencies() {}

  /** Every name that an expression may refer to, in whichever branch. */
  static Set<String> names(JsonNode expression) {
    var names = new LinkedHashSet<String>();
    collect(expression, names);
    return names;
  }

  private static void collect(JsonNode node, Set<String> names) {
    if (node.isObject() && node.size() == 1) {
      var only = node.properties().iterator().next();
      switch (only.getKey()) {
        case "Ref" -> {
          names.add(only.getValue().asText());
          return;
        }
        case "Fn::GetAtt" -> {
          JsonNode pair = only.getValue();
          names.add(
              pair.isArray()
                  ? pair.path(0).asText()
                  : TemplateText.attribute(pair.asText()).path(0).asText());
          return;
        }
        case "Fn::Sub" -> {
          substitution(only.getValue(), names);
          return;
        }
        default -> {}
      }
    }
    node.forEach(child -> collect(child, names));
  }

  private static void substitution(JsonNode argument, Set<String> names) {
    JsonNode text = argument.isArray() ? argument.path(0) : argument;
    JsonNode own = argument.isArray() ? argument.path(1) : Json.object();
    Resolver.PLACEHOLDER
        .matcher(text.asText())
        .results()
        .map(r -> r.group(1).strip())
        .filter(n -> !n.startsWith("!") && !own.has(n))
        .map(n -> n.contains(".") ? n.substring(0, n.indexOf('.')) : n)
        .forEach(names::add);
    own.forEach(value -> collect(value, names));
  }

  /**
   * An order in which everything comes after what it depends on, otherwise as given.
   *
   * @throws RuntimeException AWS's error if there is a circle, naming its members
   */
  static List<String> order(Map<String, Set<String>> dependencies) {
    var open = new LinkedHashMap<String, Set<String>>();
    dependencies.forEach((id, on) -> open.put(id, new LinkedHashSet<>(on)));
    var order = new ArrayList<String>();
    var ready = new ArrayDeque<String>();
    while (true) {
      open.forEach((id, on) -> {
        if (order.containsAll(on)) {
          ready.add(id);
        }
      });
      if (ready.isEmpty()) {
        break;
      }
      ready.forEach(open::remove);
      order.addAll(ready);
      ready.clear();
    }
    if (!open.isEmpty()) {
      throw Invalid.request("Circular dependency between resources: " + circle(open));
    }
    return order;
  }

  /** Those left over that are depended on by others left over: the circles and what is between. */
  private static List<String> circle(Map<String, Set<String>> open) {
    var left = new LinkedHashSet<>(open.keySet());
    while (true) {
      var needed = new LinkedHashSet<String>();
      left.forEach(id -> needed.addAll(open.get(id)));
      if (!left.retainAll(needed)) {
        return List.copyOf(left);
      }
    }
  }
}
