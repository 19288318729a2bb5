package dev.onboard.local.dynamodb.expression;

import java.util.List;

/**
 * What an update expression does to an item.
 *
 * @param paths every path that is changed, in the order of the text
 */
public record Update(
    List<Assignment> sets,
    List<Path> removes,
    List<Change> adds,
    List<Change> deletes,
    List<Path> paths) {

  public static final Update NOTHING =
      new Update(List.of(), List.of(), List.of(), List.of(), List.of());

  /** A path and what is put there. */
  public record Assignment(Path path, Term term) {}

  /** A path and what is added to, or deleted from, what is there. */
  public record Change(Path path, Operand value) {}

  /** What is assigned. */
  public sealed interface Term {
    record Of(Operand operand) implements Term {}

    record Sum(Term left, Term right) implements Term {}

    record Difference(Term left, Term right) implements Term {}

    record IfNotExists(Path path, Term otherwise) implements Term {}

    record ListAppend(Term left, Term right) implements Term {}
  }
}
