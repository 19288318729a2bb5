package dev.onboard.bench;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A bus under load, over HTTP: rules put, events matched into a queue, and how soon a function
 * runs.
 *
 * <p>The events come from this process, which shares the processors with what it measures.
 */
final class Events {
  private static final int THREADS = 8;
  private static final int ENTRIES = 10;
  private static final int WARM_UP = 20_000;
  private static final int LATENCIES = 300;
  private static final String BUS = "bench";

  private final EventBridgeClient bus;
  private final SqsClient queues;
  private final CloudWatchLogsClient logs;
  private final LambdaClient functions;
  private final StringBuilder table = new StringBuilder("| what | measured |\n| --- | ---: |\n");

  private Events(URI endpoint) {
    var connections = UrlConnectionHttpClient.create();
    var keys = StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
    Region region = Region.US_EAST_1;
    bus =
        EventBridgeClient.builder()
            .httpClient(connections)
            .credentialsProvider(keys)
            .region(region)
            .endpointOverride(endpoint)
            .build();
    queues =
        SqsClient.builder()
            .httpClient(connections)
            .credentialsProvider(keys)
            .region(region)
            .endpointOverride(endpoint)
            .build();
    logs =
        CloudWatchLogsClient.builder()
            .httpClient(connections)
            .credentialsProvider(keys)
            .region(region)
            .endpointOverride(endpoint)
            .build();
    functions =
        LambdaClient.builder()
            .httpClient(connections)
            .credentialsProvider(keys)
            .region(region)
            .endpointOverride(endpoint)
            .build();
  }

  /** What a runtime of our own does. */
  static String table(int events, int rules) throws Exception {
    try (var up = new Up("--quota", "rules=" + (rules + 10))) {
      var bench = new Events(up.endpoint());
      bench.putRules(rules);
      bench.putEvents(WARM_UP);
      double before = up.family().peakBytes() / 1e6;
      bench.rates(events);
      bench.row("most memory before, MB", "%,.0f", before);
      bench.row("most memory after, MB", "%,.0f", up.family().peakBytes() / 1e6);
      bench.latencies();
      return bench.table.toString();
    }
  }

  /** What another one does, as far as it can be asked to. */
  static String table(URI endpoint, int events, int rules) throws Exception {
    var bench = new Events(endpoint);
    bench.putRules(rules);
    bench.rates(events);
    return bench.table.toString();
  }

  private void row(String what, String format, Object value) {
    String row = String.format(Locale.ROOT, "| %s | " + format + " |%n", what, value);
    System.err.print(row);
    table.append(row);
  }

