package dev.onboard.schemas.generator;

import java.util.ArrayList;
import java.util.List;

/**
 * Compares two versions of a schema, and finds what is not compatible in full: consumers of the
 * newer version must understand events of the older (the archive is replayed to them), consumers of
 * the older those of the newer (nobody upgrades at once).
 *
 * <p>So whatever a version demands of a value is fixed: tightened it refuses archived events,
 * loosened it lets events through that older consumers refuse. An enumeration is no exception: a
 * value that is gone stands in the archive, a value that is new reaches consumers that have no case
 * for it. What may come and go is an optional field. Publishers never send a field that their
 * version does not describe, so a new field has no earlier meaning.
 */
final class Compatibility {

  private Compatibility() {}

  static List<Violation> violations(Shape older, Shape newer) {
    List<Gap> backward = Reading.gaps(newer, older);
    List<Gap> forward = Reading.gaps(older, newer);
    List<Violation> violations = new ArrayList<>();
    for (Gap gap : backward) {
      violations.add(
          forward.contains(gap)
              ? new Violation(
                  gap.field(),
                  gap.constraint() + "-changed",
                  "neither version's consumers accept all that the other version's publishers send")
              : new Violation(
                  gap.field(),
                  tightened(gap),
                  "consumers of the newer version refuse events of the older one, which are archived"));
    }
    for (Gap gap : forward) {
      if (!backward.contains(gap)) {
        violations.add(
            new Violation(
                gap.field(),
                loosened(gap),
                "consumers of the older version refuse events of the newer one"));
      }
    }
    return violations;
  }

  private static String tightened(Gap gap) {
    return switch (gap.constraint()) {
      case Gap.REQUIRED, Gap.MISSING -> "required-added";
      case Gap.TYPE, Gap.ENUM -> gap.constraint() + "-narrowed";
      case Gap.CLOSED -> "additionalProperties-closed";
      case Gap.UNKNOWN -> "field-removed-from-closed-object";
      default -> gap.constraint() + "-tightened";
    };
  }

  private static String loosened(Gap gap) {
    return switch (gap.constraint()) {
      case Gap.REQUIRED -> "required-removed";
      case Gap.MISSING -> "required-field-removed";
      case Gap.TYPE, Gap.ENUM -> gap.constraint() + "-widened";
      case Gap.CLOSED -> "additionalProperties-opened";
      case Gap.UNKNOWN -> "field-added-to-closed-object";
      default -> gap.constraint() + "-loosened";
    };
  }
}
