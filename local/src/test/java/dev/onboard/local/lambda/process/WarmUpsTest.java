package dev.onboard.local.lambda.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class WarmUpsTest {
  private final BlockingQueue<String> started = new LinkedBlockingQueue<>();
  private final SynchronousQueue<String> ready = new SynchronousQueue<>();
  private final AtomicBoolean quiet = new AtomicBoolean();

  @Test
  void functions_getReadyOneByOne_inTheOrderOfTheirTurns() throws InterruptedException {
    try (var warmUps = new WarmUps(1, this::start, quiet::get)) {
      add(warmUps, "first", 5);
      assertThat(next()).isEqualTo("first");
      add(warmUps, "unused", Integer.MAX_VALUE);
      add(warmUps, "c", 2);
      add(warmUps, "a", 0);
      add(warmUps, "b", 0);
      var order = new ArrayList<String>();
      for (int i = 0; i < 3; i++) {
        assertThat(started).isEmpty();
        ready.put("now");
        order.add(next());
      }
      assertThat(order).isEqualTo(List.of("a", "b", "c"));
      ready.put("now");
      // Whoever is in a hurry goes before those that wait for quiet, however late.
      add(warmUps, "d", 9);
      assertThat(next()).isEqualTo("d");
      quiet.set(true);
      ready.put("now");
      assertThat(next()).isEqualTo("unused");
      ready.put("now");
    }
  }

  private static void add(WarmUps warmUps, String name, int turn) {
    warmUps.add(spec(name), turn, () -> true);
  }

  private static FunctionSpec spec(String name) {
    return new FunctionSpec(
        name, name, "1", "h", "sha", List.of(), 128, 3, Map.of(), "role", "group", 1, false, true,
        false);
  }

  private String next() throws InterruptedException {
    return started.poll(10, TimeUnit.SECONDS);
  }

  private void start(FunctionSpec spec, BooleanSupplier wanted) throws InterruptedException {
    started.add(spec.name());
    ready.take();
  }
}
