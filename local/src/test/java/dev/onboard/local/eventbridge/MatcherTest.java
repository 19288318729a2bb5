package dev.onboard.local.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MatcherTest {
  private static final int STAYING = 200;

  @Test
  void rulesComeAndGo_noMatchOfOneThatStaysIsMissed() throws Exception {
    var matcher = new Matcher<String>();
    for (int i = 0; i < STAYING; i++) {
      matcher.put("stays-" + i, pattern(i));
    }
    var done = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> missed = threads.submit(() -> missed(matcher, done));
      Callable<Void> churn =
          () -> {
            for (int round = 0; round < 40; round++) {
              for (int i = 0; i < 50; i++) {
                matcher.put("goes-" + i, pattern(i % STAYING));
              }
              for (int i = 0; i < 50; i++) {
                matcher.remove("goes-" + i);
              }
            }
            return null;
          };
      threads.submit(churn).get();
      done.set(true);
      assertThat(missed.get()).isZero();
    }
    assertThat(matcher.match(event(7))).containsExactly("stays-7");
  }

  @Test
  void changedPattern_matchesOnlyWhatItSaysNow() {
    var matcher = new Matcher<String>();
    matcher.put("r", pattern(1));
    matcher.put("r", pattern(2));
    assertThat(matcher.match(event(1))).isEmpty();
    assertThat(matcher.match(event(2))).containsExactly("r");
    matcher.remove("r");
    assertThat(matcher.match(event(2))).isEmpty();
  }

  @Test
  void patternWithOr_isReportedOnce() {
    var matcher = new Matcher<String>();
    matcher.put("r", "{\"detail\":{\"$or\":[{\"n\":[1]},{\"m\":[1]}]}}");
    assertThat(matcher.match("{\"detail\":{\"n\":1,\"m\":1}}")).containsExactly("r");
  }

  private static int missed(Matcher<String> matcher, AtomicBoolean done) {
    int missed = 0;
    while (!done.get()) {
      List<Integer> absent =
          IntStream.range(0, STAYING)
              .filter(i -> !matcher.match(event(i)).contains("stays-" + i))
              .boxed()
              .toList();
      missed += absent.size();
    }
    return missed;
  }

  private static String pattern(int n) {
    return "{\"source\":[{\"wildcard\":\"sh*p\"}],\"detail\":{\"n\":["
        + n
        + "],"
        + "\"kind\":[{\"prefix\":\"k\"},{\"exists\":false}]}}";
  }

  private static String event(int n) {
    return "{\"source\":\"shop\",\"detail\":{\"n\":" + n + ",\"kind\":\"k1\"}}";
  }
}
