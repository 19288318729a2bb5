package dev.onboard.local.dynamodb.value;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What can be asked of an attribute value: is it valid, how large is it, how does it compare. */
public final class Values {
  private Values() {}

  /** The values of an item or key, checked and with their numbers in normal form. */
  public static Map<String, AttributeValue> checked(Map<String, AttributeValue> values) {
    return checkedMap(values, 1);
  }

  public static AttributeValue checked(AttributeValue value) {
    return checked(value, 1);
  }

  private static AttributeValue checked(@Nullable AttributeValue value, int depth) {
    if (value == null) {
      throw empty();
    }
    // So the SDK says that more than one member is set.
    if (value.type() == null) {
      throw DynamoErrors.validation(
          "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
              + " supported datatypes");
    }
    return switch (value.type()) {
      case S, B, BOOL -> value;
      case N -> {
        String normal = Num.normalize(value.n());
        yield normal.equals(value.n()) ? value : AttributeValue.fromN(normal);
      }
      case NUL -> {
        if (!value.nul()) {
          throw DynamoErrors.invalid("Null attribute value types must have the value of true");
        }
        yield value;
      }
      case SS, NS, BS -> checkedSet(value);
      case L -> checkedList(value, depth);
      case M -> {
        depth(depth);
        Map<String, AttributeValue> map = checkedMap(value.m(), depth + 1);
        yield map == value.m() ? value : AttributeValue.fromM(map);
      }
      case UNKNOWN_TO_SDK_VERSION -> throw empty();
    };
  }

  private static AttributeValue checkedSet(AttributeValue value) {
    if (value.hasNs()) {
      return AttributeValue.fromNs(numbers(value.ns()));
    } else if (value.hasSs()) {
      distinct(value.ss(), "An string set  may not be empty", " contains duplicates.");
    } else {
      Base64.Encoder base64 = Base64.getEncoder();
      distinct(
          value.bs().stream().map(b -> base64.encodeToString(b.asByteArrayUnsafe())).toList(),
          "Binary sets should not be empty",
          "of type BS contains duplicates.");
    }
    return value;
  }

  private static void depth(int depth) {
    if (depth > Limits.NESTING_DEPTH) {
      throw DynamoErrors.validation("Nesting Levels have exceeded supported limits");
    }
  }

  private static AttributeValue checkedList(AttributeValue value, int depth) {
    depth(depth);
    var list = new ArrayList<AttributeValue>(value.l().size());
    boolean changed = false;
    for (AttributeValue element : value.l()) {
      AttributeValue checked = checked(element, depth + 1);
      changed |= checked != element;
      list.add(checked);
    }
    return changed ? AttributeValue.fromL(list) : value;
  }

  private static Map<String, AttributeValue> checkedMap(
      Map<String, AttributeValue> values, int depth) {
    Map<String, AttributeValue> changed = null;
    for (var entry : values.entrySet()) {
      AttributeValue checked = checked(entry.getValue(), depth);
      if (checked != entry.getValue()) {
        if (changed == null) {
          changed = new LinkedHashMap<>(values);
        }
        changed.put(entry.getKey(), checked);
      }
    }
    return changed == null ? values : changed;
  }

  private static List<String> numbers(List<String> numbers) {
    if (numbers.isEmpty()) {
      throw DynamoErrors.invalid("An number set  may not be empty");
    }
    List<String> normal = numbers.stream().map(Num::normalize).toList();
    if (new HashSet<>(normal).size() < normal.size()) {
      throw DynamoErrors.validation("Input collection contains duplicates");
    }
    return normal;
  }

  private static void distinct(List<String> elements, String whenEmpty, String whenNot) {
    if (elements.isEmpty()) {
      throw DynamoErrors.invalid(whenEmpty);
    }
    if (new HashSet<>(elements).size() < elements.size()) {
      throw DynamoErrors.invalid(
          "Input collection [" + String.join(", ", elements) + "]" + whenNot);
    }
  }

