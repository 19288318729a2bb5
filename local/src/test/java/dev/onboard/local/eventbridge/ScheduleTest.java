package dev.onboard.local.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest extends BusTest {
  @Test
  void rate_firesEverySoOften_forItsRuleAlone() {
    schedule("rate(5 minutes)");
    rule("other", "{\"source\":[\"aws.events\"]}", queue("other"));
    rooms.clock.advance(Duration.ofMinutes(16));
    assertThat(bodies("q")).hasSize(3);
    assertThat(bodies("q").get(1))
        .matches(
            "\\{\"version\":\"0\",\"id\":\"[-0-9a-f]{36}\",\"detail-type\":\"Scheduled Event\","
                + "\"source\":\"aws.events\",\"account\":\"000000000000\","
                + "\"time\":\"2026-01-01T00:10:00Z\",\"region\":\"us-east-1\","
                + "\"resources\":\\[\"arn:aws:events:us-east-1:000000000000:rule/s\"\\],"
                + "\"detail\":\\{}}");
    assertThat(bodies("other")).isEmpty();
  }

  @Test
  void schedule_endsWithItsRule_andSurvivesARestart() {
    schedule("rate(1 hour)");
    rooms.clock.advance(Duration.ofMinutes(30));
    restart();
    rooms.clock.advance(Duration.ofMinutes(61));
    assertThat(bodies("q")).hasSize(1);
    events.disableRule(r -> r.name("s"));
    rooms.clock.advance(Duration.ofHours(3));
    assertThat(bodies("q")).hasSize(1);
    events.enableRule(r -> r.name("s"));
    rooms.clock.advance(Duration.ofMinutes(61));
    assertThat(bodies("q")).hasSize(2);
  }

  @Test
  void cron_firesAtItsTimes() {
    schedule("cron(30 12 ? * MON-FRI *)");
    rooms.clock.advance(Duration.ofDays(7));
    // 2026-01-01 is a Thursday: Thu, Fri, Mon, Tue, Wed.
    assertThat(bodies("q")).hasSize(5);
    assertThat(bodies("q").get(2)).contains("\"time\":\"2026-01-05T12:30:00Z\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cron(0 10 * * ? *) | 2026-01-01T10:00:00Z",
        "cron(0 8 1 * ? *) | 2026-01-01T08:00:00Z",
        "cron(0/15 * * * ? *) | 2026-01-01T00:15:00Z",
        "cron(0 2 ? * SAT#3 *) | 2026-01-17T02:00:00Z",
        "cron(15 10 ? * 6L 2026) | 2026-01-30T10:15:00Z",
        "cron(0 0 L * ? *) | 2026-01-31T00:00:00Z",
        "cron(5,35 14 * * ? *) | 2026-01-01T14:05:00Z",
        "rate(1 day) | 2026-01-02T00:00:00Z"
      })
  void firstTime_isThatOfTheExpression(String expression, Instant first) {
    assertThat(ScheduleExpression.parse(expression).after(Instant.parse("2026-01-01T00:00:00Z")))
        .contains(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cron(INVALID)",
        "cron(0 1 * * * *)",
        "cron(71 8 1 * ? *)",
        "cron(7 20 * * NOT *)",
        "cron(0 dummy ? * MON-FRI *)",
        "cron(0 8 1 * ?)",
        "rate(1 minutes)",
        "rate(2 minute)",
        "rate(0 minutes)",
        "rate(5 seconds)",
        "at(2026-01-01T00:00:00)",
        "every day"
      })
  void expressionThatIsNone_isRefused(String expression) {
    assertRefused(
        () -> events.putRule(r -> r.name("s").scheduleExpression(expression)),
        "ValidationException",
        "Parameter ScheduleExpression is not valid.");
  }

  @Test
  void schedule_onACustomBus_isRefused() {
    events.createEventBus(r -> r.name("custom"));
    assertRefused(
        () ->
            events.putRule(
                r -> r.eventBusName("custom").name("s").scheduleExpression("rate(1 day)")),
        "ValidationException",
        "ScheduleExpression is supported only on the default event bus.");
  }

  private void schedule(String expression) {
    events.putRule(r -> r.name("s").scheduleExpression(expression));
    events.putTargets(r -> r.rule("s").targets(queue("q")));
  }
}
