package dev.onboard.console.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.schema.Change.Effect;
import dev.onboard.console.schema.Shape.Closed;
import dev.onboard.console.schema.Shape.Each;
import dev.onboard.console.schema.Shape.Extra;
import dev.onboard.console.schema.Shape.Open;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What changed between two versions of a schema, field by field, and whom it breaks.
 *
 * <p>Consumers hold events against their own version. Publishers send no field that their version
 * does not describe, so an optional field may come and go where an object is open.
 */
public final class Comparison {
  private final List<Change> changes = new ArrayList<>();

  private Comparison() {}

  /** The changes, in the order of the older version's fields, then of the newer one's. */
  public static List<Change> of(Shape older, Shape newer) {
    var comparison = new Comparison();
    comparison.compare("", older, newer);
    return List.copyOf(comparison.changes);
  }

  /** Whom all changes together break. */
  public static Effect effect(List<Change> changes) {
    return changes.stream().map(Change::effect).reduce(Effect.NONE, Effect::and);
  }

  private void add(String field, String what, Effect effect) {
    changes.add(new Change(field, what, effect));
  }

  private void compare(String at, Shape older, Shape newer) {
    if (older.equals(newer)) {
      return;
    }
    if (older.repeats() != null || newer.repeats() != null) {
      add(at, "refers to another definition", Effect.UNKNOWN);
      return;
    }
    words(at, older, newer);
    if (!types(at, older, newer)) {
      return;
    }
    values(at, older.values(), newer.values());
    limits(at, older, newer);
    items(at, older, newer);
    properties(at, older, newer);
    extra(at, older.extra(), newer.extra());
    if (!older.combined().equals(newer.combined())) {
      var keywords = new LinkedHashSet<>(older.combined().keySet());
      keywords.addAll(newer.combined().keySet());
      add(at, "has other alternatives (" + String.join(", ", keywords) + ")", Effect.UNKNOWN);
    }
  }

