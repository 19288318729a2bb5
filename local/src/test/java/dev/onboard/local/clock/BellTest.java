package dev.onboard.local.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class BellTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final List<String> seen = new CopyOnWriteArrayList<>();

  @Test
  void rung_wakesBeforeTheClockGoesOn() {
    try (LocalClock clock = LocalClock.standingAt(START)) {
      var bell = new Bell(clock);
      clock.start("waiter", () -> seen.add(await(clock, bell, 60) + " " + clock.now()));
      clock.after(Duration.ofSeconds(5), bell::ring);
      clock.advance(Duration.ofHours(1));
      assertThat(seen).containsExactly("true 2026-01-01T00:00:05Z");
    }
  }

  @Test
  void neverRung_wakesWhenTheTimeComes() {
    try (LocalClock clock = LocalClock.standingAt(START)) {
      var bell = new Bell(clock);
      clock.start("waiter", () -> seen.add(await(clock, bell, 60) + " " + clock.now()));
      clock.advance(Duration.ofHours(1));
      assertThat(seen).containsExactly("false 2026-01-01T00:01:00Z");
    }
  }

  @Test
  void rungBefore_doesNotWait() {
    try (LocalClock clock = LocalClock.standingAt(START)) {
      var bell = new Bell(clock);
      bell.ring();
      assertThat(await(clock, bell, 60)).isTrue();
    }
  }

  private static boolean await(LocalClock clock, Bell bell, int seconds) {
    try {
      return bell.await(clock.now().plusSeconds(seconds));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
