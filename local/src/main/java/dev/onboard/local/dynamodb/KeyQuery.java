package dev.onboard.local.dynamodb;

import dev.onboard.local.dynamodb.expression.Condition;
import dev.onboard.local.dynamodb.expression.Condition.Comparator;
import dev.onboard.local.dynamodb.expression.Evaluator;
import dev.onboard.local.dynamodb.expression.Operand;
import dev.onboard.local.dynamodb.expression.Path;
import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.dynamodb.value.KeyCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A key condition: one partition and, perhaps, a condition on the sort key, which is one range.
 *
 * @param sort the condition on the sort key
 */
record KeyQuery(byte[] partition, Range range, @Nullable Condition sort) {

  /** Sort keys between two ends; an end that is null is open. */
  record Range(byte @Nullable [] low, boolean lowIn, byte @Nullable [] high, boolean highIn) {
    static final Range ALL = new Range(null, true, null, true);
  }

  /** Whether a sort key is in the range. */
  boolean covers(Map<String, AttributeValue> key) {
    return sort == null || Evaluator.holds(sort, key);
  }

  /** The query that a bound key condition expression means for a key schema. */
  static KeyQuery of(Condition condition, KeySchema keys) {
    Map<String, Condition> conditions = byAttribute(condition);
    KeyAttribute partition = keys.partition();
    KeyAttribute sort = keys.sort();
    if (conditions.size() > 2) {
      throw DynamoErrors.validation("Conditions can be of length 1 or 2 only");
    }
    if (sort == null && conditions.size() > 1) {
      throw DynamoErrors.validation("Query key condition not supported");
    }
    Condition ofPartition = conditions.get(partition.name());
    Condition ofSort = sort == null ? null : conditions.get(sort.name());
    if (ofPartition == null) {
      throw missed(partition);
    }
    if (sort != null && ofSort == null && conditions.size() > 1) {
      throw missed(sort);
    }
    requireType(ofPartition, partition);
    if (!(ofPartition instanceof Condition.Comparison(var comparator, _, Operand right))
        || comparator != Comparator.EQ) {
      throw DynamoErrors.validation("Query key condition not supported");
    }
    if (ofSort != null && sort != null) {
      requireType(ofSort, sort);
    }
    return new KeyQuery(
        KeyCodec.encode(literal(right)), ofSort == null ? Range.ALL : range(ofSort), ofSort);
  }

  private static AwsServiceException missed(KeyAttribute attribute) {
    return DynamoErrors.validation(
        "Query condition missed key schema element: " + attribute.name());
  }

  private static void requireType(Condition condition, KeyAttribute attribute) {
    for (AttributeValue value : literals(condition)) {
      if (!attribute.fits(value)) {
        throw DynamoErrors.invalid("Condition parameter type does not match schema type");
      }
      if (KeyAttribute.isEmpty(value)) {
        throw DynamoErrors.validation(
            "One or more parameter values are not valid. The AttributeValue for a key attribute"
                + " cannot contain an empty "
                + KeyAttribute.typeInWords(value)
                + " value. Key: "
                + attribute.name());
      }
    }
  }

  private static AttributeValue literal(Operand operand) {
    return ((Operand.Literal) operand).value();
  }

  private static List<AttributeValue> literals(Condition condition) {
    return switch (condition) {
      case Condition.Comparison(_, _, Operand right) -> List.of(literal(right));
      case Condition.Between(_, Operand low, Operand high) -> List.of(literal(low), literal(high));
      case Condition.BeginsWith(_, Operand prefix) -> List.of(literal(prefix));
      default -> throw new IllegalArgumentException("no key condition: " + condition);
    };
  }

  private static Range range(Condition condition) {
    return switch (condition) {
      case Condition.Comparison(var comparator, _, Operand right) -> {
        byte[] value = KeyCodec.encode(literal(right));
        yield switch (comparator) {
          case EQ, NE -> new Range(value, true, value, true);
          case LT -> new Range(null, true, value, false);
          case LE -> new Range(null, true, value, true);
          case GT -> new Range(value, false, null, true);
          case GE -> new Range(value, true, null, true);
        };
      }
      case Condition.Between(_, Operand low, Operand high) ->
          new Range(KeyCodec.encode(literal(low)), true, KeyCodec.encode(literal(high)), true);
      case Condition.BeginsWith(_, Operand prefix) -> {
        byte[] value = KeyCodec.encode(literal(prefix));
        yield new Range(value, true, KeyCodec.afterPrefix(value), false);
      }
      default -> throw new IllegalArgumentException("no key condition: " + condition);
    };
  }

