package dev.onboard.local.dynamodb.expression;

import dev.onboard.local.dynamodb.expression.Update.Assignment;
import dev.onboard.local.dynamodb.expression.Update.Change;
import dev.onboard.local.dynamodb.expression.Update.Term;
import dev.onboard.local.dynamodb.value.Values;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The names and values of one request, put in the place of placeholders; and what can be said
 * against an expression once its values are known.
 */
final class Binding {
  private static final Set<String> TYPES =
      Set.of("S", "N", "B", "NULL", "BOOL", "SS", "NS", "BS", "L", "M");

  private final Map<String, String> names;
  private final Map<String, AttributeValue> values;

  Binding(Map<String, String> names, Map<String, AttributeValue> values) {
    this.names = names;
    this.values = values;
  }

  Path bind(Path path) {
    if (path.steps().stream().noneMatch(Step.Alias.class::isInstance)) {
      return path;
    }
    return new Path(path.steps().stream().map(this::bind).toList());
  }

  private Step bind(Step step) {
    if (!(step instanceof Step.Alias(String alias))) {
      return step;
    }
    String name = names.get(alias);
    if (name == null) {
      throw new ExpressionProblem(
          "An expression attribute name used in the document path is not defined; attribute name: "
              + alias);
    }
    return new Step.Name(name);
  }

  private Operand bind(Operand operand) {
    return switch (operand) {
      case Operand.At(Path path) -> new Operand.At(bind(path));
      case Operand.Placeholder(String name) -> {
        AttributeValue value = values.get(name);
        if (value == null) {
          throw new ExpressionProblem(
              "An expression attribute value used in expression is not defined; attribute value: "
                  + name);
        }
        yield new Operand.Literal(value);
      }
      case Operand.Size(Operand of) -> {
        Operand bound = bind(of);
        requireType("size", bound, "S", "B", "SS", "NS", "BS", "L", "M");
        yield new Operand.Size(bound);
      }
      case Operand.Literal literal -> literal;
    };
  }

  Projection bind(Projection projection) {
    List<Path> paths = projection.paths().stream().map(this::bind).toList();
    Path.requireApart(paths);
    return new Projection(paths);
  }

  Condition bind(Condition condition) {
    return switch (condition) {
      case Condition.Comparison(var comparator, Operand left, Operand right) -> {
        Operand boundLeft = bind(left);
        Operand boundRight = bind(right);
        if (comparator != Condition.Comparator.EQ && comparator != Condition.Comparator.NE) {
          requireType(comparator.symbol(), boundLeft, "S", "N", "B");
          requireType(comparator.symbol(), boundRight, "S", "N", "B");
        }
        yield new Condition.Comparison(comparator, boundLeft, boundRight);
      }
      case Condition.Between(Operand value, Operand low, Operand high) ->
          bounds(new Condition.Between(bind(value), bind(low), bind(high)));
      case Condition.In(Operand value, List<Operand> candidates) ->
          new Condition.In(bind(value), candidates.stream().map(this::bind).toList());
      case Condition.Exists(Path path) -> new Condition.Exists(bind(path));
      case Condition.NotExists(Path path) -> new Condition.NotExists(bind(path));
      case Condition.HasType(Operand value, Operand type) ->
          new Condition.HasType(bind(value), typeName(bind(type)));
      case Condition.BeginsWith(Operand value, Operand prefix) -> {
        Operand boundValue = bind(value);
        Operand boundPrefix = bind(prefix);
        requireType("begins_with", boundValue, "S", "B");
        requireType("begins_with", boundPrefix, "S", "B");
        yield new Condition.BeginsWith(boundValue, boundPrefix);
      }
      case Condition.Contains(Operand value, Operand element) ->
          new Condition.Contains(bind(value), bind(element));
      case Condition.And(Condition left, Condition right) ->
          new Condition.And(bind(left), bind(right));
      case Condition.Or(Condition left, Condition right) ->
          new Condition.Or(bind(left), bind(right));
      case Condition.Not(Condition negated) -> new Condition.Not(bind(negated));
    };
  }

