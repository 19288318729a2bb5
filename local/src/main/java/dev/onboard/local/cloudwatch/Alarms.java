package dev.onboard.local.cloudwatch;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import dev.onboard.local.clock.Timer;
import dev.onboard.local.wire.SdkJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * The alarms: kept, evaluated once a minute on the clock, and acted on when their state changes.
 *
 * <p>Actions are messages to SNS topics; any other kind is refused when the alarm is put.
 */
final class Alarms {
  private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Environment env;
  private final Queries queries;
  private @Nullable Timer timer;

  Alarms(Environment env, Queries queries) {
    this.env = env;
    this.queries = queries;
  }

  /** Begins to evaluate, if there is anything to evaluate. */
  synchronized void resume() {
    if (timer == null && !list().isEmpty()) {
      timer = env.clock().after(EVERY, this::evaluateAll);
    }
  }

  List<MetricAlarm> list() {
    return env.store()
        .read(tx ->
            tx.list(
                "SELECT alarm FROM cloudwatch_alarm ORDER BY name",
                r -> SdkJson.read(MetricAlarm.class, r.string(1))));
  }

  Optional<MetricAlarm> find(String name) {
    return env.store()
        .read(tx ->
            tx.first(
                "SELECT alarm FROM cloudwatch_alarm WHERE name = ?",
                r -> SdkJson.read(MetricAlarm.class, r.string(1)),
                name));
  }

  void put(MetricAlarm alarm, @Nullable String tags) {
    env.store()
        .write(tx ->
            tx.update(
                "INSERT INTO cloudwatch_alarm VALUES (?, ?, coalesce(?, '{}'))"
                    + " ON CONFLICT DO UPDATE SET alarm = excluded.alarm",
                alarm.alarmName(),
                SdkJson.write(alarm),
                tags));
    env.store().afterCommit(this::resume);
  }

  void delete(String name) {
    env.store().write(tx -> tx.update("DELETE FROM cloudwatch_alarm WHERE name = ?", name));
  }

  private void evaluateAll() {
    for (MetricAlarm alarm : list()) {
      try {
        evaluate(alarm);
      } catch (AwsServiceException e) {
        LOG.warn("the alarm {} cannot be evaluated: {}", alarm.alarmName(), AwsErrors.message(e));
      }
    }
    synchronized (this) {
      timer = null;
    }
    resume();
  }

  /** What the last periods say, as "Evaluating an alarm" has it. */
  private void evaluate(MetricAlarm alarm) {
    int period = period(alarm);
    Instant end = Instant.ofEpochSecond(env.clock().now().getEpochSecond() / period * period);
    NavigableMap<Instant, Double> values =
        values(alarm, end.minusSeconds((long) period * alarm.evaluationPeriods()), end, period);
    int breaching = 0;
    int missing = 0;
    for (int i = 1; i <= alarm.evaluationPeriods(); i++) {
      Double value = values.get(end.minusSeconds((long) period * i));
      if (value == null) {
        missing++;
        breaching += "breaching".equals(alarm.treatMissingData()) ? 1 : 0;
      } else if (breaches(alarm, value)) {
        breaching++;
      }
    }
    int needed =
        alarm.datapointsToAlarm() == null ? alarm.evaluationPeriods() : alarm.datapointsToAlarm();
    String state;
    if (breaching >= needed) {
      state = "ALARM";
    } else if (missing == alarm.evaluationPeriods()) {
      String treat = String.valueOf(alarm.treatMissingData());
      state =
          switch (treat) {
            case "notBreaching" -> "OK";
            case "ignore" -> alarm.stateValueAsString();
            default -> "INSUFFICIENT_DATA";
          };
    } else {
      state = "OK";
    }
    if (!state.equals(alarm.stateValueAsString())) {
      change(
          alarm,
          state,
          "Threshold Crossed: "
              + breaching
              + " out of the last "
              + alarm.evaluationPeriods()
              + " datapoints "
              + values.values()
              + " were compared with the threshold ("
              + alarm.threshold()
              + ").");
    }
  }

  private NavigableMap<Instant, Double> values(
      MetricAlarm alarm, Instant from, Instant to, int period) {
    if (alarm.hasMetrics()) {
      String returned =
          alarm.metrics().stream()
              .filter(q -> !Boolean.FALSE.equals(q.returnData()))
              .map(MetricDataQuery::id)
              .findFirst()
              .orElseThrow();
      return queries.run("PutMetricAlarm", alarm.metrics(), from, to).get(returned);
    }
    MetricDataQuery query =
        MetricDataQuery.builder()
            .id("m")
            .metricStat(s ->
                s.metric(m ->
                        m.namespace(alarm.namespace())
                            .metricName(alarm.metricName())
                            .dimensions(alarm.dimensions()))
                    .stat(alarm.statisticAsString())
                    .unit(alarm.unitAsString())
                    .period(period))
            .build();
    return queries.run("PutMetricAlarm", List.of(query), from, to).get("m");
  }

  static int period(MetricAlarm alarm) {
    if (alarm.period() != null) {
      return alarm.period();
    }
    return alarm.metrics().stream()
        .filter(q -> q.metricStat() != null)
        .mapToInt(q -> q.metricStat().period())
        .max()
        .orElse(60);
  }

  private static boolean breaches(MetricAlarm alarm, double value) {
    double threshold = alarm.threshold();
    return switch (alarm.comparisonOperatorAsString()) {
      case "GreaterThanThreshold" -> value > threshold;
      case "GreaterThanOrEqualToThreshold" -> value >= threshold;
      case "LessThanThreshold" -> value < threshold;
      case "LessThanOrEqualToThreshold" -> value <= threshold;
      default ->
          throw Errors.unsupported(
              "PutMetricAlarm", "ComparisonOperator " + alarm.comparisonOperatorAsString());
    };
  }

  /** Puts an alarm into a state and does what is to be done then, in one write. */
  void change(MetricAlarm alarm, String state, String reason) {
    Instant now = env.clock().now();
    MetricAlarm changed =
        alarm.toBuilder()
            .stateValue(state)
            .stateReason(reason)
            .stateUpdatedTimestamp(now)
            .stateTransitionedTimestamp(now)
            .build();
    env.store()
        .write(tx -> {
          put(changed, null);
          if (!Boolean.FALSE.equals(alarm.actionsEnabled())) {
            for (String topic : actions(changed)) {
              notify(alarm, changed, topic);
            }
          }
          return null;
        });
  }

  private static List<String> actions(MetricAlarm alarm) {
    return switch (alarm.stateValueAsString()) {
      case "ALARM" -> alarm.alarmActions();
      case "OK" -> alarm.okActions();
      default -> alarm.insufficientDataActions();
    };
  }

  static List<String> allActions(MetricAlarm alarm) {
    var actions = new ArrayList<>(alarm.alarmActions());
    actions.addAll(alarm.okActions());
    actions.addAll(alarm.insufficientDataActions());
    return actions;
  }

  private void notify(MetricAlarm before, MetricAlarm now, String topic) {
    String message = AlarmMessage.of(env, before, now);
    try {
      env.client(SnsClient.class, new Principal.Service("cloudwatch.amazonaws.com"))
          .publish(p -> p.topicArn(topic).subject(AlarmMessage.subject(now)).message(message));
    } catch (AwsServiceException e) {
      LOG.warn("the alarm {} could not tell {}: {}", now.alarmName(), topic, AwsErrors.message(e));
    }
  }
}
