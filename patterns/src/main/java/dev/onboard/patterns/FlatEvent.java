package dev.onboard.patterns;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An event as values by the dotted paths of their fields, as event-ruler sees it. */
final class FlatEvent {
  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, List<Value>> values = new HashMap<>();
  private final Set<String> steps;
  private final Deque<String> path = new ArrayDeque<>();
  private final TreeMap<Integer, Integer> within = new TreeMap<>();
  private int lists;

  private FlatEvent(Set<String> steps) {
    this.steps = steps;
  }

  /**
   * A value in an event.
   *
   * @param text the value as JSON, but for escapes: a string stands between quotation marks
   * @param within the number of each list that it is in an object of, and that object's index
   */
  record Value(String text, Map<Integer, Integer> within) {
    boolean isString() {
      return text.startsWith("\"");
    }

    /** A string without its quotation marks, anything else as it is. */
    String bare() {
      return isString() ? text.substring(1, text.length() - 1) : text;
    }
  }

  static FlatEvent of(String json, EventPattern pattern) {
    Set<String> steps =
        pattern.alternatives().stream()
            .flatMap(a -> a.fields().keySet().stream())
            .flatMap(p -> Stream.of(p.split("\\.")))
            .collect(Collectors.toSet());
    var event = new FlatEvent(steps);
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("An event must be a JSON object.");
      }
      event.object(parser);
      return event;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The event is no JSON: " + JsonFault.wordsAndPlace(e), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The values of a field, in their order. */
  List<Value> values(String field) {
    return values.getOrDefault(field, List.of());
  }

  /**
   * Where values that hold together are, after one more of them; null if they do not.
   *
   * @param before the lists and indexes of those found so far
   */
  static @Nullable Map<Integer, Integer> together(
      Map<Integer, Integer> before, Map<Integer, Integer> more) {
    var all = new TreeMap<>(before);
    for (Map.Entry<Integer, Integer> entry : more.entrySet()) {
      Integer index = all.putIfAbsent(entry.getKey(), entry.getValue());
      if (index != null && !index.equals(entry.getValue())) {
        return null;
      }
    }
    return all;
  }

  /** The values of a field that may hold together with others. */
  List<Value> values(String field, Map<Integer, Integer> before) {
    List<Value> all = values(field);
    for (Map.Entry<Integer, Integer> entry : before.entrySet()) {
      if (all.stream().anyMatch(v -> v.within.containsKey(entry.getKey()))) {
        return all.stream()
            .filter(v -> entry.getValue().equals(v.within.get(entry.getKey())))
            .toList();
      }
    }
    return all;
  }

  private void object(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (!used(name)) {
        parser.skipChildren();
        continue;
      }
      path.addLast(name);
      value(parser, token);
      path.removeLast();
    }
  }

  private void list(JsonParser parser) throws IOException {
    int list = lists++;
    int index = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token.isStructStart()) {
        within.put(list, index);
        value(parser, token);
        within.remove(list);
      } else {
        value(parser, token);
      }
      index++;
    }
  }

  private void value(JsonParser parser, JsonToken token) throws IOException {
    switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> list(parser);
      case VALUE_STRING -> add('"' + parser.getText() + '"');
      default -> add(parser.getText());
    }
  }

  private void add(String text) {
    values
        .computeIfAbsent(String.join(".", path), p -> new ArrayList<>())
        .add(new Value(text, Map.copyOf(within)));
  }

  private boolean used(String name) {
    return steps.contains(name)
        || name.contains(".") && Stream.of(name.split("\\.")).allMatch(steps::contains);
  }
}
