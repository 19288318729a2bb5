package dev.onboard.local.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.clock.LocalClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * Log groups of CloudWatch Logs: one log event an event, in a stream a target and day that is named
 * by a UUID, as AWS's are.
 */
final class LogChannel implements Channel {
  private final Channels channels;
  private final LocalClock clock;
  private final Map<String, Stream> streams = new ConcurrentHashMap<>();

  LogChannel(Channels channels, LocalClock clock) {
    this.channels = channels;
    this.clock = clock;
  }

  @Override
  public boolean cheap() {
    return true;
  }

  @Override
  public List<Outcome> deliver(Address address, List<Invocation> invocations) {
    Instant now = clock.now();
    String group = group(address.target().arn());
    String stream = stream(address, now);
    boolean transformed = address.target().inputTransformer() != null;
    List<InputLogEvent> events =
        invocations.stream().map(i -> logEvent(i.payload(), now, transformed)).toList();
    CloudWatchLogsClient logs = channels.client(CloudWatchLogsClient.class, Channels.SERVICE);
    Outcome outcome = channels.attempt(() -> put(logs, group, stream, events));
    return Collections.nCopies(invocations.size(), outcome);
  }

  private static void put(
      CloudWatchLogsClient logs, String group, String stream, List<InputLogEvent> events) {
    try {
      logs.putLogEvents(r -> r.logGroupName(group).logStreamName(stream).logEvents(events));
    } catch (ResourceNotFoundException e) {
      createStream(logs, group, stream, e);
      logs.putLogEvents(r -> r.logGroupName(group).logStreamName(stream).logEvents(events));
    }
  }

  /** Makes a stream; fails as the put did if there is one, for then something else is missing. */
  static void createStream(
      CloudWatchLogsClient logs, String group, String stream, ResourceNotFoundException cause) {
    try {
      logs.createLogStream(r -> r.logGroupName(group).logStreamName(stream));
    } catch (CloudWatchLogsException e) {
      e.addSuppressed(cause);
      throw AwsErrors.code(e).equals("ResourceAlreadyExistsException") ? cause : e;
    }
  }

  /** What a transformer says of a log event's time and message; else the payload, now. */
  private static InputLogEvent logEvent(String payload, Instant now, boolean transformed) {
    long timestamp = now.toEpochMilli();
    String message = payload;
    if (transformed && Details.isJson(payload)) {
      JsonNode tree = Input.Values.tree(payload);
      if (tree.has("timestamp") && tree.has("message")) {
        timestamp = tree.path("timestamp").asLong(timestamp);
        JsonNode text = tree.get("message");
        message = text.isTextual() ? text.textValue() : text.toString();
      }
    }
    return InputLogEvent.builder().timestamp(timestamp).message(message).build();
  }

  /** The name in the ARN of a group. */
  static String group(String arn) {
    String group = arn.split(":", 6)[5].substring("log-group:".length());
    return group.endsWith(":*") ? group.substring(0, group.length() - 2) : group;
  }

  private String stream(Address address, Instant now) {
    String target = address.rule().arn() + ' ' + address.target().id();
    Stream last = streams.get(target);
    long day = Math.floorDiv(now.getEpochSecond(), Duration.ofDays(1).toSeconds());
    if (last == null || last.day() != day) {
      String name = target + ' ' + LocalDate.ofEpochDay(day);
      UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
      last = new Stream(day, id.toString());
      streams.put(target, last);
    }
    return last.name();
  }

  /** The stream of a target on a day since the epoch. */
  private record Stream(long day, String name) {}
}
