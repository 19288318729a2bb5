package dev.onboard.local.sfn.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the rules of a choice. */
final class ConditionParser {
  private final Fields fields;

  ConditionParser(Fields fields) {
    this.fields = fields;
  }

  Optional<State.Rule> rule() {
    fields.require("Next");
    String next = fields.text("Next");
    Condition condition = fields.isJsonata() ? jsonata() : jsonPath(fields);
    Expression output = fields.isJsonata() ? fields.template("Output") : null;
    Expression assign = DataFlowParser.assign(fields);
    fields.end();
    return condition == null || next == null
        ? Optional.empty()
        : Optional.of(new State.Rule(condition, next, output, assign));
  }

  private @Nullable Condition jsonata() {
    fields.require("Condition");
    Expression expression = fields.template("Condition");
    if (expression instanceof Expression.Literal literal && !literal.value().isBoolean()) {
      fields.report("Value must be a boolean or a JSONata expression", "Condition");
    }
    return expression == null ? null : new Condition.Holds(expression);
  }

  private static @Nullable Condition jsonPath(Fields at) {
    if (at.has("And") || at.has("Or")) {
      String name = at.has("And") ? "And" : "Or";
      List<Condition> all = all(at.each(name));
      if (all.isEmpty()) {
        at.report("Value cannot be empty", name);
      }
      return name.equals("And") ? new Condition.And(all) : new Condition.Or(all);
    } else if (at.has("Not")) {
      Fields inner = at.within("Not");
      Condition condition = jsonPath(inner);
      inner.end();
      return condition == null ? null : new Condition.Not(condition);
    }
    at.require("Variable");
    Expression subject = at.path("Variable");
    if (subject != null && !(subject instanceof PathExpression)) {
      at.report("Value is not a valid JSONPath", "Variable");
      subject = null;
    }
    return comparison(at, subject);
  }

  private static List<Condition> all(List<Fields> parts) {
    var conditions = new ArrayList<Condition>();
    for (Fields part : parts) {
      Condition condition = jsonPath(part);
      part.end();
      if (condition != null) {
        conditions.add(condition);
      }
    }
    return conditions;
  }

  private static @Nullable Condition comparison(Fields at, @Nullable Expression subject) {
    Condition found = null;
    for (var entry : at.node().properties()) {
      String name = entry.getKey();
      boolean path = name.endsWith("Path");
      Comparison comparison =
          Comparison.BY_NAME.get(path ? name.substring(0, name.length() - 4) : name);
      if (comparison == null || path && comparison == Comparison.STRING_MATCHES) {
        continue;
      }
      if (found != null) {
        at.report("Only one comparison is allowed", name);
      }
      Expression operand = operand(at, name, path, comparison);
      if (operand != null && subject != null) {
        found = new Condition.Compares(subject, comparison, operand);
      }
    }
    if (found == null && subject != null) {
      at.report("A comparison is required", "");
    }
    return found;
  }

  private static @Nullable Expression operand(
      Fields at, String name, boolean path, Comparison comparison) {
    JsonNode value = at.get(name);
    if (path) {
      return at.path(name);
    }
    if (value == null || !comparison.takes(value)) {
      at.report("Value is not of the type that the comparison takes", name);
      return null;
    }
    return Expression.literal(value);
  }
}