  private static AwsServiceException empty() {
    return DynamoErrors.validation(
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
  }

  /** The type of a value as expressions and messages write it. */
  public static String type(AttributeValue value) {
    return value.type() == AttributeValue.Type.NUL ? "NULL" : value.type().name();
  }

  /** The type of a value as the messages of ADD and DELETE write it. */
  public static String longType(AttributeValue value) {
    return switch (value.type()) {
      case S -> "STRING";
      case N -> "NUMBER";
      case B -> "BINARY";
      case BOOL -> "BOOLEAN";
      case NUL -> "NULL";
      case L -> "LIST";
      case M -> "MAP";
      case SS -> "STRING_SET";
      case NS -> "NUMBER_SET";
      case BS -> "BINARY_SET";
      case UNKNOWN_TO_SDK_VERSION -> "UNKNOWN";
    };
  }

  /** Whether two checked values are equal; the order of a set's elements does not count. */
  public static boolean equal(AttributeValue a, AttributeValue b) {
    if (a.type() != b.type()) {
      return false;
    }
    return switch (a.type()) {
      case S -> a.s().equals(b.s());
      case N -> a.n().equals(b.n());
      case B -> a.b().equals(b.b());
      case BOOL -> a.bool().equals(b.bool());
      case NUL -> true;
      case SS -> sameElements(a.ss(), b.ss());
      case NS -> sameElements(a.ns(), b.ns());
      case BS -> sameElements(a.bs(), b.bs());
      case L -> equalLists(a.l(), b.l());
      case M -> equalMaps(a.m(), b.m());
      case UNKNOWN_TO_SDK_VERSION -> false;
    };
  }

  private static boolean sameElements(List<?> a, List<?> b) {
    return a.size() == b.size() && new HashSet<>(a).equals(new HashSet<>(b));
  }

  private static boolean equalLists(List<AttributeValue> a, List<AttributeValue> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!equal(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalMaps(Map<String, AttributeValue> a, Map<String, AttributeValue> b) {
    return a.size() == b.size()
        && a.entrySet().stream()
            .allMatch(e -> b.get(e.getKey()) instanceof AttributeValue v && equal(e.getValue(), v));
  }

  /** Whether values of this type have an order. */
  public static boolean isOrdered(AttributeValue value) {
    return switch (value.type()) {
      case S, N, B -> true;
      default -> false;
    };
  }

  /** Compares two checked values of one ordered type. */
  public static int compare(AttributeValue a, AttributeValue b) {
    return switch (a.type()) {
      case N -> Num.compare(a.n(), b.n());
      case S -> Num.compareBytes(utf8(a.s()), utf8(b.s()));
      case B -> Num.compareBytes(a.b().asByteArrayUnsafe(), b.b().asByteArrayUnsafe());
      default -> throw new IllegalArgumentException("no order for " + a.type());
    };
  }

  /** The bytes of an item, by which limits and capacity go. */
  public static int size(Map<String, AttributeValue> item) {
    int size = 0;
    for (var entry : item.entrySet()) {
      size += utf8Length(entry.getKey()) + size(entry.getValue());
    }
    return size;
  }

  public static int size(AttributeValue value) {
    return switch (value.type()) {
      case S -> utf8Length(value.s());
      case N -> Num.size(value.n());
      case B -> length(value.b());
      case BOOL, NUL -> 1;
      case SS -> value.ss().stream().mapToInt(Values::utf8Length).sum();
      case NS -> value.ns().stream().mapToInt(Num::size).sum();
      case BS -> value.bs().stream().mapToInt(Values::length).sum();
      case L -> 3 + value.l().stream().mapToInt(v -> 1 + size(v)).sum();
      case M -> 3 + value.m().size() + size(value.m());
      case UNKNOWN_TO_SDK_VERSION -> throw empty();
    };
  }

  public static int length(SdkBytes bytes) {
    return bytes.asByteArrayUnsafe().length;
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static int utf8Length(String text) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        length++;
      } else if (c < 0x800) {
        length += 2;
      } else if (Character.isHighSurrogate(c)) {
        length += 4;
        i++;
      } else {
        length += 3;
      }
    }
    return length;
  }
}
