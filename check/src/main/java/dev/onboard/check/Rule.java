package dev.onboard.check;

import dev.onboard.check.doc.Tree;
import dev.onboard.check.event.RulePattern;
import dev.onboard.check.stack.Resource;
import java.util.List;
import java.util.Optional;

/**
 * A rule of the template.
 *
 * @param bus the logical id of its bus, {@link #DEFAULT_BUS}, or {@link #UNKNOWN_BUS}
 * @param pattern nothing if it has none, or one that cannot be read
 */
record Rule(Resource resource, String bus, Optional<RulePattern> pattern, List<Tree> targets) {
  static final String DEFAULT_BUS = "default";
  static final String UNKNOWN_BUS = "?";

  String id() {
    return resource.id();
  }

  /** The logical ids that its metadata lists under a name. */
  List<Tree> declared(String name) {
    return resource.body().at("Metadata", "Check").map(c -> c.itemsAt(name)).orElse(List.of());
  }

  /** Whether it takes only events of some sources or types that it names. */
  boolean isParticular() {
    return pattern.isPresent()
        && pattern.get().boxes().stream()
            .allMatch(box ->
                box.at("source").texts().texts().isPresent()
                    || box.at("detail-type").texts().texts().isPresent());
  }
}
