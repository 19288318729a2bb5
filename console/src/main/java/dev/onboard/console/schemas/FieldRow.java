package dev.onboard.console.schemas;

import dev.onboard.console.schema.Demands;
import dev.onboard.console.schema.Shape;
import dev.onboard.console.schema.Shape.Each;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A field of a schema as a page shows it.
 *
 * @param demands what it demands beside the type
 * @param fields what is within it
 */
public record FieldRow(
    String name,
    String type,
    boolean isRequired,
    String description,
    List<String> demands,
    List<FieldRow> fields) {

  /** The fields of an object, in the order of the schema. */
  static List<FieldRow> fieldsOf(Shape shape) {
    var rows = new ArrayList<FieldRow>();
    shape
        .properties()
        .forEach((name, field) -> rows.add(of(name, field, shape.required().contains(name))));
    if (shape.extra() instanceof Each each && hasMore(each.shape())) {
      rows.add(of("any other name", each.shape(), false));
    }
    for (Map.Entry<String, List<Shape>> combined : shape.combined().entrySet()) {
      rows.add(combined(combined.getKey(), combined.getValue()));
    }
    return rows;
  }

  private static FieldRow of(String name, Shape shape, boolean isRequired) {
    if (shape.repeats() != null) {
      return new FieldRow(
          name, "as " + shape.repeats() + " above", isRequired, "", List.of(), List.of());
    }
    Shape inner = shape;
    var demands = new ArrayList<>(Demands.of(shape));
    while (inner.isArray() && inner.items() != null) {
      inner = inner.items();
      demands.addAll(Demands.of(inner).stream().map(d -> "each item " + d).toList());
    }
    if (inner.isObject() && inner.properties().isEmpty() && inner.extra() instanceof Each each) {
      demands.addAll(Demands.of(each.shape()).stream().map(d -> "each value " + d).toList());
    }
    return new FieldRow(
        name, shape.typeWords(), isRequired, shape.description(), demands, fieldsOf(inner));
  }

  /** Whether more is to be said of the values of a map than the words of the map's type. */
  private static boolean hasMore(Shape values) {
    return !fieldsOf(values).isEmpty();
  }

  private static FieldRow combined(String keyword, List<Shape> shapes) {
    String words =
        switch (keyword) {
          case "allOf" -> "all of these";
          case "not" -> "not this";
          case "oneOf" -> "exactly one of these";
          default -> "one of these";
        };
    var rows = new ArrayList<FieldRow>();
    for (int i = 0; i < shapes.size(); i++) {
      rows.add(of(String.valueOf(i + 1), shapes.get(i), false));
    }
    return new FieldRow(words, "", false, "", List.of(), rows);
  }
}