  /** The conditions on each attribute, with the attribute on the left. */
  private static Map<String, Condition> byAttribute(Condition condition) {
    var conditions = new LinkedHashMap<String, Condition>();
    for (Condition each : conjuncts(condition)) {
      Condition turned = turned(each);
      String attribute = attribute(turned);
      if (conditions.put(attribute, turned) != null) {
        throw DynamoErrors.validation(
            "KeyConditionExpressions must only contain one condition per key");
      }
    }
    return conditions;
  }

  /** What a condition is made of by AND. */
  static List<Condition> conjuncts(Condition condition) {
    var conjuncts = new ArrayList<Condition>();
    collect(condition, conjuncts);
    return conjuncts;
  }

  private static void collect(Condition condition, List<Condition> conjuncts) {
    if (condition instanceof Condition.And(Condition left, Condition right)) {
      collect(left, conjuncts);
      collect(right, conjuncts);
    } else {
      conjuncts.add(condition);
    }
  }

  private static Condition turned(Condition condition) {
    return switch (condition) {
      case Condition.Comparison(var comparator, _, _) when comparator == Comparator.NE ->
          throw invalidOperator("<>");
      case Condition.Comparison(var comparator, Operand left, Operand.At right)
          when !(left instanceof Operand.At) ->
          new Condition.Comparison(comparator.mirrored(), right, left);
      case Condition.Comparison _ -> condition;
      case Condition.Between(Operand value, _, _) -> {
        requireFirst("BETWEEN", value);
        yield condition;
      }
      case Condition.BeginsWith(Operand value, _) -> {
        requireFirst("begins_with", value);
        yield condition;
      }
      case Condition.In _ -> throw invalidOperator("IN");
      case Condition.Or _ -> throw invalidOperator("OR");
      case Condition.Not _ -> throw invalidOperator("NOT");
      case Condition.Exists _ -> throw invalidOperator("attribute_exists");
      case Condition.NotExists _ -> throw invalidOperator("attribute_not_exists");
      case Condition.HasType _ -> throw invalidOperator("attribute_type");
      case Condition.Contains _ -> throw invalidOperator("contains");
      case Condition.And _ -> throw new IllegalStateException("AND must have been taken apart");
    };
  }

  private static AwsServiceException invalidOperator(String operator) {
    return DynamoErrors.validation("Invalid operator used in KeyConditionExpression: " + operator);
  }

  private static void requireFirst(String operator, Operand first) {
    if (first instanceof Operand.Literal) {
      throw invalidCondition(
          operator + " operator must have the key attribute as its first operand");
    }
  }

  private static AwsServiceException invalidCondition(String what) {
    return DynamoErrors.validation("Invalid condition in KeyConditionExpression: " + what);
  }

  private static String attribute(Condition condition) {
    List<Operand> operands =
        switch (condition) {
          case Condition.Comparison(_, Operand left, Operand right) -> List.of(left, right);
          case Condition.Between(Operand value, Operand low, Operand high) ->
              List.of(value, low, high);
          case Condition.BeginsWith(Operand value, Operand prefix) -> List.of(value, prefix);
          default -> throw new IllegalArgumentException("no key condition: " + condition);
        };
    String attribute = null;
    for (Operand operand : operands) {
      switch (operand) {
        case Operand.Size _ ->
            throw DynamoErrors.validation(
                "KeyConditionExpressions cannot contain nested operations");
        case Operand.At(Path path) -> {
          if (attribute != null) {
            throw invalidCondition("Multiple attribute names used in one condition");
          }
          if (path.isNested()) {
            throw DynamoErrors.validation(
                "KeyConditionExpressions cannot have conditions on nested attributes");
          }
          attribute = path.head();
        }
        case Operand.Literal _, Operand.Placeholder _ -> {}
      }
    }
    if (attribute == null) {
      throw invalidCondition("No key attribute specified");
    }
    return attribute;
  }
}
