package dev.onboard.console.story;

import dev.onboard.console.story.Story.Milestone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A story that is being put together; steps may be told in any order, and twice. */
final class Draft {
  private final Set<Step> steps = new LinkedHashSet<>();
  private final Map<String, Instant> milestones = new LinkedHashMap<>();
  private final Set<String> unknown = new LinkedHashSet<>();

  void add(Step.Builder step) {
    steps.add(step.build());
  }

  /** Notes a time by which the whole is measured; the first one of a name counts. */
  void milestone(String name, @Nullable Instant at) {
    if (at != null) {
      milestones.putIfAbsent(name, at);
    }
  }

  /** Notes what could not be found out. */
  void unknown(String sentence) {
    unknown.add(sentence);
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  Story finish(String subject, String summary) {
    List<Milestone> times =
        milestones.entrySet().stream()
            .map(m -> new Milestone(m.getKey(), m.getValue()))
            .sorted(Comparator.comparing(Milestone::at))
            .toList();
    return new Story(subject, summary, sorted(), times, List.copyOf(unknown));
  }

  /** By time; a step of which that is not known stays behind the one that it was told after. */
  private List<Step> sorted() {
    record Placed(Instant at, Step step) {}
    var placed = new ArrayList<Placed>();
    Instant last = Instant.MIN;
    for (Step step : steps) {
      last = step.at() == null ? last : step.at();
      placed.add(new Placed(last, step));
    }
    placed.sort(Comparator.comparing(Placed::at));
    return placed.stream().map(Placed::step).toList();
  }
}
