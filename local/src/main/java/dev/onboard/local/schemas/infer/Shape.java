package dev.onboard.local.schemas.infer;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a place in events: the kinds of values that were seen there, each with what they
 * have in common. Taking in another value only ever widens it, so a schema that is made from it
 * comes to rest.
 *
 * @param nullable whether null was seen
 * @param text texts, if there were any
 * @param number numbers, if there were any
 * @param flag whether true or false was seen
 * @param object objects, if there were any
 * @param array arrays, if there were any
 */
public record Shape(
    boolean nullable,
    @Nullable Text text,
    @Nullable Numeric number,
    boolean flag,
    @Nullable Fields object,
    @Nullable Items array) {
  /** The levels below which nothing is told any more, as AWS documents it. */
  static final int DEEPEST = 255;

  static final Shape NOTHING = new Shape(false, null, null, false, null, null);
  private static final Shape NULL = new Shape(true, null, null, false, null, null);
  private static final int SHORTEST_TIME = "2026-01-01T00:00Z".length();
  private static final int PLACE_OF_T = 10;

  /** What the texts are, the narrower first. */
  enum Text {
    DATE_TIME,
    ANY
  }

  /** What the numbers are, the narrower first. */
  enum Numeric {
    INTEGER,
    FRACTION
  }

  /**
   * The fields of objects.
   *
   * @param known all that were seen, by name
   * @param required those that every object had
   */
  record Fields(Map<String, Shape> known, Set<String> required) {
    Fields {
      known = Collections.unmodifiableMap(new TreeMap<>(known));
      required = Collections.unmodifiableSet(new TreeSet<>(required));
    }

    private Fields with(Fields other) {
      var fields = new TreeMap<String, Shape>(known);
      other.known.forEach((name, shape) -> fields.merge(name, shape, Shape::with));
      var both = new TreeSet<String>(required);
      both.retainAll(other.required);
      return new Fields(fields, both);
    }

    private boolean fits(JsonNode object, int depth) {
      for (String name : required) {
        if (!object.has(name)) {
          return false;
        }
      }
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        Shape shape = known.get(field.getKey());
        if (shape == null || !shape.fits(field.getValue(), depth)) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * The elements of arrays.
   *
   * @param each what they have in common; nothing as long as every array was empty
   */
  record Items(Shape each) {}

  /** What one value tells. */
  public static Shape of(JsonNode value) {
    return of(value, 0);
  }

  private static Shape of(JsonNode value, int depth) {
    if (depth > DEEPEST) {
      return NOTHING;
    }
    return switch (value.getNodeType()) {
      case STRING -> NOTHING.withText(isTime(value.textValue()) ? Text.DATE_TIME : Text.ANY);
      case NUMBER -> NOTHING.withNumber(isLong(value) ? Numeric.INTEGER : Numeric.FRACTION);
      case BOOLEAN -> new Shape(false, null, null, true, null, null);
      case OBJECT -> {
        var fields = new TreeMap<String, Shape>();
        value.properties().forEach(e -> fields.put(e.getKey(), of(e.getValue(), depth + 1)));
        yield NOTHING.withObject(new Fields(fields, fields.keySet()));
      }
      case ARRAY -> {
        Shape each = NOTHING;
        for (JsonNode element : value) {
          each = each.with(of(element, depth + 1));
        }
        yield NOTHING.withArray(new Items(each));
      }
      default -> NULL;
    };
  }

  /** What this and another one tell together. */
  public Shape with(Shape other) {
    return new Shape(
        nullable || other.nullable,
        wider(text, other.text),
        wider(number, other.number),
        flag || other.flag,
        object == null ? other.object : other.object == null ? object : object.with(other.object),
        array == null
            ? other.array
            : other.array == null ? array : new Items(array.each.with(other.array.each)));
  }

  /** Whether a value tells nothing that is not known. */
  public boolean fits(JsonNode value) {
    return fits(value, 0);
  }

  private boolean fits(JsonNode value, int depth) {
    if (depth > DEEPEST) {
      return true;
    }
    return switch (value.getNodeType()) {
      case STRING -> text == Text.ANY || (text == Text.DATE_TIME && isTime(value.textValue()));
      case NUMBER -> number == Numeric.FRACTION || (number == Numeric.INTEGER && isLong(value));
      case BOOLEAN -> flag;
      case OBJECT -> object != null && object.fits(value, depth + 1);
      case ARRAY -> array != null && allFit(array.each, value, depth + 1);
      default -> nullable;
    };
  }

  private static boolean allFit(Shape each, JsonNode array, int depth) {
    for (JsonNode element : array) {
      if (!each.fits(element, depth)) {
        return false;
      }
    }
    return true;
  }

  Shape orNull() {
    return new Shape(true, text, number, flag, object, array);
  }

  Shape withText(Text other) {
    return new Shape(nullable, wider(text, other), number, flag, object, array);
  }

  Shape withNumber(Numeric other) {
    return new Shape(nullable, text, wider(number, other), flag, object, array);
  }

  Shape withFlag() {
    return new Shape(nullable, text, number, true, object, array);
  }

  Shape withObject(Fields fields) {
    return new Shape(nullable, text, number, flag, fields, array);
  }

  Shape withArray(Items items) {
    return new Shape(nullable, text, number, flag, object, items);
  }

  private static <E extends Enum<E>> @Nullable E wider(@Nullable E one, @Nullable E other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) < 0 ? other : one;
  }

  private static boolean isLong(JsonNode number) {
    return number.isIntegralNumber() && number.canConvertToLong();
  }

  private static boolean isTime(String text) {
    if (text.length() < SHORTEST_TIME || text.charAt(PLACE_OF_T) != 'T') {
      return false;
    }
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
