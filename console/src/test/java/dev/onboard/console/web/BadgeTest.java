package dev.onboard.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What colour a status has. */
class BadgeTest {
  @ParameterizedTest
  @CsvSource({
    "SUCCEEDED, succeeded, good",
    "RUNNING, running, busy",
    "TIMED_OUT, timed out, bad",
    "ABORTED, aborted, bad",
    "UPDATE_COMPLETE, update complete, good",
    "UPDATE_IN_PROGRESS, update in progress, busy",
    "UPDATE_ROLLBACK_COMPLETE, update rollback complete, bad",
    "ROLLBACK_IN_PROGRESS, rollback in progress, bad",
    "CREATE_FAILED, create failed, bad",
    "DEAD_LETTERED, dead lettered, bad",
    "DISABLED, disabled, ''"
  })
  void status_hasItsWordAndTone(String status, String text, String tone) {
    assertThat(Badge.of(status)).isEqualTo(new Badge(text, tone));
  }
}
