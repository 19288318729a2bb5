package dev.onboard.console.story;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened, step by step in the order of time.
 *
 * @param subject whose story it is: an address, an import's file, an event
 * @param summary how it stands, in a sentence
 * @param milestones the times by which the whole is measured, in order
 * @param unknown what could not be found out, and why, a sentence each
 */
public record Story(
    String subject,
    String summary,
    List<Step> steps,
    List<Milestone> milestones,
    List<String> unknown) {

  /** A time by which the whole is measured: {@code uploaded}, {@code stored}, {@code mail sent}. */
  public record Milestone(String name, Instant at) {}

  /** The way from one milestone to the next. */
  public record Leg(String from, String to, Duration took) {}

  /** The ways between the milestones. */
  public List<Leg> legs() {
    var legs = new ArrayList<Leg>();
    for (int i = 1; i < milestones.size(); i++) {
      Milestone from = milestones.get(i - 1);
      Milestone to = milestones.get(i);
      legs.add(new Leg(from.name, to.name, Duration.between(from.at, to.at)));
    }
    return legs;
  }

  /** From the first milestone to the last; null if there are no two. */
  public @Nullable Duration whole() {
    return milestones.size() < 2
        ? null
        : Duration.between(milestones.getFirst().at, milestones.getLast().at);
  }

  /** The time from a step to the one before it; null for the first and where one is not known. */
  public @Nullable Duration gap(int step) {
    Instant at = steps.get(step).at();
    Instant before = step == 0 ? null : steps.get(step - 1).at();
    return at == null || before == null ? null : Duration.between(before, at);
  }
}
