package dev.onboard.patterns;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.onboard.patterns.Node.AnyOf;
import dev.onboard.patterns.Node.Entry;
import dev.onboard.patterns.Node.Fields;
import dev.onboard.patterns.Node.Leaf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Set;

/** Reads patterns with the places of all parts. */
final class PatternParser {
  private static final JsonFactory JSON = new JsonFactory();

  /** The most fields that one alternative may name. */
  private static final int MOST_FIELDS = 256;

  /** What event-ruler keeps for itself below a {@code $or}. */
  private static final Set<String> RESERVED =
      Set.of(
          "exactly",
          "equals-ignore-case",
          "prefix",
          "suffix",
          "anything-but",
          "exists",
          "wildcard",
          "numeric",
          "cidr",
          "=",
          "<",
          "<=",
          ">",
          ">=",
          "regex",
          "not-wildcard",
          "not-equals-ignore-case",
          "date-after",
          "date-on-or-after",
          "date-before",
          "date-on-or-before",
          "in-date-range",
          "ip-address-in-range",
          "ip-address-not-in-range");

  private final JsonParser parser;
  private final ConditionParser conditions;

  private PatternParser(JsonParser parser) {
    this.parser = parser;
    this.conditions = new ConditionParser(parser, this::position);
  }

  static Fields parse(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      var self = new PatternParser(parser);
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw self.wrong("A pattern must be a JSON object.");
      }
      Fields root = self.fields(false);
      for (Alternative alternative : Alternatives.of(root)) {
        if (alternative.fields().size() > MOST_FIELDS) {
          throw new PatternException(
              "A pattern names at most " + MOST_FIELDS + " fields.", root.position());
        }
      }
      return root;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw new PatternException(
          "The pattern is no JSON: " + JsonFault.words(e),
          new Position("", at == null ? 1 : at.getLineNr(), at == null ? 1 : at.getColumnNr()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Fields fields(boolean withinOr) throws IOException {
    Position position = position();
    var entries = new ArrayList<Entry>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (name.equals("$or")) {
        parser.nextToken();
        entries.add(new Entry(name, anyOf()));
        continue;
      }
      if (withinOr && RESERVED.contains(name)) {
        throw wrong("\"" + name + "\" must not be the name of a field below a $or.");
      }
      entries.add(
          new Entry(
              name,
              switch (parser.nextToken()) {
                case START_OBJECT -> fields(withinOr);
                case START_ARRAY -> leaf();
                default ->
                    throw wrong(
                        "\"" + name + "\" must have a list of values, or an object of fields.");
              }));
    }
    if (entries.isEmpty()) {
      throw wrong("An object without fields is not allowed.");
    }
    return new Fields(entries, position);
  }

  private AnyOf anyOf() throws IOException {
    Position position = position();
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw wrong("$or must have a list of objects.");
    }
    var alternatives = new ArrayList<Fields>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw wrong("Each alternative of $or must be an object.");
      }
      alternatives.add(fields(true));
    }
    if (alternatives.size() < 2) {
      throw wrong("$or needs two alternatives or more.");
    }
    return new AnyOf(alternatives, position);
  }

  private Leaf leaf() throws IOException {
    Position position = position();
    var found = new ArrayList<Condition>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      found.add(conditions.read());
    }
    if (found.isEmpty()) {
      throw wrong("A list without values is not allowed.");
    }
    return new Leaf(found, position);
  }

  private PatternException wrong(String message) {
    return new PatternException(message, position());
  }

  private Position position() {
    JsonLocation at = parser.currentTokenLocation();
    return new Position(
        parser.getParsingContext().pathAsPointer().toString(), at.getLineNr(), at.getColumnNr());
  }
}
