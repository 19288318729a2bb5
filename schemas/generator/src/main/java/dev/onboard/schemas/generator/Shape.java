package dev.onboard.schemas.generator;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one schema, or a part of one, says of a value.
 *
 * @param types the JSON types a value may have; never empty
 * @param values the values of its enumeration; empty if it has none
 * @param extra what an object may hold beside its properties
 * @param limits the limits that are set, as numbers; {@link Limit} says which way each bounds
 * @param items what an array holds; null if that is not said
 */
record Shape(
    String description,
    Set<String> types,
    List<JsonNode> values,
    Map<String, Shape> properties,
    Set<String> required,
    Extra extra,
    @Nullable Shape items,
    Map<Limit, Bound> limits,
    @Nullable String pattern,
    @Nullable String format,
    @Nullable BigDecimal multipleOf,
    boolean uniqueItems) {

  /** What an object may hold beside the properties that are described. */
  sealed interface Extra {}

  /** Anything: consumers ignore what they do not know. */
  record Open() implements Extra {}

  /** Nothing. */
  record Closed() implements Extra {}

  /** Values of one shape, under any name. */
  record Each(Shape shape) implements Extra {}

  /** A limit and whether the value at the limit is outside it. */
  record Bound(BigDecimal value, boolean exclusive) {
    Bound(BigDecimal value) {
      this(value, false);
    }
  }

  /** The keywords that bound a number, a length or a count. */
  enum Limit {
    MINIMUM("minimum", true),
    MAXIMUM("maximum", false),
    MIN_LENGTH("minLength", true),
    MAX_LENGTH("maxLength", false),
    MIN_ITEMS("minItems", true),
    MAX_ITEMS("maxItems", false),
    MIN_PROPERTIES("minProperties", true),
    MAX_PROPERTIES("maxProperties", false);

    final String keyword;
    private final boolean lower;

    Limit(String keyword, boolean lower) {
      this.keyword = keyword;
      this.lower = lower;
    }

    /** Whether every value within {@code other} is within {@code bound}, too. */
    boolean contains(Bound bound, Bound other) {
      int order = bound.value().compareTo(other.value()) * (lower ? 1 : -1);
      return order < 0 || (order == 0 && (!bound.exclusive() || other.exclusive()));
    }
  }

  boolean is(String type) {
    return types.equals(Set.of(type));
  }
}
