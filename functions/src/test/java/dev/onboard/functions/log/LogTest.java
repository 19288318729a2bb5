package dev.onboard.functions.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.functions.time.TestClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogTest {

  @Test
  void record_isOneJsonLineWithItsFields() {
    List<String> lines = new ArrayList<>();
    Log.to(lines::add, new TestClock(), "StoreUsers", "r1")
        .correlated("c1")
        .info("stored\n\"it\"", "rows", 5, "absent", null, "all", true, "id", "x");
    assertThat(lines)
        .containsExactly(
            "{\"timestamp\":\"2026-01-01T00:00:00Z\",\"level\":\"INFO\",\"message\":\"stored\\n\\\"it\\\"\","
                + "\"function\":\"StoreUsers\",\"requestId\":\"r1\",\"correlationId\":\"c1\","
                + "\"rows\":5,\"all\":true,\"id\":\"x\"}\n");
  }
}
