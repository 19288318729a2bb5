package dev.onboard.patterns;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onboard.patterns.Condition.AnythingBut;
import dev.onboard.patterns.Condition.AnythingBut.Kind;
import dev.onboard.patterns.Condition.Bound;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the conditions of one field. */
final class ConditionParser {
  private final JsonParser parser;
  private final Supplier<Position> position;

  ConditionParser(JsonParser parser, Supplier<Position> position) {
    this.parser = parser;
    this.position = position;
  }

  /** Reads the condition that begins with the current token. */
  Condition read() throws IOException {
    Position at = position.get();
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> operator(at);
      case VALUE_STRING -> exact(TextNode.valueOf(parser.getText()), at);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> exact(number(), at);
      case VALUE_TRUE, VALUE_FALSE -> exact(BooleanNode.valueOf(token == JsonToken.VALUE_TRUE), at);
      case VALUE_NULL -> exact(NullNode.instance, at);
      default ->
          throw wrong("A value must be a string, a number, true, false, null or an operator.");
    };
  }

  private Condition exact(JsonNode value, Position at) throws IOException {
    return new Condition.Exact(value, parser.getText(), at);
  }

  private JsonNode number() throws IOException {
    BigDecimal value = Numbers.read(parser.getText());
    if (value == null) {
      throw wrong("The number " + parser.getText() + " is out of all proportion.");
    }
    return DecimalNode.valueOf(value);
  }

  private Condition operator(Position at) throws IOException {
    if (parser.nextToken() != JsonToken.FIELD_NAME) {
      throw wrong("An operator is missing.");
    }
    String name = parser.currentName();
    parser.nextToken();
    Condition condition =
        switch (name) {
          case "exactly" -> new Condition.Exactly(string(name), at);
          case "prefix" -> affix(name, at);
          case "suffix" -> affix(name, at);
          case "equals-ignore-case" -> new Condition.EqualsIgnoreCase(string(name), at);
          case "wildcard" -> new Condition.Wildcard(glob(string(name)), at);
          case "numeric" -> numeric(at);
          case "cidr" -> cidr(string(name), at);
          case "exists" -> exists(at);
          case "anything-but" -> anythingBut(at);
          default ->
              throw wrong(
                  "There is no operator \""
                      + name
                      + "\"; there are prefix, suffix, equals-ignore-case, anything-but, numeric,"
                      + " cidr, exists and wildcard.");
        };
    end();
    return condition;
  }

  private void end() throws IOException {
    if (parser.nextToken() != JsonToken.END_OBJECT) {
      throw wrong("An operator must be alone in its object.");
    }
  }

  private String string(String operator) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong("The value of " + operator + " must be a string.");
    }
    return parser.getText();
  }

  private Condition affix(String name, Position at) throws IOException {
    boolean ignoringCase = parser.currentToken() == JsonToken.START_OBJECT;
    if (ignoringCase) {
      if (parser.nextToken() != JsonToken.FIELD_NAME
          || !parser.currentName().equals("equals-ignore-case")) {
        throw wrong("Only equals-ignore-case may stand within " + name + ".");
      }
      parser.nextToken();
    }
    String text = string(name);
    if (ignoringCase) {
      end();
    }
    return name.equals("prefix")
        ? new Condition.Prefix(text, ignoringCase, at)
        : new Condition.Suffix(text, ignoringCase, at);
  }

  private Condition cidr(String block, Position at) {
    try {
      IpRange.ofBlock(block);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
    return new Condition.Cidr(block, at);
  }

  private Condition exists(Position at) {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> new Condition.Exists(true, at);
      case VALUE_FALSE -> new Condition.Exists(false, at);
      default -> throw wrong("The value of exists must be true or false.");
    };
  }

  private String glob(String text) {
    try {
      new Glob(text);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
    return text;
  }

  private Condition numeric(Position at) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw wrong("The value of numeric must be a list, such as [\">\", 0, \"<=\", 5].");
    }
    String operator = comparison();
    Bound bound = bound(operator);
    if (operator.equals("=")) {
      return last(new Condition.Numeric(bound, bound, at));
    } else if (operator.startsWith("<")) {
      return last(new Condition.Numeric(null, bound, at));
    }
    if (parser.nextToken() == JsonToken.END_ARRAY) {
      return new Condition.Numeric(bound, null, at);
    }
    String second = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
    if (!second.startsWith("<")) {
      throw wrong("After the bound below, numeric takes < or <= and the bound above.");
    }
    Bound upper = bound(second);
    if (bound.value().compareTo(upper.value()) >= 0) {
      throw wrong("The bound below must be less than the bound above.");
    }
    return last(new Condition.Numeric(bound, upper, at));
  }

  private Condition last(Condition condition) throws IOException {
    if (parser.nextToken() != JsonToken.END_ARRAY) {
      throw wrong("numeric has too many terms.");
    }
    return condition;
  }

  private String comparison() throws IOException {
    String operator = parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
    return switch (operator) {
      case "=", "<", "<=", ">", ">=" -> operator;
      default -> throw wrong("numeric compares with =, <, <=, > or >=.");
    };
  }

  private Bound bound(String operator) throws IOException {
    if (!operator.equals("=") && !operator.matches("[<>]=?") || !parser.nextToken().isNumeric()) {
      throw wrong("numeric needs a number after " + operator + ".");
    }
    return new Bound(comparable(), operator.endsWith("="));
  }

  private String comparable() throws IOException {
    String literal = parser.getText();
    if (Numbers.comparable(literal) == null) {
      throw wrong("The number " + literal + " is too large or too precise to be compared.");
    }
    return literal;
  }

  private Condition anythingBut(Position at) throws IOException {
    @Nullable Kind kind = null;
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      if (parser.nextToken() != JsonToken.FIELD_NAME) {
        throw wrong("An operator is missing within anything-but.");
      }
      kind =
          switch (parser.currentName()) {
            case "equals-ignore-case" -> Kind.IGNORING_CASE;
            case "prefix" -> Kind.PREFIXES;
            case "suffix" -> Kind.SUFFIXES;
            case "wildcard" -> Kind.WILDCARDS;
            default ->
                throw wrong("anything-but does not go with \"" + parser.currentName() + "\".");
          };
      parser.nextToken();
    }
    boolean list = parser.currentToken() == JsonToken.START_ARRAY;
    var texts = new ArrayList<String>();
    Kind found = kind;
    if (list) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        found = but(kind, found, texts);
      }
    } else {
      found = but(kind, found, texts);
    }
    if (found == null || texts.isEmpty()) {
      throw wrong("anything-but needs a value.");
    }
    if (kind != null) {
      end();
    }
    return new AnythingBut(found, texts, list, at);
  }

  /** Reads one value that is excluded; answers what the values are. */
  private Kind but(@Nullable Kind given, @Nullable Kind before, ArrayList<String> texts)
      throws IOException {
    boolean numeric = parser.currentToken().isNumeric();
    if (!numeric && parser.currentToken() != JsonToken.VALUE_STRING || given != null && numeric) {
      throw wrong("anything-but takes strings" + (given == null ? " or numbers." : " there."));
    }
    Kind kind = given != null ? given : numeric ? Kind.NUMBERS : Kind.STRINGS;
    if (before != null && before != kind) {
      throw wrong("anything-but takes strings or numbers, not both in one list.");
    }
    String text = numeric ? comparable() : parser.getText();
    if (text.isEmpty() && (kind == Kind.PREFIXES || kind == Kind.SUFFIXES)) {
      throw wrong("anything-but takes no empty prefix or suffix.");
    }
    texts.add(kind == Kind.WILDCARDS ? glob(text) : text);
    return kind;
  }

  private PatternException wrong(String message) {
    return new PatternException(message, position.get());
  }
}
