package dev.onboard.console.bus;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.eventbridge.model.Rule;

/** What rules did, from CloudWatch's metrics in AWS/Events. */
public final class RuleCounts {
  /** What is counted, and the metric that has it. */
  public static final Map<String, String> KINDS = kinds();

  private static final int QUERIES = 500;

  /** Of times up to so long minutes are summed up, of longer ones hours: sums begin with one. */
  private static final Duration BY_THE_MINUTE = Duration.ofHours(6);

  private final Map<String, Long> counts = new HashMap<>();

  private RuleCounts() {}

  private static Map<String, String> kinds() {
    var kinds = new LinkedHashMap<String, String>();
    kinds.put("matched", "TriggeredRules");
    kinds.put("invoked", "Invocations");
    kinds.put("retried", "RetryInvocationAttempts");
    kinds.put("failed", "FailedInvocations");
    kinds.put("throttled", "ThrottledRules");
    kinds.put("dead-lettered", "InvocationsSentToDlq");
    return kinds;
  }

  /** Reads what rules of a bus did within a time. */
  public static RuleCounts read(
      CloudWatchClient cloudWatch, String bus, List<Rule> rules, Instant from, Instant to) {
    var counts = new RuleCounts();
    var keys = new ArrayList<String>();
    var queries = new ArrayList<MetricDataQuery>();
    boolean isShort = Duration.between(from, to).compareTo(BY_THE_MINUTE) <= 0;
    Duration period = isShort ? Duration.ofMinutes(1) : Duration.ofHours(1);
    for (Rule rule : rules) {
      KINDS.forEach((kind, metric) -> {
        queries.add(query("m" + keys.size(), bus, rule.name(), metric, period));
        keys.add(key(rule.name(), kind));
      });
    }
    for (int at = 0; at < queries.size(); at += QUERIES) {
      List<MetricDataQuery> some = queries.subList(at, Math.min(queries.size(), at + QUERIES));
      for (MetricDataResult result :
          cloudWatch
              .getMetricData(
                  g -> g.metricDataQueries(some).startTime(from).endTime(to.plusSeconds(1)))
              .metricDataResults()) {
        double sum = result.values().stream().mapToDouble(Double::doubleValue).sum();
        counts.counts.merge(
            keys.get(Integer.parseInt(result.id().substring(1))), Math.round(sum), Long::sum);
      }
    }
    return counts;
  }

  public long of(String rule, String kind) {
    return counts.getOrDefault(key(rule, kind), 0L);
  }

  private static String key(String rule, String kind) {
    return rule + ' ' + kind;
  }

  /** A rule of the default bus is named alone. */
  static MetricDataQuery query(String id, String bus, String rule, String metric, Duration period) {
    var dimensions = new ArrayList<Dimension>();
    if (!bus.equals("default")) {
      dimensions.add(Dimension.builder().name("EventBusName").value(bus).build());
    }
    dimensions.add(Dimension.builder().name("RuleName").value(rule).build());
    return MetricDataQuery.builder()
        .id(id)
        .metricStat(s ->
            s.metric(m -> m.namespace("AWS/Events").metricName(metric).dimensions(dimensions))
                .stat("Sum")
                .period(Math.toIntExact(period.toSeconds())))
        .build();
  }
}
