package dev.onboard.local.eventbridge;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.Delivery;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeliverySource;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * Takes the buses' log records where CloudWatch Logs' deliveries say: a delivery source names a bus
 * and the level of the records that it takes, its deliveries name the log groups. Records are kept
 * in memory for as long as it takes to write those before them; a death loses them.
 */
final class VendedLogs {
  private static final Logger LOG = LoggerFactory.getLogger(VendedLogs.class);
  private static final Principal DELIVERY = new Principal.Service("delivery.logs.amazonaws.com");
  private static final String STREAM = "EventBridgeEventBusLogs";
  private static final int WAITING = 50_000;
  private static final int A_PUT = 5_000;

  private final Environment env;
  private final Names names;
  private final ConcurrentLinkedQueue<Line> lines = new ConcurrentLinkedQueue<>();
  private final AtomicInteger number = new AtomicInteger();
  private final AtomicBoolean working = new AtomicBoolean();
  private final ReentrantLock writing = new ReentrantLock();

  VendedLogs(Environment env, Names names) {
    this.env = env;
    this.names = names;
  }

  /** Takes a record; whoever is faster than it is written helps to write. */
  void add(Line line) {
    lines.add(line);
    if (number.incrementAndGet() > WAITING) {
      writeAll();
    } else if (working.compareAndSet(false, true)) {
      env.clock().start("event bus logs", this::work);
    }
  }

  private void work() {
    working.set(false);
    writeAll();
  }

  /** Writes what there is. */
  void writeAll() {
    writing.lock();
    try {
      while (!lines.isEmpty()) {
        var some = new ArrayList<Line>();
        while (some.size() < A_PUT && lines.poll() instanceof Line line) {
          some.add(line);
        }
        number.addAndGet(-some.size());
        write(some);
      }
    } catch (AwsServiceException e) {
      LOG.warn("Records of event bus logs were not delivered: {}", AwsErrors.message(e));
    } finally {
      writing.unlock();
    }
  }

  private void write(List<Line> some) {
    CloudWatchLogsClient logs = env.client(CloudWatchLogsClient.class, DELIVERY);
    Map<String, List<String>> groups = groups(logs);
    var byGroup = new LinkedHashMap<String, List<Line>>();
    for (Line line : some) {
      for (String group : groups.getOrDefault(line.source(names), List.of())) {
        byGroup.computeIfAbsent(group, g -> new ArrayList<>()).add(line);
      }
    }
    byGroup.forEach((group, its) -> {
      its.sort(Comparator.comparing(Line::at));
      try {
        batches(its).forEach(batch -> put(logs, group, batch));
      } catch (AwsServiceException e) {
        LOG.warn(
            "{} records of event bus logs were not delivered to {}: {}",
            its.size(),
            group,
            AwsErrors.message(e));
      }
    });
  }

  /** The log groups by bus and level. */
  private static Map<String, List<String>> groups(CloudWatchLogsClient logs) {
    var bySource = new HashMap<String, List<String>>();
    for (Delivery delivery : logs.describeDeliveriesPaginator(r -> {}).deliveries()) {
      String destination = delivery.deliveryDestinationArn();
      String name = destination.substring(destination.lastIndexOf(':') + 1);
      String arn =
          logs.getDeliveryDestination(r -> r.name(name))
              .deliveryDestination()
              .deliveryDestinationConfiguration()
              .destinationResourceArn();
      bySource
          .computeIfAbsent(delivery.deliverySourceName(), s -> new ArrayList<>())
          .add(LogChannel.group(arn));
    }
    var groups = new HashMap<String, List<String>>();
    for (DeliverySource source : logs.describeDeliverySourcesPaginator(r -> {}).deliverySources()) {
      for (String bus : source.resourceArns()) {
        groups
            .computeIfAbsent(bus + ' ' + source.logType(), s -> new ArrayList<>())
            .addAll(bySource.getOrDefault(source.name(), List.of()));
      }
    }
    return groups;
  }

  private static List<List<InputLogEvent>> batches(List<Line> lines) {
    var batches = new ArrayList<List<InputLogEvent>>();
    var batch = new ArrayList<InputLogEvent>();
    long bytes = 0;
    for (Line line : lines) {
      int size = line.text.getBytes(StandardCharsets.UTF_8).length + 26;
      if (bytes + size > LogLine.MOST_BYTES + 26 && !batch.isEmpty()) {
        batches.add(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(
          InputLogEvent.builder().timestamp(line.at.toEpochMilli()).message(line.text).build());
      bytes += size;
    }
    batches.add(batch);
    return batches;
  }

  private static void put(CloudWatchLogsClient logs, String group, List<InputLogEvent> events) {
    try {
      logs.putLogEvents(r -> r.logGroupName(group).logStreamName(STREAM).logEvents(events));
    } catch (ResourceNotFoundException e) {
      LogChannel.createStream(logs, group, STREAM, e);
      logs.putLogEvents(r -> r.logGroupName(group).logStreamName(STREAM).logEvents(events));
    }
  }

  /** A record of a bus's log. */
  record Line(String bus, String level, Instant at, String text) {
    /** What a delivery source says of the records that it takes. */
    private String source(Names names) {
      return names.busArn(bus) + ' ' + level + "_LOGS";
    }
  }
}
