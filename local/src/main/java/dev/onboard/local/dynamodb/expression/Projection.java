package dev.onboard.local.dynamodb.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The parts of an item that are wanted. */
public record Projection(List<Path> paths) {

  /** The item with nothing but the wanted parts; lists close up. */
  public Map<String, AttributeValue> of(Map<String, AttributeValue> item) {
    var root = new Part();
    paths.forEach(path -> root.add(path.steps(), 0));
    return root.map(item);
  }

  /** The wanted parts of a map or list, or the whole of it if it has none. */
  private static final class Part {
    private final Map<String, Part> names = new LinkedHashMap<>();
    private final TreeMap<Integer, Part> indexes = new TreeMap<>();

    void add(List<Step> steps, int from) {
      if (from == steps.size()) {
        return;
      }
      Part next =
          switch (steps.get(from)) {
            case Step.Name(String name) -> names.computeIfAbsent(name, _ -> new Part());
            case Step.Index(int index) -> indexes.computeIfAbsent(index, _ -> new Part());
            case Step.Alias alias -> throw new IllegalStateException(alias + " must be bound");
          };
      next.add(steps, from + 1);
    }

    Map<String, AttributeValue> map(Map<String, AttributeValue> whole) {
      var wanted = new LinkedHashMap<String, AttributeValue>();
      names.forEach((name, part) -> {
        AttributeValue value = part.value(whole.get(name));
        if (value != null) {
          wanted.put(name, value);
        }
      });
      return wanted;
    }

    private @Nullable AttributeValue value(@Nullable AttributeValue whole) {
      if (whole == null || names.isEmpty() && indexes.isEmpty()) {
        return whole;
      }
      if (whole.hasM() && !names.isEmpty()) {
        Map<String, AttributeValue> map = map(whole.m());
        return map.isEmpty() ? null : AttributeValue.fromM(map);
      }
      if (whole.hasL() && !indexes.isEmpty()) {
        var list = new ArrayList<AttributeValue>();
        indexes.forEach((index, part) -> {
          AttributeValue value = index < whole.l().size() ? part.value(whole.l().get(index)) : null;
          if (value != null) {
            list.add(value);
          }
        });
        return list.isEmpty() ? null : AttributeValue.fromL(list);
      }
      return null;
    }
  }
}
