package dev.onboard.functions.csv;

import dev.onboard.functions.user.Person;

/** What becomes of a row. */
public sealed interface Verdict {

  /** The row is a person to be stored. */
  record Accepted(int row, Person person) implements Verdict {}

  /** The row is not imported, for a reason that a person can act on. */
  record Rejected(int row, String reason) implements Verdict {}
}
