package dev.onboard.patterns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a pattern demands of a value. */
public sealed interface Condition {
  Position position();

  /** The condition as the pattern has it, on one line. */
  String json();

  /**
   * A string, number, boolean or null that the value must equal.
   *
   * <p>A number equals another of the same value, however written. A string that is an IP address
   * equals every spelling of that address.
   *
   * @param literal a number as it is written
   */
  record Exact(JsonNode value, String literal, Position position) implements Condition {
    @Override
    public String json() {
      return value.isTextual() ? quoted(literal) : literal;
    }
  }

  /** {@code exactly}: a string that the value must equal, character by character. */
  record Exactly(String text, Position position) implements Condition {
    @Override
    public String json() {
      return object("exactly", quoted(text));
    }
  }

  /** {@code prefix}. */
  record Prefix(String text, boolean ignoringCase, Position position) implements Condition {
    @Override
    public String json() {
      return affix("prefix", text, ignoringCase);
    }
  }

  /** {@code suffix}. */
  record Suffix(String text, boolean ignoringCase, Position position) implements Condition {
    @Override
    public String json() {
      return affix("suffix", text, ignoringCase);
    }
  }

  /** {@code equals-ignore-case}. */
  record EqualsIgnoreCase(String text, Position position) implements Condition {
    @Override
    public String json() {
      return object("equals-ignore-case", quoted(text));
    }
  }

  /** {@code wildcard}: each {@code *} stands for any characters, none included. */
  record Wildcard(String glob, Position position) implements Condition {
    @Override
    public String json() {
      return object("wildcard", quoted(glob));
    }
  }

  /**
   * {@code numeric}.
   *
   * @param lower the bound below, null if there is none
   * @param upper the bound above, null if there is none; both are the same for {@code =}
   */
  record Numeric(@Nullable Bound lower, @Nullable Bound upper, Position position)
      implements Condition {
    @Override
    public String json() {
      if (lower != null && lower.equals(upper)) {
        return object("numeric", "[\"=\", " + lower.literal + "]");
      }
      var terms = new ArrayList<String>();
      if (lower != null) {
        terms.add((lower.inclusive ? "\">=\", " : "\">\", ") + lower.literal);
      }
      if (upper != null) {
        terms.add((upper.inclusive ? "\"<=\", " : "\"<\", ") + upper.literal);
      }
      return object("numeric", "[" + String.join(", ", terms) + "]");
    }
  }

  /** One end of a range of numbers. */
  record Bound(String literal, boolean inclusive) {
    public BigDecimal value() {
      return new BigDecimal(literal);
    }
  }

  /** {@code cidr}: a block of IPv4 or IPv6 addresses. */
  record Cidr(String block, Position position) implements Condition {
    @Override
    public String json() {
      return object("cidr", quoted(block));
    }
  }

  /**
   * {@code exists}.
   *
   * @param there whether there must be a value, or must be none
   */
  record Exists(boolean there, Position position) implements Condition {
    @Override
    public String json() {
      return object("exists", String.valueOf(there));
    }
  }

  /**
   * {@code anything-but}: a value that is none of those named.
   *
   * @param texts strings, or numbers as they are written
   */
  record AnythingBut(Kind kind, List<String> texts, boolean list, Position position)
      implements Condition {
    public AnythingBut {
      texts = List.copyOf(texts);
    }

    @Override
    public String json() {
      List<String> terms = texts.stream().map(t -> kind == Kind.NUMBERS ? t : quoted(t)).toList();
      String all = list ? "[" + String.join(", ", terms) + "]" : terms.getFirst();
      return object("anything-but", kind.key == null ? all : object(kind.key, all));
    }

    /** What the texts are. */
    public enum Kind {
      STRINGS(null),
      NUMBERS(null),
      IGNORING_CASE("equals-ignore-case"),
      PREFIXES("prefix"),
      SUFFIXES("suffix"),
      WILDCARDS("wildcard");

      final @Nullable String key;

      Kind(@Nullable String key) {
        this.key = key;
      }
    }
  }

  private static String affix(String key, String text, boolean ignoringCase) {
    return object(key, ignoringCase ? object("equals-ignore-case", quoted(text)) : quoted(text));
  }

  private static String object(String key, String value) {
    return "{\"" + key + "\": " + value + "}";
  }

  private static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }
}
