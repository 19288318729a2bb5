package dev.onboard.local.dynamodb.expression;

import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.dynamodb.value.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The expressions of one request with the names and values that it gives for them. Ask for each
 * expression, then call {@link #finish}, which refuses what none of them used.
 */
public final class Expressions {
  public static final String CONDITION = "ConditionExpression";
  public static final String UPDATE = "UpdateExpression";
  public static final String PROJECTION = "ProjectionExpression";
  public static final String FILTER = "FilterExpression";
  public static final String KEY_CONDITION = "KeyConditionExpression";

  private static final int CACHED = 2000;
  private static final Pattern ALIAS = Pattern.compile("#[0-9a-zA-Z_]+");
  private static final Pattern PLACEHOLDER = Pattern.compile(":[0-9a-zA-Z_]+");

  /** What was parsed before, by kind and text; texts are few, as values stand beside them. */
  private static final Map<String, Parsed<?>> CACHE = new ConcurrentHashMap<>();

  private final Binding binding;
  private final Map<String, String> names;
  private final Map<String, AttributeValue> values;
  private final Set<String> unusedNames;
  private final Set<String> unusedValues;

  /**
   * Opens the expressions of a request.
   *
   * @param names null if the request gives none
   * @param values null if the request gives none
   * @param texts the expressions of the request by their parameter, in AWS's order
   */
  public Expressions(
      @Nullable Map<String, String> names,
      @Nullable Map<String, AttributeValue> values,
      Text... texts) {
    requireUse(names, values, texts);
    this.names = names == null ? Map.of() : names;
    this.values = values == null ? Map.of() : checked(values);
    this.unusedNames = new HashSet<>(this.names.keySet());
    this.unusedValues = new HashSet<>(this.values.keySet());
    this.binding = new Binding(this.names, this.values);
    for (String alias : this.names.keySet()) {
      requireKey("ExpressionAttributeNames", ALIAS, alias);
    }
  }

  /** An expression of a request, if it has it, under the name of its parameter. */
  public record Text(String parameter, @Nullable String text) {}

  private static void requireUse(
      @Nullable Map<String, String> names,
      @Nullable Map<String, AttributeValue> values,
      Text[] texts) {
    boolean any = false;
    boolean anyWithValues = false;
    var absent = new ArrayList<String>();
    for (Text text : texts) {
      boolean there = text.text != null;
      any |= there;
      if (!text.parameter.equals(PROJECTION)) {
        anyWithValues |= there;
        absent.add(text.parameter);
      }
    }
    if (names != null && !any) {
      throw DynamoErrors.validation(
          "ExpressionAttributeNames can only be specified when using expressions");
    }
    if (values != null && !anyWithValues) {
      throw DynamoErrors.validation(
          "ExpressionAttributeValues can only be specified when using expressions: "
              + String.join(" and ", absent)
              + (absent.size() > 1 ? " are" : " is")
              + " null");
    }
    if (names != null && names.isEmpty()) {
      throw DynamoErrors.validation("ExpressionAttributeNames must not be empty");
    }
    if (values != null && values.isEmpty()) {
      throw DynamoErrors.validation("ExpressionAttributeValues must not be empty");
    }
  }

  private static void requireKey(String parameter, Pattern pattern, String key) {
    if (!pattern.matcher(key).matches()) {
      throw DynamoErrors.validation(
          parameter + " contains invalid key: Syntax error; key: \"" + key + "\"");
    }
  }

  private static Map<String, AttributeValue> checked(Map<String, AttributeValue> values) {
    var checked = new HashMap<String, AttributeValue>();
    values.forEach((key, value) -> {
      requireKey("ExpressionAttributeValues", PLACEHOLDER, key);
      try {
        checked.put(key, Values.checked(value));
      } catch (AwsServiceException e) {
        throw DynamoErrors.validation(
            "ExpressionAttributeValues contains invalid value: "
                + e.awsErrorDetails().errorMessage()
                + " for key "
                + key);
      }
    });
    return checked;
  }

  public @Nullable Condition condition(String parameter, @Nullable String text) {
    return use(
        parameter,
        text,
        "condition",
        t -> {
          var parser = new ConditionParser(t);
          return new Parsed<>(parser.parse(), parser.aliases(), parser.placeholders());
        },
        binding::bind);
  }

  public @Nullable Update update(@Nullable String text) {
    return use(
        UPDATE,
        text,
        "update",
        t -> {
          var parser = new UpdateParser(t);
          return new Parsed<>(parser.parse(), parser.aliases(), parser.placeholders());
        },
        binding::bind);
  }

  public @Nullable Projection projection(@Nullable String text) {
    return use(
        PROJECTION,
        text,
        "projection",
        t -> {
          var parser = new ProjectionParser(t);
          return new Parsed<>(parser.parse(), parser.aliases(), parser.placeholders());
        },
        binding::bind);
  }

  /** Refuses names and values that no expression used. */
  public void finish() {
    if (!unusedNames.isEmpty()) {
      throw unused("Names", unusedNames);
    }
    if (!unusedValues.isEmpty()) {
      throw unused("Values", unusedValues);
    }
  }

  private static AwsServiceException unused(String what, Set<String> unused) {
    return DynamoErrors.validation(
        "Value provided in ExpressionAttribute"
            + what
            + " unused in expressions: keys: "
            + Binding.listed(unused));
  }

  private <T> @Nullable T use(
      String parameter,
      @Nullable String text,
      String kind,
      Function<String, Parsed<T>> parse,
      Function<T, T> bind) {
    if (text == null) {
      return null;
    }
    return named(
        parameter,
        () -> {
          Parsed<T> parsed = parsed(kind, text, parse);
          unusedNames.removeAll(parsed.aliases);
          unusedValues.removeAll(parsed.placeholders);
          return bind.apply(parsed.expression);
        });
  }

  @SuppressWarnings("unchecked")
  private static <T> Parsed<T> parsed(String kind, String text, Function<String, Parsed<T>> parse) {
    String key = kind + " " + text;
    Parsed<?> cached = CACHE.get(key);
    if (cached == null) {
      cached = parse.apply(text);
      if (CACHE.size() >= CACHED) {
        CACHE.clear();
      }
      CACHE.put(key, cached);
    }
    // The kind is part of the key, so what is under it is of that kind.
    return (Parsed<T>) cached;
  }

  private static <T> T named(String parameter, Supplier<T> work) {
    try {
      return work.get();
    } catch (ExpressionProblem e) {
      throw DynamoErrors.validation("Invalid " + parameter + ": " + e.text());
    }
  }

  /** Binds the values of a statement, whose texts say nothing of expressions. */
  public static <T> T ofStatement(
      Map<String, AttributeValue> values, Function<StatementBinding, T> work) {
    try {
      return work.apply(new StatementBinding(new Binding(Map.of(), values)));
    } catch (ExpressionProblem e) {
      throw DynamoErrors.validation(e.text());
    }
  }

  /** What a statement can have bound. */
  public static final class StatementBinding {
    private final Binding binding;

    private StatementBinding(Binding binding) {
      this.binding = binding;
    }

    public Condition bind(Condition condition) {
      return binding.bind(condition);
    }

    public Update bind(Update update) {
      return binding.bind(update);
    }
  }

  /** The condition that a function of a statement is. */
  public static Condition function(String name, List<Operand> operands) {
    try {
      return ConditionParser.function(name, operands);
    } catch (ExpressionProblem e) {
      throw DynamoErrors.validation(e.text());
    }
  }

  /** The term that a function of a statement is. */
  public static Update.Term term(String name, List<Update.Term> terms) {
    try {
      return UpdateParser.function(name, terms);
    } catch (ExpressionProblem e) {
      throw DynamoErrors.validation(e.text());
    }
  }

  /** An expression with the placeholders that it uses. */
  private record Parsed<T>(T expression, Set<String> aliases, Set<String> placeholders) {}
}