  private void words(String at, Shape older, Shape newer) {
    if (!older.title().equals(newer.title())) {
      add(at, "has another title: " + quoted(newer.title()), Effect.NONE);
    }
    if (!older.description().equals(newer.description())) {
      String what =
          newer.description().isEmpty()
              ? "is described no longer"
              : (older.description().isEmpty() ? "is described: " : "is described anew: ")
                  + quoted(newer.description());
      add(at, what, Effect.NONE);
    }
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  /** Answers whether the types have anything in common. */
  private boolean types(String at, Shape older, Shape newer) {
    if (older.types().equals(newer.types())) {
      return true;
    }
    add(
        at,
        "was " + typed(older) + ", is " + typed(newer),
        Effect.of(takesAll(newer, older), takesAll(older, newer)));
    return older.types().isEmpty()
        || newer.types().isEmpty()
        || older.types().stream().anyMatch(newer::takes)
        || newer.types().stream().anyMatch(older::takes);
  }

  private static boolean takesAll(Shape reader, Shape writer) {
    return reader.types().isEmpty()
        || !writer.types().isEmpty() && writer.types().stream().allMatch(reader::takes);
  }

  private static String typed(Shape shape) {
    return shape.types().isEmpty()
        ? "of any type"
        : "of type " + String.join(" or ", shape.types());
  }

  private void values(String at, List<JsonNode> older, List<JsonNode> newer) {
    if (Set.copyOf(older).equals(Set.copyOf(newer))) {
      return;
    } else if (older.isEmpty()) {
      add(at, "is now " + Demands.oneOf(newer), Effect.REFUSES_OLDER);
      return;
    } else if (newer.isEmpty()) {
      add(at, "is no longer " + Demands.oneOf(older), Effect.REFUSES_NEWER);
      return;
    }
    List<String> gone = without(older, newer);
    List<String> come = without(newer, older);
    String what =
        come.isEmpty()
            ? "may no longer be " + String.join(", ", gone)
            : "may now be "
                + String.join(", ", come)
                + (gone.isEmpty() ? "" : " and no longer " + String.join(", ", gone));
    add(at, what, Effect.of(gone.isEmpty(), come.isEmpty()));
  }

  private static List<String> without(List<JsonNode> values, List<JsonNode> others) {
    return values.stream().filter(v -> !others.contains(v)).map(JsonNode::toString).toList();
  }

  private void limits(String at, Shape older, Shape newer) {
    var keywords = new LinkedHashSet<>(older.limits().keySet());
    keywords.addAll(newer.limits().keySet());
    for (String keyword : keywords) {
      boolean isNamedByAnother = keyword.startsWith("exclusive");
      String was = Demands.words(keyword, older);
      String is = Demands.words(keyword, newer);
      boolean hadIt = older.limits().containsKey(keyword);
      boolean hasIt = newer.limits().containsKey(keyword);
      if (isNamedByAnother || hadIt && hasIt && was.equals(is)) {
        continue;
      }
      String what =
          !hadIt
              ? "demands now: " + is
              : !hasIt ? "no longer demands: " + was : "demands " + is + " instead of " + was;
      Effect effect =
          Effect.of(Demands.isMet(keyword, newer, older), Demands.isMet(keyword, older, newer));
      add(at, what, effect);
    }
  }

  private void items(String at, Shape older, Shape newer) {
    if (older.items() != null && newer.items() != null) {
      compare(at + "[]", older.items(), newer.items());
    } else if (newer.items() != null) {
      add(at + "[]", "is now described: " + newer.items().typeWords(), Effect.REFUSES_OLDER);
    } else if (older.items() != null) {
      add(at + "[]", "may now be anything", Effect.REFUSES_NEWER);
    }
  }

  private void properties(String at, Shape older, Shape newer) {
    older
        .properties()
        .forEach((name, shape) -> {
          String field = field(at, name);
          Shape other = newer.properties().get(name);
          if (other == null) {
            removed(field, shape, older.required().contains(name), newer.extra());
          } else {
            required(field, older.required().contains(name), newer.required().contains(name));
            compare(field, shape, other);
          }
        });
    newer
        .properties()
        .forEach((name, shape) -> {
          if (!older.properties().containsKey(name)) {
            added(field(at, name), shape, newer.required().contains(name), older.extra());
          }
        });
  }

  private void required(String field, boolean was, boolean is) {
    if (was && !is) {
      add(field, "may now be left out", Effect.REFUSES_NEWER);
    } else if (is && !was) {
      add(field, "is now required", Effect.REFUSES_OLDER);
    }
  }

  private void removed(String field, Shape shape, boolean required, Extra left) {
    add(
        field,
        "was removed; it was " + (required ? "required" : "optional") + ", " + shape.typeWords(),
        Effect.of(passes(shape, left), !required));
  }

  private void added(String field, Shape shape, boolean required, Extra before) {
    add(
        field,
        "was added; it is " + (required ? "required" : "optional") + ", " + shape.typeWords(),
        Effect.of(!required, passes(shape, before)));
  }

  /** Whether a field that a version does not describe passes there. */
  private static boolean passes(Shape shape, Extra beside) {
    return switch (beside) {
      case Open open -> true;
      case Closed closed -> false;
      case Each each -> {
        Effect effect = effect(of(each.shape(), shape));
        yield effect == Effect.NONE || effect == Effect.REFUSES_OLDER;
      }
    };
  }

  private void extra(String at, Extra older, Extra newer) {
    if (older instanceof Each was && newer instanceof Each is) {
      compare(field(at, "*"), was.shape(), is.shape());
    } else if (!older.equals(newer)) {
      add(
          at,
          switch (newer) {
            case Open open -> "now takes any other fields";
            case Closed closed -> "no longer takes other fields";
            case Each each -> "takes other fields only as " + each.shape().typeWords();
          },
          Effect.of(isWider(newer, older), isWider(older, newer)));
    }
  }

  private static boolean isWider(Extra reader, Extra writer) {
    return reader instanceof Open || writer instanceof Closed;
  }

  private static String field(String at, String name) {
    return at.isEmpty() ? name : at + "." + name;
  }
}
