package dev.onboard.console.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Steps that are told in any order become a story. */
class DraftTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private final Draft draft = new Draft();

  @Test
  void steps_areSortedByTime_andToldOnce() {
    draft.add(Step.of("B", "second").at(NOON.plusMillis(5)));
    draft.add(Step.of("A", "first").at(NOON));
    draft.add(Step.of("A", "first").at(NOON));
    draft.add(Step.of("C", "third, at the same time").at(NOON.plusMillis(5)));
    Story story = draft.finish("x", "y");
    assertThat(story.steps())
        .extracting(Step::what)
        .containsExactly("first", "second", "third, at the same time");
    assertThat(story.gap(0)).isNull();
    assertThat(story.gap(1)).isEqualTo(Duration.ofMillis(5));
    assertThat(story.gap(2)).isZero();
  }

  @Test
  void stepOfAnUnknownTime_staysBehindTheOneBefore() {
    draft.add(Step.of("A", "late").at(NOON.plusSeconds(9)));
    draft.add(Step.of("A", "early").at(NOON));
    draft.add(Step.of("A", "some time"));
    Story story = draft.finish("x", "y");
    assertThat(story.steps()).extracting(Step::what).containsExactly("early", "some time", "late");
    assertThat(story.gap(1)).isNull();
    assertThat(story.gap(2)).isNull();
  }

  @Test
  void whole_isMeasuredByMilestones_ofWhichTheFirstOfANameCounts() {
    draft.milestone("stored", NOON.plusSeconds(2));
    draft.milestone("uploaded", NOON);
    draft.milestone("mail sent", NOON.plusSeconds(5));
    draft.milestone("mail sent", NOON.plusSeconds(60));
    draft.milestone("never", null);
    Story story = draft.finish("x", "y");
    assertThat(story.legs())
        .containsExactly(
            new Story.Leg("uploaded", "stored", Duration.ofSeconds(2)),
            new Story.Leg("stored", "mail sent", Duration.ofSeconds(3)));
    assertThat(story.whole()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void whole_ofOneMilestone_isNotKnown() {
    draft.milestone("uploaded", NOON);
    assertThat(draft.finish("x", "y").whole()).isNull();
    assertThat(draft.finish("x", "y").legs()).isEmpty();
  }
}
