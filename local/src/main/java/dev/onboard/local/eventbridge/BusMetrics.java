package dev.onboard.local.eventbridge;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.eventbridge.RuleCounts.Spread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

/**
 * The metrics of EventBridge in CloudWatch's namespace AWS/Events: counted in memory, put a second
 * after the first count since they were put last, as of then. Whoever has thousands of rules at
 * work at one time sees them at longer intervals, so that putting them stays a small part of the
 * work. A death loses what was not put yet.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html">
 *     EventBridge metrics</a>
 */
final class BusMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(BusMetrics.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration EACH = Duration.ofMillis(1);
  private static final int DATA_A_CALL = 1_000;

  /** Counts, and the dimensions under which AWS gives each. */
  private static final List<Counted> COUNTED =
      List.of(
          new Counted("MatchedEvents", c -> c.matched, true, false, true),
          new Counted("TriggeredRules", c -> c.triggered, true, true, true),
          new Counted("InvocationsCreated", c -> c.created, false, true, false),
          new Counted("Invocations", c -> c.invocations, false, true, true),
          new Counted("InvocationAttempts", c -> c.attempts, true, true, true),
          new Counted("SuccessfulInvocationAttempts", c -> c.succeeded, true, true, true),
          new Counted("RetryInvocationAttempts", c -> c.retried, true, true, true),
          new Counted("FailedInvocations", c -> c.failed, false, false, true),
          new Counted("ThrottledRules", c -> c.throttled, true, true, true),
          new Counted("DeadLetterInvocations", c -> c.looped, false, false, true),
          new Counted("InvocationsSentToDlq", c -> c.deadLettered, false, false, true),
          new Counted(
              "InvocationsFailedToBeSentToDlq", c -> c.notDeadLettered, false, false, true));

  private static final Map<String, Function<RuleCounts, Spread>> LATENCIES =
      Map.of(
          "IngestionToInvocationStartLatency", c -> c.untilStart,
          "IngestionToInvocationCompleteLatency", c -> c.untilComplete,
          "IngestionToInvocationSuccessLatency", c -> c.untilSuccess);

  private final Environment env;
  private final ConcurrentHashMap<Key, RuleCounts> counts = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Spread> calls = new ConcurrentHashMap<>();
  private final AtomicBoolean waiting = new AtomicBoolean();
  private volatile int lastSize;

  BusMetrics(Environment env) {
    this.env = env;
  }

  /** Counts events that matched rules of a bus, each once however many rules it matched. */
  void matched(String bus) {
    count(bus, "", c -> c.matched++);
  }

  void rule(String bus, String rule, Consumer<RuleCounts> change) {
    count(bus, rule, change);
  }

  /** Counts something of the calls of PutEvents. */
  void call(String metric, double value) {
    if (isWatched()) {
      calls.compute(
          metric,
          (name, known) -> {
            Spread spread = known == null ? new Spread() : known;
            spread.add(value);
            return spread;
          });
      start();
    }
  }

  private void count(String bus, String rule, Consumer<RuleCounts> change) {
    if (isWatched()) {
      counts.compute(
          new Key(bus, rule),
          (key, known) -> {
            RuleCounts changed = known == null ? new RuleCounts() : known;
            change.accept(changed);
            return changed;
          });
      start();
    }
  }

  private boolean isWatched() {
    return env.services().named("monitoring") != null;
  }

  private void start() {
    if (!waiting.get() && waiting.compareAndSet(false, true)) {
      Duration scaled = EACH.multipliedBy(lastSize);
      env.clock().after(scaled.compareTo(EVERY) > 0 ? scaled : EVERY, this::put);
    }
  }

  /** Puts what was counted. */
  void put() {
    waiting.set(false);
    List<MetricDatum> data = data(env.clock().now());
    lastSize = data.size();
    if (data.isEmpty()) {
      return;
    }
    try {
      CloudWatchClient cloudWatch = env.client(CloudWatchClient.class, Channels.SERVICE);
      env.store()
          .write(tx -> {
            for (int from = 0; from < data.size(); from += DATA_A_CALL) {
              List<MetricDatum> some =
                  data.subList(from, Math.min(data.size(), from + DATA_A_CALL));
              cloudWatch.putMetricData(b -> b.namespace("AWS/Events").metricData(some));
            }
            return null;
          });
    } catch (AwsServiceException e) {
      LOG.warn("{} metrics of EventBridge were not taken: {}", data.size(), AwsErrors.message(e));
    }
  }

  private List<MetricDatum> data(Instant now) {
    var data = new ArrayList<MetricDatum>();
    var buses = new HashMap<String, RuleCounts>();
    var account = new RuleCounts();
    for (Key key : List.copyOf(counts.keySet())) {
      counts.computeIfPresent(
          key,
          (k, counted) -> {
            RuleCounts bus = buses.computeIfAbsent(key.bus, b -> new RuleCounts());
            if (key.rule.isEmpty()) {
              bus.matched += counted.matched;
            } else {
              bus.add(counted);
              account.add(counted);
              add(data, key.dimensions(), counted, Counted::rule, now);
            }
            return null;
          });
    }
    buses.forEach((bus, counted) ->
        add(data, List.of(dimension("EventBusName", bus)), counted, Counted::bus, now));
    add(data, List.of(), account, Counted::account, now);
    for (String metric : List.copyOf(calls.keySet())) {
      calls.computeIfPresent(
          metric,
          (name, spread) -> {
            data.add(datum(name, List.of(), unit(name), spread, now));
            return null;
          });
    }
    return data;
  }

  private static void add(
      List<MetricDatum> data,
      List<Dimension> dimensions,
      RuleCounts counts,
      Function<Counted, Boolean> wanted,
      Instant now) {
    for (Counted counted : COUNTED) {
      long number = counted.number.applyAsLong(counts);
      if (number > 0 && wanted.apply(counted)) {
        data.add(
            MetricDatum.builder()
                .metricName(counted.name)
                .dimensions(dimensions)
                .timestamp(now)
                .unit(StandardUnit.COUNT)
                .values(1.0)
                .counts((double) number)
                .build());
      }
    }
    LATENCIES.forEach((name, spread) -> {
      if (spread.apply(counts).count > 0) {
        data.add(datum(name, dimensions, StandardUnit.MILLISECONDS, spread.apply(counts), now));
      }
    });
  }

  private static MetricDatum datum(
      String name, List<Dimension> dimensions, StandardUnit unit, Spread spread, Instant now) {
    return MetricDatum.builder()
        .metricName(name)
        .dimensions(dimensions)
        .timestamp(now)
        .unit(unit)
        .statisticValues(s ->
            s.sampleCount((double) spread.count)
                .sum(spread.sum)
                .minimum(spread.least)
                .maximum(spread.most))
        .build();
  }

  private static StandardUnit unit(String metric) {
    return metric.endsWith("Latency")
        ? StandardUnit.MILLISECONDS
        : metric.endsWith("Size") ? StandardUnit.BYTES : StandardUnit.COUNT;
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }

  /**
   * Whose counts: a rule's, or a bus's own.
   *
   * @param rule empty for the bus
   */
  private record Key(String bus, String rule) {
    /** The default bus is not named beside its rules. */
    List<Dimension> dimensions() {
      return bus.equals(Names.DEFAULT_BUS)
          ? List.of(dimension("RuleName", rule))
          : List.of(dimension("EventBusName", bus), dimension("RuleName", rule));
    }
  }

  /**
   * A metric that is a count.
   *
   * @param bus whether it is given for each bus
   * @param account whether it is given for all buses together
   * @param rule whether it is given for each rule
   */
  private record Counted(
      String name, ToLongFunction<RuleCounts> number, boolean bus, boolean account, boolean rule) {}
}
