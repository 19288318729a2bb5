package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import dev.onboard.local.sfn.asl.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.LogLevel;
import software.amazon.awssdk.services.sfn.model.LoggingConfiguration;

/** The events of one execution on their way into a log group; like AWS's, as good as it goes. */
final class ExecutionLog {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutionLog.class);
  private static final DateTimeFormatter STREAM =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm").withZone(ZoneOffset.UTC);

  private final Environment env;
  private final Execution execution;
  private final LogLevel level;
  private final boolean withData;
  private final String group;
  private final String stream;
  private final ReentrantLock sending = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  private List<InputLogEvent> waiting = new ArrayList<>();
  private boolean streamMade;

  private ExecutionLog(
      Environment env, Execution execution, LoggingConfiguration configuration, String group) {
    this.env = env;
    this.execution = execution;
    this.level = configuration.level();
    this.withData = Boolean.TRUE.equals(configuration.includeExecutionData());
    this.group = group;
    String machine = execution.machineArn();
    this.stream =
        "states/"
            + machine.substring(machine.lastIndexOf(':') + 1)
            + "/"
            + STREAM.format(execution.started())
            + "/"
            + UUID.randomUUID().toString().substring(0, 8);
  }

  /** The log that a state machine asks for; {@code null} if it asks for none. */
  static @Nullable ExecutionLog open(
      Environment env, Execution execution, LoggingConfiguration configuration) {
    if (configuration.level() == null
        || configuration.level() == LogLevel.OFF
        || configuration.destinations().isEmpty()) {
      return null;
    }
    String arn = configuration.destinations().getFirst().cloudWatchLogsLogGroup().logGroupArn();
    String[] parts = arn.split(":log-group:", 2);
    String group = parts.length == 2 ? parts[1].replaceFirst(":\\*$", "") : arn;
    return new ExecutionLog(env, execution, configuration, group);
  }

  /** Whether events of a type are logged. */
  boolean wants(String type) {
    return switch (level) {
      case ERROR -> Event.isError(type);
      case FATAL -> Event.isFatal(type);
      default -> true;
    };
  }

  /** Adds an event of a type that is {@link #wants wanted}. */
  void add(Event event) {
    ObjectNode line = Json.object().put("id", String.valueOf(event.id())).put("type", event.type());
    line.set("details", event.logDetails(withData));
    line.put("redrive_count", String.valueOf(execution.redrives().count()))
        .put("previous_event_id", String.valueOf(event.previous()))
        .put("event_timestamp", String.valueOf(event.at().toEpochMilli()))
        .put("execution_arn", execution.arn());
    lock.lock();
    try {
      waiting.add(entry(line, event.at()));
    } finally {
      lock.unlock();
    }
  }

  private static InputLogEvent entry(ObjectNode line, Instant at) {
    return InputLogEvent.builder().message(Json.text(line)).timestamp(at.toEpochMilli()).build();
  }

  /** Sends what has gathered, on a thread of its own. */
  void send() {
    List<InputLogEvent> batch;
    lock.lock();
    try {
      if (waiting.isEmpty()) {
        return;
      }
      batch = waiting;
      waiting = new ArrayList<>();
    } finally {
      lock.unlock();
    }
    env.clock().start("log of " + execution.name(), () -> send(batch));
  }

  private void send(List<InputLogEvent> batch) {
    sending.lock();
    try {
      CloudWatchLogsClient logs =
          env.client(
              CloudWatchLogsClient.class, new Principal.Service("delivery.logs.amazonaws.com"));
      if (!streamMade) {
        makeStream(logs);
        streamMade = true;
      }
      logs.putLogEvents(b -> b.logGroupName(group).logStreamName(stream).logEvents(batch));
    } catch (SdkException e) {
      LOG.warn(
          "{} could not write to the log group {}: {}", execution.arn(), group, e.getMessage());
    } finally {
      sending.unlock();
    }
  }

  private void makeStream(CloudWatchLogsClient logs) {
    try {
      logs.createLogStream(b -> b.logGroupName(group).logStreamName(stream));
    } catch (ResourceAlreadyExistsException e) {
      LOG.trace("the stream {} is there", stream);
    }
  }
}
