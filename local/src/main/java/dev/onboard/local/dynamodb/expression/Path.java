package dev.onboard.local.dynamodb.expression;

import dev.onboard.local.dynamodb.value.DynamoErrors;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A document path: an attribute of an item, or something within it. */
public record Path(List<Step> steps) {

  public static Path of(String attribute) {
    return new Path(List.of(new Step.Name(attribute)));
  }

  /** The attribute in which the path begins; the path must be bound. */
  public String head() {
    return ((Step.Name) steps.getFirst()).name();
  }

  /** Whether the path goes into its attribute. */
  public boolean isNested() {
    return steps.size() > 1;
  }

  /** What stands at this path, which must be bound. */
  public @Nullable AttributeValue in(Map<String, AttributeValue> item) {
    AttributeValue value = item.get(head());
    for (int i = 1; i < steps.size() && value != null; i++) {
      value = child(value, steps.get(i));
    }
    return value;
  }

  private static @Nullable AttributeValue child(AttributeValue parent, Step step) {
    return switch (step) {
      case Step.Name(String name) -> parent.hasM() ? parent.m().get(name) : null;
      case Step.Index(int index) ->
          parent.hasL() && index < parent.l().size() ? parent.l().get(index) : null;
      case Step.Alias alias -> throw new IllegalStateException(alias + " must be bound");
    };
  }

  /**
   * Refuses paths of which one is the beginning of another, or of which two go on from one place by
   * a name and by an index.
   */
  static void requireApart(List<Path> paths) {
    for (int i = 1; i < paths.size(); i++) {
      for (int j = 0; j < i; j++) {
        paths.get(j).requireApart(paths.get(i));
      }
    }
  }

  private void requireApart(Path other) {
    int common = Math.min(steps.size(), other.steps.size());
    for (int i = 0; i < common; i++) {
      Step mine = steps.get(i);
      Step theirs = other.steps.get(i);
      if (!mine.getClass().equals(theirs.getClass())) {
        throw clash("conflict", other);
      }
      if (!mine.equals(theirs)) {
        return;
      }
    }
    throw clash("overlap", other);
  }

  private RuntimeException clash(String how, Path other) {
    return new ExpressionProblem(
        "Two document paths "
            + how
            + " with each other; must remove or rewrite one of these paths; path one: "
            + this
            + ", path two: "
            + other);
  }

  /** Refuses a path into a key attribute, which is always a scalar. */
  public void requireNotInto(String keyAttribute, boolean ofIndex) {
    if (isNested() && head().equals(keyAttribute)) {
      throw DynamoErrors.validation(
          "Key attributes must be scalars; list random access '[]' and map lookup '.' are not"
              + " allowed: "
              + (ofIndex ? "IndexKey: " : "Key: ")
              + keyAttribute);
    }
  }

  @Override
  public String toString() {
    return steps.toString();
  }
}