  private static Condition.Between bounds(Condition.Between between) {
    AttributeValue low = literal(between.low());
    AttributeValue high = literal(between.high());
    if (low == null || high == null) {
      return between;
    }
    requireType("BETWEEN", between.low(), "S", "N", "B");
    requireType("BETWEEN", between.high(), "S", "N", "B");
    String shown = "; lower bound operand: " + shown(low) + ", upper bound operand: " + shown(high);
    if (low.type() != high.type()) {
      throw new ExpressionProblem(
          "The BETWEEN operator requires same data type for lower and upper bounds" + shown);
    }
    if (Values.compare(low, high) > 0) {
      throw new ExpressionProblem(
          "The BETWEEN operator requires upper bound to be greater than or equal to lower bound"
              + shown);
    }
    return between;
  }

  private static String shown(AttributeValue value) {
    String text =
        switch (value.type()) {
          case S -> value.s();
          case N -> value.n();
          default -> Base64.getEncoder().encodeToString(value.b().asByteArrayUnsafe());
        };
    return "AttributeValue: {" + Values.type(value) + ":" + text + "}";
  }

  private static Operand typeName(Operand operand) {
    AttributeValue value = literal(operand);
    String type = value == null ? "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}" : Values.type(value);
    if (value == null || value.s() == null) {
      throw wrongType("attribute_type", type);
    }
    if (!TYPES.contains(value.s())) {
      throw new ExpressionProblem(
          "Invalid attribute type name found; type: "
              + value.s()
              + ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
    }
    return operand;
  }

  private static @Nullable AttributeValue literal(Operand operand) {
    return operand instanceof Operand.Literal(AttributeValue value) ? value : null;
  }

  private static void requireType(String function, Operand operand, String... types) {
    AttributeValue value = literal(operand);
    if (value != null && !List.of(types).contains(Values.type(value))) {
      throw wrongType(function, Values.type(value));
    }
  }

  private static ExpressionProblem wrongType(String function, String type) {
    return new ExpressionProblem(
        "Incorrect operand type for operator or function; operator or function: "
            + function
            + ", operand type: "
            + type);
  }

  Update bind(Update update) {
    List<Path> paths = update.paths().stream().map(this::bind).toList();
    var bound =
        new Update(
            update.sets().stream()
                .map(s -> new Assignment(bind(s.path()), bind(s.term())))
                .toList(),
            update.removes().stream().map(this::bind).toList(),
            update.adds().stream().map(c -> bind("ADD", c)).toList(),
            update.deletes().stream().map(c -> bind("DELETE", c)).toList(),
            paths);
    Path.requireApart(paths);
    return bound;
  }

  private Change bind(String section, Change change) {
    var bound = new Change(bind(change.path()), bind(change.value()));
    AttributeValue value = literal(bound.value());
    boolean fits =
        value == null
            || switch (value.type()) {
              case SS, NS, BS -> true;
              case N -> section.equals("ADD");
              default -> false;
            };
    if (!fits) {
      throw new ExpressionProblem(
          "Incorrect operand type for operator or function; operator: "
              + section
              + ", operand type: "
              + Values.longType(value)
              + ", typeSet: "
              + (section.equals("ADD") ? "ALLOWED_FOR_ADD_OPERAND" : "ALLOWED_FOR_DELETE_OPERAND"));
    }
    return bound;
  }

  private Term bind(Term term) {
    return switch (term) {
      case Term.Of(Operand operand) -> new Term.Of(bind(operand));
      case Term.Sum(Term left, Term right) ->
          new Term.Sum(bind("+", left, "N"), bind("+", right, "N"));
      case Term.Difference(Term left, Term right) ->
          new Term.Difference(bind("-", left, "N"), bind("-", right, "N"));
      case Term.IfNotExists(Path path, Term otherwise) ->
          new Term.IfNotExists(bind(path), bind(otherwise));
      case Term.ListAppend(Term left, Term right) ->
          new Term.ListAppend(bind("list_append", left, "L"), bind("list_append", right, "L"));
    };
  }

  private Term bind(String function, Term term, String type) {
    Term bound = bind(term);
    if (bound instanceof Term.Of(Operand operand)) {
      requireType(function, operand, type);
    }
    return bound;
  }

  /** The keys of what the request gave and no expression uses, as messages list them. */
  static String listed(Set<String> keys) {
    return "{" + String.join(", ", new TreeSet<>(keys)) + "}";
  }
}
