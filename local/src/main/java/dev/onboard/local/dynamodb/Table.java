package dev.onboard.local.dynamodb;

import dev.onboard.local.dynamodb.expression.Condition;
import dev.onboard.local.dynamodb.expression.Path;
import dev.onboard.local.dynamodb.value.DynamoErrors;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * A table as its definition has it.
 *
 * @param expiryAttribute the attribute of its time to live, if that is on
 */
record Table(
    long id,
    String name,
    KeySchema keys,
    List<Index> indexes,
    @Nullable String expiryAttribute,
    TableDescription definition) {

  Index index(String name) {
    return indexes.stream()
        .filter(i -> i.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> DynamoErrors.validation("The table does not have the specified index: " + name));
  }

  boolean hasLocalIndexes() {
    return indexes.stream().anyMatch(i -> !i.global());
  }

  /** Refuses paths that go into key attributes. */
  void requireNotIntoKeys(Collection<Path> paths) {
    for (Path path : paths) {
      if (path.isNested()) {
        keys.attributes().forEach(a -> path.requireNotInto(a.name(), false));
        indexes.forEach(
            i -> i.keys().attributes().forEach(a -> path.requireNotInto(a.name(), true)));
      }
    }
  }

  void requireNotIntoKeys(@Nullable Condition condition) {
    if (condition != null) {
      condition.paths(path -> requireNotIntoKeys(List.of(path)));
    }
  }

  /** Refuses an update of a key attribute. */
  void requireNoKeyIn(Collection<Path> updated) {
    for (Path path : updated) {
      if (keys.contains(path.head())) {
        throw DynamoErrors.invalid(
            "Cannot update attribute " + path.head() + ". This attribute is part of the key");
      }
    }
  }
}
