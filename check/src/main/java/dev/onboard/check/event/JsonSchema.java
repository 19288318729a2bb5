package dev.onboard.check.event;

import dev.onboard.check.doc.Tree;
import dev.onboard.check.language.Expression;
import dev.onboard.check.language.Language;
import dev.onboard.check.language.Numbers;
import dev.onboard.check.language.RegularExpression;
import dev.onboard.check.language.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON Schema, draft-04, of the detail of an event.
 *
 * <p>A field that it does not describe is taken to be absent, for publishers send none such; what
 * it says by other means than types, properties, items, enumerations, lengths, patterns and bounds
 * is taken for unknown.
 */
public final class JsonSchema {
  private static final Set<String> COMBINING =
      Set.of("allOf", "anyOf", "oneOf", "not", "patternProperties", "dependencies");

  /** Longer lengths are not worth an automaton of so many states. */
  private static final int LONGEST = 512;

  private static final int DEPTH = 50;

  private final Tree root;
  private final Map<List<String>, Field> known = new HashMap<>();

  public JsonSchema(Tree root) {
    this.root = root;
  }

  /**
   * What a schema says of a field.
   *
   * @param values what the field may hold; nothing but absence if it is not described
   * @param undescribed the first name on the way that is not described
   * @param beside the names that are described in its place
   * @param group whether the field is an object, which has no value of its own
   */
  public record Field(
      Values values, Optional<String> undescribed, Set<String> beside, boolean group) {
    private static Field of(Values values) {
      return new Field(values, Optional.empty(), Set.of(), false);
    }
  }

  /** What is said of a field of the detail. */
  public Field field(List<String> names) {
    Field field = known.get(names);
    if (field == null) {
      field = read(names);
      known.put(names, field);
    }
    return field;
  }

  private Field read(List<String> names) {
    Tree here = root;
    boolean optional = false;
    for (int i = 0; i < names.size(); ) {
      here = resolved(here);
      Set<String> types = types(here);
      if (combines(here)) {
        return Field.of(Values.unknown());
      } else if (types.contains("array")) {
        Optional<Tree> items = here.at("items");
        if (items.isEmpty() || items.get() instanceof Tree.Listing) {
          return Field.of(Values.unknown());
        }
        optional |= here.textAt("minItems").orElse("0").equals("0");
        here = items.get();
        continue;
      } else if (!types.isEmpty() && !types.contains("object")) {
        return undescribed(names.get(i), Set.of());
      }
      String name = names.get(i++);
      Optional<Tree> property = here.at("properties", name);
      if (property.isEmpty()) {
        Optional<Tree> more = here.at("additionalProperties");
        boolean open = types.isEmpty() && here.at("properties").isEmpty();
        if (open || more.flatMap(Tree::text).orElse("").equals("true")) {
          return Field.of(Values.unknown());
        } else if (more.isEmpty() || more.get() instanceof Tree.Scalar) {
          return undescribed(name, names(here));
        }
        property = more;
        optional = true;
      } else {
        optional |=
            here.itemsAt("required").stream().noneMatch(r -> r.text().orElse("").equals(name));
      }
      here = property.get();
    }
    Values values = values(here, 0);
    boolean group = types(resolved(here)).equals(Set.of("object"));
    return new Field(
        optional ? values.or(Values.missing()) : values, Optional.empty(), Set.of(), group);
  }

  private static Set<String> names(Tree schema) {
    return schema.at("properties").map(p -> p.members().keySet()).orElse(Set.of());
  }

  private static Field undescribed(String name, Set<String> beside) {
    return new Field(Values.missing(), Optional.of(name), beside, false);
  }

  private static boolean combines(Tree schema) {
    return schema.members().keySet().stream().anyMatch(COMBINING::contains)
        || schema.members().containsKey("$ref");
  }

  private Tree resolved(Tree schema) {
    Tree here = schema;
    for (int i = 0; i < DEPTH; i++) {
      String reference = here.textAt("$ref").orElse("");
      if (!reference.startsWith("#/")) {
        return here;
      }
      Optional<Tree> target = root.at(reference.substring(2).split("/"));
      if (target.isEmpty()) {
        return here;
      }
      here = target.get();
    }
    return here;
  }

  private static Set<String> types(Tree schema) {
    return Set.copyOf(
        schema.itemsAt("type").stream().flatMap(type -> type.text().stream()).toList());
  }

  private Values values(Tree schema, int depth) {
    Tree here = resolved(schema);
    if (combines(here) || depth > DEPTH) {
      return Values.unknown().withoutAbsence();
    }
    Values all =
        here.at("enum")
            .map(list -> list.items().stream().map(JsonSchema::literal).toList())
            .map(JsonSchema::union)
            .orElse(Values.present());
    Set<String> types = types(here);
    if (types.isEmpty()) {
      return here.at("enum").isPresent() ? all : all.inexact();
    }
    var kinds = new ArrayList<Values>();
    for (String type : types) {
      kinds.add(
          switch (type) {
            case "string" -> Values.of(texts(here));
            case "number", "integer" -> Values.of(numbers(here));
            case "boolean" -> Values.of(true).or(Values.of(false));
            case "null" -> Values.ofNull();
            case "array" -> elements(here, depth);
            case "object" -> Values.missing();
            default -> Values.unknown();
          });
    }
    Values kind = union(kinds);
    return kind.and(kind.absent() ? all.or(Values.missing()) : all);
  }

  private Values elements(Tree array, int depth) {
    Optional<Tree> items = array.at("items");
    if (items.isEmpty() || items.get() instanceof Tree.Listing) {
      return Values.unknown();
    }
    Values values = values(items.get(), depth + 1);
    boolean empty = array.textAt("minItems").orElse("0").equals("0");
    return empty ? values.or(Values.missing()) : values;
  }

  private static Values union(List<Values> values) {
    return values.stream().reduce(Values.none(), Values::or);
  }

  private static Values literal(Tree value) {
    if (!(value instanceof Tree.Scalar scalar)) {
      return Values.unknown();
    }
    return switch (scalar.kind()) {
      case TEXT -> Values.of(Language.of(scalar.value()));
      case NUMBER -> Values.of(Numbers.of(new BigDecimal(scalar.value())));
      case BOOLEAN -> Values.of(scalar.value().equals("true"));
      case NULL -> Values.ofNull();
    };
  }

  private static Language texts(Tree schema) {
    Language texts = Language.any();
    int least = length(schema, "minLength").orElse(0);
    Optional<Integer> most = length(schema, "maxLength").filter(m -> m >= least);
    if (least > 0 || most.isPresent()) {
      texts = Language.of(Expression.ofLength(least, most.orElse(Expression.UNBOUNDED)));
    }
    Optional<Language> pattern = schema.textAt("pattern").flatMap(RegularExpression::found);
    return pattern.map(texts::and).orElse(texts);
  }

  private static Optional<Integer> length(Tree schema, String name) {
    return schema
        .textAt(name)
        .filter(text -> text.matches("\\d{1,6}"))
        .map(Integer::valueOf)
        .filter(length -> length <= LONGEST);
  }

  private static Numbers numbers(Tree schema) {
    Optional<BigDecimal> least = schema.textAt("minimum").map(BigDecimal::new);
    Optional<BigDecimal> most = schema.textAt("maximum").map(BigDecimal::new);
    return Numbers.between(
        least.orElse(null),
        !schema.textAt("exclusiveMinimum").orElse("").equals("true"),
        most.orElse(null),
        !schema.textAt("exclusiveMaximum").orElse("").equals("true"));
  }
}
