package dev.onboard.local.sqs;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import dev.onboard.local.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

/**
 * Reports the state of every queue to CloudWatch once a minute, as SQS does (SQS developer guide,
 * "Available CloudWatch metrics"): how many messages it has, and how old the oldest is. What is
 * counted per call (sent, received, deleted) is not reported.
 */
final class Reporting {
  private static final Logger LOG = LoggerFactory.getLogger(Reporting.class);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final int DATA_A_CALL = 1_000;

  private final Environment env;
  private final Queues queues;
  private final AtomicBoolean waiting = new AtomicBoolean();

  Reporting(Environment env, Queues queues) {
    this.env = env;
    this.queues = queues;
  }

  /** Begins to report, unless it does already. */
  void start() {
    if (waiting.compareAndSet(false, true)) {
      env.clock().after(EVERY, this::report);
    }
  }

  private void report() {
    waiting.set(false);
    List<MetricDatum> data = env.store().read(this::data);
    if (data.isEmpty()) {
      return;
    }
    CloudWatchClient cloudWatch =
        env.client(CloudWatchClient.class, new Principal.Service("sqs.amazonaws.com"));
    try {
      for (int from = 0; from < data.size(); from += DATA_A_CALL) {
        List<MetricDatum> some = data.subList(from, Math.min(data.size(), from + DATA_A_CALL));
        cloudWatch.putMetricData(b -> b.namespace("AWS/SQS").metricData(some));
      }
    } catch (AwsServiceException e) {
      // Metrics are not worth more than a word: the next minute has newer ones.
      LOG.debug("the queues' metrics were not taken: {}", AwsErrors.message(e));
    }
    start();
  }

  private List<MetricDatum> data(Tx tx) {
    Instant now = env.clock().now();
    var data = new ArrayList<MetricDatum>();
    for (Queue queue : queues.all(tx)) {
      Instant oldest = now.minus(queue.retention());
      add(
          data,
          queue,
          now,
          "ApproximateNumberOfMessagesVisible",
          StandardUnit.COUNT,
          QueueCounts.count(tx, queue, oldest, now, QueueCounts.VISIBLE));
      add(
          data,
          queue,
          now,
          "ApproximateNumberOfMessagesNotVisible",
          StandardUnit.COUNT,
          QueueCounts.count(tx, queue, oldest, now, QueueCounts.IN_FLIGHT));
      add(
          data,
          queue,
          now,
          "ApproximateNumberOfMessagesDelayed",
          StandardUnit.COUNT,
          QueueCounts.count(tx, queue, oldest, now, QueueCounts.DELAYED));
      add(
          data,
          queue,
          now,
          "ApproximateAgeOfOldestMessage",
          StandardUnit.SECONDS,
          age(tx, queue, oldest, now));
    }
    return data;
  }

  private static long age(Tx tx, Queue queue, Instant oldest, Instant now) {
    long sentAt =
        tx.number(
            "SELECT min(sent_at) FROM sqs_message WHERE queue = ? AND sent_at > ?",
            queue.id(),
            oldest);
    return sentAt == 0 ? 0 : (now.toEpochMilli() - sentAt) / 1000;
  }

  private static void add(
      List<MetricDatum> data,
      Queue queue,
      Instant now,
      String name,
      StandardUnit unit,
      long value) {
    data.add(
        MetricDatum.builder()
            .metricName(name)
            .dimensions(Dimension.builder().name("QueueName").value(queue.name()).build())
            .timestamp(now)
            .unit(unit)
            .value((double) value)
            .build());
  }
}
