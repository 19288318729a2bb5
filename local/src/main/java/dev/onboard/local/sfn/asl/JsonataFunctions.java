package dev.onboard.local.sfn.asl;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.utils.DateTimeUtils;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The functions that Step Functions adds to JSONata; {@code $eval} is taken away. */
final class JsonataFunctions {
  private static final int MAX_RANGE = 1_000;

  private static final Map<String, JFunction> ADDED =
      Map.of(
          "partition", new JFunction((input, args) -> partition(args), null),
          "range", new JFunction((input, args) -> range(args), null),
          "hash", new JFunction((input, args) -> hash(args), null),
          "random", new JFunction((input, args) -> random(args), null),
          "uuid", new JFunction((input, args) -> UUID.randomUUID().toString(), null),
          "parse", new JFunction((input, args) -> parse(args), null));

  private JsonataFunctions() {}

  static void bind(Jsonata.Frame frame, Instant now) {
    ADDED.forEach(frame::bind);
    frame.bind("eval", (Object) null);
    frame.bind("millis", new JFunction((input, args) -> now.toEpochMilli(), null));
    frame.bind("now", new JFunction((input, args) -> time(now, args), null));
  }

  private static Object time(Instant now, List<?> args) {
    String picture = args.isEmpty() ? null : (String) args.get(0);
    String zone = args.size() < 2 ? null : (String) args.get(1);
    return DateTimeUtils.formatDateTime(now.toEpochMilli(), picture, zone);
  }

  private static Object partition(List<?> args) {
    int size = integer("partition", args, 1);
    if (size <= 0) {
      throw failure("$partition: the size of a chunk must be greater than 0");
    }
    Object value = args.getFirst();
    if (value == null) {
      return List.of();
    }
    List<?> list = value instanceof List<?> l ? l : List.of(value);
    var chunks = new ArrayList<Object>();
    for (int i = 0; i < list.size(); i += size) {
      chunks.add(new ArrayList<>(list.subList(i, Math.min(list.size(), i + size))));
    }
    return chunks;
  }

  private static Object range(List<?> args) {
    long first = integer("range", args, 0);
    long last = integer("range", args, 1);
    long step = integer("range", args, 2);
    if (step == 0) {
      throw failure("$range: the step must not be 0");
    }
    var numbers = new ArrayList<Object>();
    for (long n = first; step > 0 ? n <= last : n >= last; n += step) {
      if (numbers.size() == MAX_RANGE) {
        throw failure("$range: must not give more than " + MAX_RANGE + " numbers");
      }
      numbers.add(Math.toIntExact(n));
    }
    return numbers;
  }

  private static Object hash(List<?> args) {
    Object data = args.isEmpty() ? null : args.get(0);
    String algorithm = args.size() < 2 ? "SHA-256" : String.valueOf(args.get(1));
    String text =
        data instanceof String s ? s : Json.text(Objects.requireNonNull(JsonataValues.tree(data)));
    try {
      return Hashes.hex(text, algorithm);
    } catch (IllegalArgumentException e) {
      throw failure("$hash: " + e.getMessage());
    }
  }

  private static Object random(List<?> args) {
    return args.isEmpty() || args.get(0) == null
        ? Math.random()
        : new Random(((Number) args.get(0)).longValue()).nextDouble();
  }

  private static @Nullable Object parse(List<?> args) {
    if (args.isEmpty() || !(args.get(0) instanceof String text)) {
      throw failure("$parse: the argument must be a string");
    }
    try {
      return JsonataValues.from(Json.parse(text));
    } catch (JsonProcessingException e) {
      throw failure("$parse: the string must be JSON: " + e.getOriginalMessage());
    }
  }

  private static int integer(String function, List<?> args, int index) {
    if (args.size() > index && args.get(index) instanceof Number n && n.doubleValue() % 1 == 0) {
      return n.intValue();
    }
    throw failure("$" + function + ": argument " + (index + 1) + " must be an integer");
  }

  private static JException failure(String message) {
    return new JException(new IllegalArgumentException(message), "D3137", -1, message, null);
  }
}
