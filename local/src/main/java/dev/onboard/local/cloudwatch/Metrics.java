package dev.onboard.local.cloudwatch;

import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Tx;
import dev.onboard.local.usage.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

/** Metrics as they were put, summed up a minute, which is CloudWatch's standard resolution. */
final class Metrics {
  static final List<List<String>> TABLES =
      List.of(
          List.of(
              "CREATE TABLE cloudwatch_metric(namespace TEXT, name TEXT, dimensions TEXT,"
                  + " minute INT, count REAL, sum REAL, minimum REAL, maximum REAL, unit TEXT,"
                  + " PRIMARY KEY(namespace, name, dimensions, minute, unit)) WITHOUT ROWID",
              "CREATE TABLE cloudwatch_alarm(name TEXT PRIMARY KEY, alarm TEXT, tags TEXT)",
              "CREATE TABLE cloudwatch_dashboard(name TEXT PRIMARY KEY, body TEXT, modified INT)"));

  /** Points of one minute are kept fifteen days by CloudWatch. */
  private static final Duration KEPT = Duration.ofDays(15);

  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  /** The namespaces of AWS's services begin with it; their metrics are free. */
  private static final String SERVICES = "AWS/";

  private final Environment env;

  Metrics(Environment env) {
    this.env = env;
  }

  void put(String namespace, MetricDatum datum) {
    if (datum.storageResolution() != null && datum.storageResolution() != 60) {
      throw Errors.unsupported("PutMetricData", "StorageResolution " + datum.storageResolution());
    }
    Series series = Series.of(namespace, datum.metricName(), datum.dimensions());
    Instant at = datum.timestamp() == null ? env.clock().now() : datum.timestamp();
    long minute = at.toEpochMilli() / MINUTE * MINUTE;
    String unit = datum.unitAsString() == null ? "None" : datum.unitAsString();
    Sample sample = sample(datum);
    env.store()
        .write(tx -> {
          bill(tx, series, minute);
          tx.update(
              "INSERT INTO cloudwatch_metric VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO"
                  + " UPDATE SET count = count + excluded.count, sum = sum + excluded.sum,"
                  + " minimum = min(minimum, excluded.minimum),"
                  + " maximum = max(maximum, excluded.maximum)",
              series.namespace(),
              series.name(),
              series.key(),
              minute,
              sample.count(),
              sample.sum(),
              sample.minimum(),
              sample.maximum(),
              unit);
          return tx.update(
              "DELETE FROM cloudwatch_metric WHERE namespace = ? AND name = ? AND dimensions ="
                  + " ? AND minute < ?",
              series.namespace(),
              series.name(),
              series.key(),
              env.clock().now().minus(KEPT));
        });
  }

  /** A custom metric is billed for each hour in which something is put into it. */
  private void bill(Tx tx, Series series, long minute) {
    if (series.namespace().startsWith(SERVICES)) {
      return;
    }
    long hour = minute / HOUR * HOUR;
    boolean known =
        tx.exists(
            "SELECT 1 FROM cloudwatch_metric WHERE namespace = ? AND name = ? AND dimensions = ?"
                + " AND minute >= ? AND minute < ? LIMIT 1",
            series.namespace(),
            series.name(),
            series.key(),
            hour,
            hour + HOUR);
    if (!known) {
      env.store().afterCommit(() -> env.meter().add(Usage.METRIC_HOURS, series.namespace(), 1));
    }
  }

  private static Sample sample(MetricDatum datum) {
    if (datum.statisticValues() != null) {
      var set = datum.statisticValues();
      return new Sample(set.sampleCount(), set.sum(), set.minimum(), set.maximum());
    } else if (datum.hasValues()) {
      Sample all = null;
      for (int i = 0; i < datum.values().size(); i++) {
        double value = datum.values().get(i);
        double count = datum.hasCounts() ? datum.counts().get(i) : 1;
        var one = new Sample(count, value * count, value, value);
        all = all == null ? one : all.plus(one);
      }
      if (all != null) {
        return all;
      }
    } else if (datum.value() != null) {
      return new Sample(1, datum.value(), datum.value(), datum.value());
    }
    throw Errors.invalid("A metric datum must have Value, Values or StatisticValues.");
  }

  /** The samples of a series by the start of their period, oldest first. */
  TreeMap<Instant, Sample> read(
      Series series, @Nullable String unit, Instant from, Instant to, int periodSeconds) {
    if (periodSeconds < 60 || periodSeconds % 60 != 0) {
      throw Errors.unsupported("GetMetricData", "a period of " + periodSeconds + " s");
    }
    var samples = new TreeMap<Instant, Sample>();
    long period = periodSeconds * 1000L;
    env.store()
        .read(tx -> {
          tx.each(
              "SELECT * FROM cloudwatch_metric WHERE namespace = ? AND name = ?"
                  + " AND dimensions = ? AND minute >= ? AND minute < ?",
              row -> {
                if (unit == null || unit.equals(row.string("unit"))) {
                  Instant start =
                      Instant.ofEpochMilli(Math.floorDiv(row.number("minute"), period) * period);
                  samples.merge(
                      start,
                      new Sample(
                          row.real("count"),
                          row.real("sum"),
                          row.real("minimum"),
                          row.real("maximum")),
                      Sample::plus);
                }
              },
              series.namespace(),
              series.name(),
              series.key(),
              from,
              to);
          return null;
        });
    return samples;
  }

  /** The units in which a series was put. */
  List<String> units(Series series) {
    return env.store()
        .read(tx ->
            tx.list(
                "SELECT DISTINCT unit FROM cloudwatch_metric WHERE namespace = ? AND name = ?"
                    + " AND dimensions = ? ORDER BY unit",
                row -> row.string(1),
                series.namespace(),
                series.name(),
                series.key()));
  }

  /** Every series there is, of a namespace and a name if they are given. */
  List<Series> list(@Nullable String namespace, @Nullable String name) {
    return env.store()
        .read(tx ->
            tx.list(
                "SELECT DISTINCT namespace, name, dimensions FROM cloudwatch_metric"
                    + " WHERE namespace = coalesce(?, namespace) AND name = coalesce(?, name)"
                    + " ORDER BY namespace, name, dimensions",
                row -> new Series(row.string(1), row.string(2), Series.dimensions(row.string(3))),
                namespace,
                name));
  }
}
