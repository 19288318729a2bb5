package dev.onboard.check;

import dev.onboard.check.doc.Place;
import dev.onboard.check.doc.Tree;
import dev.onboard.check.stack.Resource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects what is found, apart from what a resource's metadata allows. */
final class Findings {
  private final Set<Finding> all = new LinkedHashSet<>();
  private final Set<String> broken = new HashSet<>();

  void add(Code code, Place place, String problem, String mend) {
    all.add(new Finding(code, place.file(), place.line(), problem, mend));
  }

  /**
   * Adds what is wrong about a resource, unless its metadata says {@code Check: {Allow: [code]}}.
   */
  void add(Code code, Resource about, Place place, String problem, String mend) {
    Optional<Tree> metadata = about.body().at("Metadata", "Check");
    boolean allowed =
        metadata.stream()
            .flatMap(check -> check.itemsAt("Allow").stream())
            .anyMatch(item -> item.text().orElse("").equals(code.key()));
    if (code.isOfPattern()) {
      broken.add(about.id());
    }
    if (!allowed) {
      add(code, place, problem, mend);
    }
  }

  /**
   * Whether something is wrong with a rule's pattern itself, so that what follows from the pattern
   * says nothing.
   */
  boolean isBroken(Rule rule) {
    return broken.contains(rule.id());
  }

  /** Whether that is so of any rule. */
  boolean isAnyBroken() {
    return !broken.isEmpty();
  }

  /** All of them by file and line. */
  List<Finding> sorted() {
    return all.stream()
        .sorted(
            Comparator.comparing((Finding f) -> f.file().toString())
                .thenComparing(Finding::line)
                .thenComparing(Finding::code))
        .toList();
  }
}
