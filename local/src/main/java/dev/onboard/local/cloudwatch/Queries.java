package dev.onboard.local.cloudwatch;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;

/** Answers metric data queries: statistics of metrics, and sums of those. */
final class Queries {
  private final Metrics metrics;

  Queries(Metrics metrics) {
    this.metrics = metrics;
  }

  /** The values of each query by its id, each by the start of their period. */
  Map<String, NavigableMap<Instant, Double>> run(
      String operation, List<MetricDataQuery> queries, Instant from, Instant to) {
    var results = new HashMap<String, NavigableMap<Instant, Double>>();
    for (MetricDataQuery query : queries) {
      if (query.accountId() != null) {
        throw Errors.unsupported(operation, "AccountId");
      }
      if (query.metricStat() != null) {
        results.put(query.id(), values(operation, query.metricStat(), from, to));
      }
    }
    for (MetricDataQuery query : queries) {
      if (query.expression() != null) {
        results.put(query.id(), combine(operation, query.expression(), results));
      }
    }
    return results;
  }

  private NavigableMap<Instant, Double> values(
      String operation, MetricStat stat, Instant from, Instant to) {
    var values = new TreeMap<Instant, Double>();
    metrics
        .read(Series.of(stat.metric()), stat.unitAsString(), from, to, stat.period())
        .forEach((at, sample) -> values.put(at, statistic(operation, sample, stat.stat())));
    return values;
  }

  static double statistic(String operation, Sample sample, String name) {
    Double value = sample.statistic(name);
    if (value == null) {
      throw Errors.unsupported(operation, "the statistic " + name);
    }
    return value;
  }

  private static NavigableMap<Instant, Double> combine(
      String operation, String text, Map<String, NavigableMap<Instant, Double>> results) {
    Expression expression = Expression.parse(operation, text, List.copyOf(results.keySet()));
    var times = new TreeSet<Instant>();
    for (Expression.Term term : expression.terms()) {
      if (!results.containsKey(term.id())) {
        throw Errors.invalid(
            "The expression " + text + " names " + term.id() + ", which no query is.");
      }
      times.addAll(results.get(term.id()).keySet());
    }
    var values = new TreeMap<Instant, Double>();
    for (Instant time : times) {
      values.put(time, expression.evaluate(id -> results.get(id).getOrDefault(time, 0.0)));
    }
    return values;
  }
}
