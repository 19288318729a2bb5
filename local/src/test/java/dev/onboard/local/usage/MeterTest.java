package dev.onboard.local.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.Rooms;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeterTest {
  private static final Usage QUEUE = Usage.QUEUE_REQUESTS;

  @TempDir Path folder;
  private Rooms rooms;

  @BeforeEach
  void open() {
    rooms = Rooms.open(folder, env -> List.of());
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  @Test
  void between_sumsUpWhatWasUsedInItsSeconds() {
    rooms.meter.add(QUEUE, "a", 2);
    rooms.meter.add(QUEUE, "b", 1);
    rooms.clock.advance(Duration.ofSeconds(10));
    rooms.meter.add(QUEUE, "a", 0.5);
    assertThat(used(0, 10))
        .containsExactlyInAnyOrder(new Consumed(QUEUE, "a", 2.5), new Consumed(QUEUE, "b", 1));
    assertThat(used(0, 9))
        .containsExactlyInAnyOrder(new Consumed(QUEUE, "a", 2), new Consumed(QUEUE, "b", 1));
    assertThat(used(1, 10)).containsExactly(new Consumed(QUEUE, "a", 0.5));
    assertThat(used(11, 20)).isEmpty();
  }

  @Test
  void usage_isKeptOverARestart() {
    rooms.meter.add(QUEUE, "a", 2);
    rooms.close();
    Rooms again = Rooms.open(folder, Rooms.START.plusSeconds(60), env -> List.of());
    try (again) {
      again.meter.add(QUEUE, "a", 1);
      assertThat(again.meter.between(Rooms.START, again.clock.now()))
          .containsExactly(new Consumed(QUEUE, "a", 3));
    }
    open();
  }

  @Test
  void usageOlderThanADay_isKeptByMinutes_andThatOlderThanAMonthNot() {
    rooms.meter.add(QUEUE, "a", 1);
    rooms.clock.advance(Duration.ofSeconds(59));
    rooms.meter.add(QUEUE, "a", 1);
    rooms.clock.advance(Duration.ofSeconds(2));
    rooms.meter.add(QUEUE, "a", 1);
    rooms.clock.advance(Duration.ofDays(2));
    rooms.meter.add(QUEUE, "now", 1);
    assertThat(used(0, 0)).containsExactly(new Consumed(QUEUE, "a", 2));
    assertThat(used(1, 60)).containsExactly(new Consumed(QUEUE, "a", 1));
    rooms.clock.advance(Duration.ofDays(30));
    rooms.meter.add(QUEUE, "later", 1);
    assertThat(used(0, 120)).isEmpty();
    assertThat(used(0, Duration.ofDays(40).toSeconds()))
        .containsExactlyInAnyOrder(new Consumed(QUEUE, "now", 1), new Consumed(QUEUE, "later", 1));
  }

  @Test
  void addedByManyThreadsWhileOthersAsk_isCountedWhole() throws InterruptedException {
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int n = 0; n < 5_000; n++) {
                  rooms.meter.add(QUEUE, "a", 1);
                  if (n % 500 == 0) {
                    used(0, 1);
                  }
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(used(0, 1)).containsExactly(new Consumed(QUEUE, "a", 20_000));
  }

  @Test
  void chunks_areCountedAsAwsCountsThem() {
    assertThat(Chunks.of(0, 64)).isEqualTo(1);
    assertThat(Chunks.of(64 * 1024, 64)).isEqualTo(1);
    assertThat(Chunks.of(64 * 1024 + 1, 64)).isEqualTo(2);
    assertThat(Chunks.of("é".repeat(32 * 1024), 64)).isEqualTo(1);
    assertThat(Chunks.of("é".repeat(32 * 1024) + "e", 64)).isEqualTo(2);
    assertThat(Chunks.bytes("aé€😀")).isEqualTo(10);
  }

  private List<Consumed> used(long from, long to) {
    return rooms.meter.between(at(from), at(to));
  }

  private static Instant at(long seconds) {
    return Rooms.START.plusSeconds(seconds);
  }
}
