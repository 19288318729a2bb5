package dev.onboard.console.bus;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;

/**
 * What one rule did over time, from CloudWatch's metrics in AWS/Events.
 *
 * @param from when the first period begins
 * @param counts by what is counted, as in {@link RuleCounts#KINDS}: a number a period
 */
public record RuleSeries(Instant from, Duration period, Map<String, long[]> counts) {

  /** Reads the last periods of a rule; the one that is not over yet is the last. */
  public static RuleSeries read(
      CloudWatchClient cloudWatch,
      String bus,
      String rule,
      Instant now,
      Duration period,
      int periods) {
    long seconds = period.toSeconds();
    Instant from = Instant.ofEpochSecond((now.getEpochSecond() / seconds - periods + 1) * seconds);
    var kinds = new ArrayList<String>();
    var queries = new ArrayList<MetricDataQuery>();
    RuleCounts.KINDS.forEach((kind, metric) -> {
      queries.add(RuleCounts.query("m" + kinds.size(), bus, rule, metric, period));
      kinds.add(kind);
    });
    var counts = new HashMap<String, long[]>();
    List<MetricDataResult> results =
        cloudWatch
            .getMetricData(
                g -> g.metricDataQueries(queries).startTime(from).endTime(now.plusSeconds(1)))
            .metricDataResults();
    for (MetricDataResult result : results) {
      var values = new long[periods];
      for (int i = 0; i < result.values().size(); i++) {
        Duration since = Duration.between(from, result.timestamps().get(i));
        int at = Math.clamp(since.dividedBy(period), 0, periods - 1);
        values[at] += Math.round(result.values().get(i));
      }
      counts.put(kinds.get(Integer.parseInt(result.id().substring(1))), values);
    }
    return new RuleSeries(from, period, counts);
  }

  /** The numbers of one kind, oldest first. */
  public long[] of(String kind) {
    return counts.getOrDefault(kind, new long[0]);
  }

  /** All of one kind together. */
  public long total(String kind) {
    return LongStream.of(of(kind)).sum();
  }
}