  /** One rule that takes the events, and others that take none of them. */
  private void putRules(int rules) throws Exception {
    bus.createEventBus(b -> b.name(BUS));
    String url = queues.createQueue(q -> q.queueName(BUS)).queueUrl();
    String arn =
        queues
            .getQueueAttributes(a -> a.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    bus.putRule(r -> r.eventBusName(BUS).name("orders").eventPattern("{\"source\":[\"shop\"]}"));
    bus.putTargets(t -> t.eventBusName(BUS).rule("orders").targets(q -> q.id("q").arn(arn)));
    long begun = System.nanoTime();
    inParallel(
        rules,
        i ->
            bus.putRule(r ->
                r.eventBusName(BUS)
                    .name("rule-" + i)
                    .eventPattern(
                        "{\"source\":[\"service-"
                            + i
                            + "\"],\"detail-type\":[{\"prefix\":\"Order \"}],"
                            + "\"detail\":{\"state\":[\"open\",\"closed\"]}}")));
    row(String.format(Locale.ROOT, "seconds for %,d rules", rules), "%.1f", seconds(begun));
  }

  /** What grows with the events shows in the last tenth of them. */
  private void rates(int events) throws Exception {
    Rates rates = putEvents(events);
    row("events a second until in the queue", "%,.0f", rates.all);
    row("accepted a second, of the first tenth", "%,.0f", rates.first);
    row("the same, of the last tenth", "%,.0f", rates.last);
  }

  /**
   * Events a second.
   *
   * @param all from the first call until the last event is in the queue
   */
  private record Rates(double all, double first, double last) {}

  private Rates putEvents(int events) throws Exception {
    String url = queues.getQueueUrl(q -> q.queueName(BUS)).queueUrl();
    int before = waiting(url);
    int calls = events / ENTRIES;
    int tenth = Math.max(1, calls / 10);
    var firstEnds = new AtomicLong();
    var lastBegins = new AtomicLong();
    long begun = System.nanoTime();
    inParallel(
        calls,
        i -> {
          if (i == tenth) {
            firstEnds.set(System.nanoTime());
          } else if (i == calls - tenth) {
            lastBegins.set(System.nanoTime());
          }
          var entries = new ArrayList<PutEventsRequestEntry>(ENTRIES);
          for (int n = 0; n < ENTRIES; n++) {
            entries.add(
                PutEventsRequestEntry.builder()
                    .eventBusName(BUS)
                    .source("shop")
                    .detailType("Order placed")
                    .detail("{\"id\":\"" + i + "-" + n + "\",\"amount\":" + i + "}")
                    .build());
          }
          if (bus.putEvents(p -> p.entries(entries)).failedEntryCount() != 0) {
            throw new IllegalStateException("an event was refused");
          }
        });
    double last = tenth * ENTRIES / seconds(lastBegins.get());
    while (waiting(url) < before + calls * ENTRIES) {
      Thread.sleep(20);
    }
    double first = tenth * ENTRIES / ((firstEnds.get() - begun) / 1e9);
    return new Rates(events / seconds(begun), first, last);
  }

  private int waiting(String url) {
    QueueAttributeName number = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
    return Integer.parseInt(
        queues
            .getQueueAttributes(a -> a.queueUrl(url).attributeNames(number))
            .attributes()
            .get(number));
  }

  private static void inParallel(int calls, IntConsumer call) throws Exception {
    var next = new AtomicInteger();
    var failures = new AtomicInteger();
    var ended = new CountDownLatch(THREADS);
    for (int t = 0; t < THREADS; t++) {
      Thread.ofPlatform()
          .start(() -> {
            try {
              for (int i = next.getAndIncrement(); i < calls; i = next.getAndIncrement()) {
                call.accept(i);
              }
            } catch (RuntimeException e) {
              failures.incrementAndGet();
              System.err.println(e);
            } finally {
              ended.countDown();
            }
          });
    }
    ended.await();
    if (failures.get() > 0) {
      throw new IllegalStateException("calls failed; see above");
    }
  }

  /**
   * From the call of PutEvents to the moment at which Lambda says that the function starts, one
   * event at a time, the function warm.
   */
  private void latencies() throws Exception {
    String project = "onboard-dev";
    String group =
        functions.listFunctions().functions().stream()
            .filter(f -> f.functionName().contains("RegisterUser"))
            .map(f -> f.loggingConfig().logGroup())
            .findFirst()
            .orElseThrow();
    var called = new ArrayList<Instant>();
    Instant begun = Instant.now();
    for (int i = 0; i < LATENCIES; i++) {
      String person = "latency-" + i;
      called.add(Instant.now());
      bus.putEvents(p ->
          p.entries(e ->
              e.eventBusName(project)
                  .source("shop")
                  .detailType("UserRegistered")
                  .detail(
                      "{\"metadata\":{\"eventId\":\""
                          + person
                          + "\",\"schemaVersion\":\"1.0\",\"occurredAt\":\"2026-01-01T00:00:00Z\"},"
                          + "\"data\":{\"email\":\""
                          + person
                          + "@example.com\"}}")));
      Thread.sleep(150);
    }
    List<Instant> started = starts(group, begun, LATENCIES);
    // The first fifty find the function cold, and its code not compiled.
    double[] millis = new double[LATENCIES - 50];
    for (int i = 0; i < millis.length; i++) {
      millis[i] = Duration.between(called.get(i + 50), started.get(i + 50)).toNanos() / 1e6;
    }
    Arrays.sort(millis);
    row("ms from PutEvents to the function's start, median", "%.0f", millis[millis.length / 2]);
    row("the same, p99", "%.0f", millis[millis.length * 99 / 100]);
  }

  private List<Instant> starts(String group, Instant since, int expected) throws Exception {
    List<Instant> found = List.of();
    for (int attempt = 0; attempt < 100 && found.size() < expected; attempt++) {
      Thread.sleep(200);
      found =
          logs
              .filterLogEventsPaginator(f ->
                  f.logGroupName(group)
                      .startTime(since.toEpochMilli())
                      .filterPattern("\"platform.start\""))
              .events()
              .stream()
              .map(FilteredLogEvent::timestamp)
              .map(Instant::ofEpochMilli)
              .sorted()
              .toList();
    }
    if (found.size() != expected) {
      throw new IllegalStateException(found.size() + " of " + expected + " events were handled");
    }
    return found;
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
