package dev.onboard.patterns;

import dev.onboard.patterns.Node.Leaf;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether an event matches a pattern, and why.
 *
 * @param matches what EventBridge's matcher answers
 * @param outcomes how each alternative of the pattern fared
 */
public record Explanation(boolean matches, List<Outcome> outcomes) {
  public Explanation {
    outcomes = List.copyOf(outcomes);
  }

  /**
   * The alternative that matched, else the one of which the fewest fields fail, and of those the
   * one with the most near misses.
   */
  public Outcome nearest() {
    return outcomes.stream()
        .min(
            Comparator.comparing((Outcome o) -> !o.holds())
                .thenComparing(o -> o.failures().size())
                .thenComparing(o -> -o.nearMisses()))
        .orElseThrow();
  }

  /** How many fields of the nearest alternative fail; 0 if it matches. */
  public int distance() {
    Outcome nearest = nearest();
    return nearest.holds() ? 0 : Math.max(1, nearest.failures().size());
  }

  /**
   * How one alternative fared.
   *
   * @param reason why it does not hold although each of its fields does, if that is so
   */
  public record Outcome(
      Alternative alternative, boolean holds, List<Finding> findings, @Nullable String reason) {
    public Outcome {
      findings = List.copyOf(findings);
    }

    /** The fields that fail. */
    public List<Finding> failures() {
      return findings.stream().filter(f -> !f.holds()).toList();
    }

    /** How many of the fields that fail almost hold. */
    public long nearMisses() {
      return failures().stream().filter(f -> !f.hints().isEmpty()).count();
    }

    /** Why the alternative does not hold, a sentence each; empty if it does. */
    public List<String> reasons() {
      if (holds) {
        return List.of();
      }
      List<String> failures = failures().stream().map(Finding::toString).toList();
      return failures.isEmpty() && reason != null ? List.of(reason) : failures;
    }
  }

  /**
   * What one field came to.
   *
   * @param field its dotted path
   * @param values the values that are there, as JSON; empty if it is absent
   * @param found what is there, in words
   * @param hints what may have been meant
   */
  public record Finding(
      String field,
      Leaf leaf,
      boolean holds,
      List<String> values,
      String found,
      List<String> hints) {
    public Finding {
      values = List.copyOf(values);
      hints = List.copyOf(hints);
    }

    /** What the pattern wants of the field. */
    public String wanted() {
      List<String> terms = leaf.conditions().stream().map(Condition::json).toList();
      return terms.size() == 1 ? terms.getFirst() : "one of " + String.join(", ", terms);
    }

    @Override
    public String toString() {
      String hint = hints.isEmpty() ? "" : " (" + String.join("; ", hints) + ")";
      return field + " " + found + (holds ? ", as wanted: " : ", wanted: ") + wanted() + hint;
    }
  }
}
