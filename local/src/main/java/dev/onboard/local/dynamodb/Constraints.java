package dev.onboard.local.dynamodb;

import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.dynamodb.value.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request's members must satisfy by themselves; all violations are told at once. */
final class Constraints {
  static final String[] RETURN_VALUES = {
    "ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"
  };
  static final String[] ON_FAILURE = {"ALL_OLD", "NONE"};
  static final String[] CAPACITY = {"INDEXES", "TOTAL", "NONE"};
  static final String[] METRICS = {"SIZE", "NONE"};
  static final String[] SELECT = {
    "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"
  };

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]+");

  private final List<String> violations = new ArrayList<>();

  Constraints required(String member, @Nullable Object value) {
    if (value == null) {
      violate(null, member, "Member must not be null");
    }
    return this;
  }

  /** A map or list, which the SDK gives as empty where the request has none. */
  Constraints required(String member, boolean there) {
    return required(member, there ? member : null);
  }

  Constraints name(String member, @Nullable String value) {
    required(member, value);
    return value == null ? this : optionalName(member, value);
  }

  Constraints optionalName(String member, @Nullable String value) {
    if (value == null) {
      return this;
    }
    if (value.isEmpty()) {
      return violate(value, member, "Member must have length greater than or equal to 1");
    }
    if (value.length() > Limits.NAME_MAX) {
      violate(value, member, "Member must have length less than or equal to " + Limits.NAME_MAX);
    }
    if (value.length() < Limits.TABLE_NAME_MIN) {
      violate(
          value,
          member,
          "Member must have length greater than or equal to " + Limits.TABLE_NAME_MIN);
    }
    if (!NAME.matcher(value).matches()) {
      violate(value, member, "Member must satisfy regular expression pattern: " + NAME);
    }
    return this;
  }

  /** The name of a table, or its ARN. */
  Constraints table(@Nullable String value) {
    required("tableName", value);
    return value == null ? this : optionalName("tableName", Tables.nameOf(value));
  }

  Constraints oneOf(String member, @Nullable String value, String... allowed) {
    if (value != null && !Arrays.asList(allowed).contains(value)) {
      violate(value, member, "Member must satisfy enum value set: " + Arrays.toString(allowed));
    }
    return this;
  }

  /** What all operations that write one item may be asked to answer. */
  Constraints answers(
      @Nullable String returnValues,
      @Nullable String capacity,
      @Nullable String metrics,
      @Nullable String onFailure) {
    return oneOf("returnValues", returnValues, RETURN_VALUES)
        .oneOf("returnConsumedCapacity", capacity, CAPACITY)
        .oneOf("returnItemCollectionMetrics", metrics, METRICS)
        .oneOf("returnValuesOnConditionCheckFailure", onFailure, ON_FAILURE);
  }

  Constraints atLeast(String member, @Nullable Number value, long least) {
    if (value != null && value.longValue() < least) {
      violate(value, member, "Member must have value greater than or equal to " + least);
    }
    return this;
  }

  Constraints atMost(String member, @Nullable Number value, long most) {
    if (value != null && value.longValue() > most) {
      violate(value, member, "Member must have value less than or equal to " + most);
    }
    return this;
  }

  Constraints size(String member, Collection<?> value, int least, int most) {
    if (value.size() < least) {
      violate(value, member, "Member must have length greater than or equal to " + least);
    } else if (value.size() > most) {
      violate(value, member, "Member must have length less than or equal to " + most);
    }
    return this;
  }

  /** A list that may be left out, but not be empty. */
  Constraints notEmpty(String member, boolean given, Collection<?> value) {
    return given ? size(member, value, 1, Integer.MAX_VALUE) : this;
  }

  Constraints length(String member, @Nullable String value, int least, int most) {
    if (value != null && value.length() < least) {
      violate(value, member, "Member must have length greater than or equal to " + least);
    } else if (value != null && value.length() > most) {
      violate(value, member, "Member must have length less than or equal to " + most);
    }
    return this;
  }

  Constraints mapValues(String member, Map<String, ? extends Collection<?>> value, int most) {
    if (value.values().stream().anyMatch(v -> v.isEmpty() || v.size() > most)) {
      violate(
          value,
          member,
          "Map value must satisfy constraint: [Member must have length less than or equal to "
              + most
              + ", Member must have length greater than or equal to 1]");
    }
    return this;
  }

  private Constraints violate(@Nullable Object value, String member, String rule) {
    violations.add(
        "Value "
            + (value == null ? "null" : "'" + value + "'")
            + " at '"
            + member
            + "' failed to satisfy constraint: "
            + rule);
    return this;
  }

  void check() {
    if (!violations.isEmpty()) {
      throw DynamoErrors.validation(
          violations.size()
              + (violations.size() == 1 ? " validation error" : " validation errors")
              + " detected: "
              + String.join("; ", violations));
    }
  }
}
