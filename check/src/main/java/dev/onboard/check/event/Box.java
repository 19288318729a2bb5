package dev.onboard.check.event;

import dev.onboard.check.language.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The events of which each of some fields holds one of some values; the others may hold anything.
 *
 * <p>A field is taken to hold one value. What a list holds beside it is left out of account.
 */
public record Box(SortedMap<String, Values> fields) implements Shape {
  public Box {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  @Override
  public Values at(String path) {
    return fields.getOrDefault(path, Envelope.at(path));
  }

  public boolean isEmpty() {
    return fields.keySet().stream().anyMatch(path -> at(path).and(Envelope.at(path)).isEmpty());
  }

  public boolean exact() {
    return fields.values().stream().allMatch(Values::exact);
  }

  /** Whether an event of a shape may be among these. */
  public boolean meets(Shape shape) {
    return fields.entrySet().stream()
        .allMatch(field -> shape.at(field.getKey()).meets(field.getValue()));
  }

  public Box and(Box that) {
    var both = new TreeMap<>(fields);
    that.fields.forEach((path, values) -> both.put(path, at(path).and(values)));
    return new Box(both);
  }

  /** Only what is said of some of the fields. */
  public Box only(Predicate<String> paths) {
    var some = new TreeMap<>(fields);
    some.keySet().removeIf(paths.negate());
    return new Box(some);
  }

  /** The events that are not among others: sets that share none. */
  public List<Box> minus(Box that) {
    var rest = new ArrayList<Box>();
    var before = new TreeMap<>(fields);
    that.fields.forEach((path, values) -> {
      var piece = new TreeMap<>(before);
      piece.put(path, at(path).and(values.not()));
      before.put(path, at(path).and(values));
      var box = new Box(piece);
      if (!box.isEmpty()) {
        rest.add(box);
      }
    });
    return rest;
  }

  /** The events of some sets that are in none of others. */
  public static List<Box> minus(List<Box> some, List<Box> others) {
    List<Box> rest = some;
    for (Box other : others) {
      rest = rest.stream().flatMap(box -> box.minus(other).stream()).toList();
    }
    return rest;
  }

  /** An event of these, field by field. */
  public String example() {
    return fields.keySet().stream()
        .map(path -> path + " " + at(path).and(Envelope.at(path)).example().orElse("(nothing)"))
        .collect(Collectors.joining(", "));
  }
}
