package dev.onboard.local.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LocalClockTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void advance_firesRetriesThatAreScheduledOnTheWay_eachAtItsTime() {
    try (LocalClock clock = LocalClock.standingAt(START)) {
      List<Long> seconds = new CopyOnWriteArrayList<>();
      clock.after(Duration.ofSeconds(1), () -> retry(clock, seconds, 1));
      clock.advance(Duration.ofSeconds(100));
      assertThat(seconds).containsExactly(1L, 3L, 7L, 15L, 31L, 63L);
      assertThat(clock.now()).isEqualTo(START.plusSeconds(100));
    }
  }

  @Test
  void advance_waitsForThreadsThatSleepOnTheClock() {
    try (LocalClock clock = LocalClock.standingAt(START)) {
      List<Instant> woken = new CopyOnWriteArrayList<>();
      clock.start(
          "sleeper",
          () -> {
            try {
              for (int i = 0; i < 1000; i++) {
                clock.sleep(Duration.ofMinutes(1));
              }
              woken.add(clock.now());
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      clock.advance(Duration.ofDays(1));
      assertThat(woken).containsExactly(START.plus(Duration.ofMinutes(1000)));
    }
  }

  @Test
  void advanceUntil_stopsWhenTheConditionHolds() {
    try (LocalClock clock = LocalClock.standingAt(START)) {
      List<Long> seconds = new CopyOnWriteArrayList<>();
      clock.after(Duration.ofSeconds(1), () -> retry(clock, seconds, 1));
      assertThat(clock.advanceUntil(() -> seconds.size() == 3, Duration.ofHours(1))).isTrue();
      assertThat(clock.now()).isEqualTo(START.plusSeconds(7));
    }
  }

  @Test
  void cancelledTimer_doesNotFire() {
    try (LocalClock clock = LocalClock.standingAt(START)) {
      List<String> fired = new CopyOnWriteArrayList<>();
      Timer timer = clock.after(Duration.ofSeconds(1), () -> fired.add("no"));
      assertThat(timer.cancel()).isTrue();
      clock.advance(Duration.ofSeconds(2));
      assertThat(fired).isEmpty();
    }
  }

  @Test
  void runningClock_firesByItself() throws InterruptedException {
    try (LocalClock clock = LocalClock.system(Duration.ZERO)) {
      var fired = new java.util.concurrent.CountDownLatch(1);
      clock.after(Duration.ofMillis(5), fired::countDown);
      fired.await();
    }
  }

  private static void retry(LocalClock clock, List<Long> seconds, long delay) {
    seconds.add(Duration.between(START, clock.now()).toSeconds());
    clock.after(Duration.ofSeconds(delay * 2), () -> retry(clock, seconds, delay * 2));
  }

  @Test
  void timersOfOneInstant_allRunBeforeTheTimeGoesOn() {
    try (LocalClock clock = LocalClock.standingAt(START)) {
      var late = new java.util.concurrent.ConcurrentLinkedQueue<Instant>();
      for (int second = 1; second <= 300; second++) {
        Instant due = START.plusSeconds(second);
        for (int i = 0; i < 4; i++) {
          clock.at(
              due,
              () -> {
                if (!clock.now().equals(due)) {
                  late.add(due);
                }
              });
        }
      }
      clock.advance(Duration.ofMinutes(10));
      assertThat(late).isEmpty();
    }
  }

  /** The clock's own thread takes what is due, too, and may do so just before the next step. */
  @Test
  void advance_waitsForATimerThatWasTakenWhileItLookedAtItsCondition() {
    try (LocalClock clock = LocalClock.standingAt(START)) {
      List<Instant> seen = new CopyOnWriteArrayList<>();
      clock.after(Duration.ofMinutes(1), () -> {});
      Thread advancing = Thread.currentThread();
      var begun = new CountDownLatch(1);
      var looked = new AtomicBoolean();
      clock.advanceUntil(
          () -> {
            if (begun.getCount() > 0) {
              clock.at(
                  START,
                  () -> {
                    begun.countDown();
                    while (!looked.get()
                        || advancing.getState() == Thread.State.RUNNABLE
                            && clock.now().equals(START)) {
                      Thread.onSpinWait();
                    }
                    seen.add(clock.now());
                  });
              await(begun);
              looked.set(true);
            }
            return false;
          },
          Duration.ofMinutes(2));
      assertThat(seen).containsExactly(START);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
