package dev.onboard.console.execution;

import dev.onboard.console.web.Json;
import dev.onboard.console.web.Sdk;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.LogLevel;
import software.amazon.awssdk.services.sfn.model.LoggingConfiguration;

/** What Express executions did, which is in the log of their state machine and nowhere else. */
final class ExpressLog {
  private static final int MOST = 1000;

  /** Lines come a little later than what they tell of. */
  private static final Duration LATE = Duration.ofMinutes(5);

  private final CloudWatchLogsClient logs;

  ExpressLog(Sdk sdk) {
    this.logs = sdk.client(CloudWatchLogsClient.class);
  }

  /**
   * What a log tells.
   *
   * @param isWhole whether everything is logged
   * @param words what a reader should know of it
   */
  record Told(List<Event> events, boolean isWhole, String words) {}

  Told read(DescribeExecutionResponse execution, LoggingConfiguration configuration) {
    Optional<String> group = group(configuration);
    LogLevel level = configuration == null ? LogLevel.OFF : configuration.level();
    if (group.isEmpty() || level == null || level == LogLevel.OFF) {
      return new Told(
          List.of(),
          false,
          "An Express execution has no history, only a log; its state machine logs nothing.");
    }
    List<Event> events = events(group.get(), execution);
    boolean isWhole = level == LogLevel.ALL;
    return new Told(
        events,
        isWhole,
        "An Express execution has no history, only a log: "
            + group.get()
            + (isWhole ? "." : ", in which its state machine has events of level " + level + "."));
  }

  private static Optional<String> group(LoggingConfiguration configuration) {
    return configuration == null
        ? Optional.empty()
        : configuration.destinations().stream()
            .map(d -> d.cloudWatchLogsLogGroup().logGroupArn())
            .map(arn -> arn.replaceFirst("^.*:log-group:", "").replaceFirst(":\\*$", ""))
            .findFirst();
  }

  private List<Event> events(String group, DescribeExecutionResponse execution) {
    String pattern = "{ $.execution_arn = \"" + execution.executionArn() + "\" }";
    try {
      return logs
          .filterLogEventsPaginator(f -> {
            f.logGroupName(group)
                .filterPattern(pattern)
                .startTime(execution.startDate().toEpochMilli());
            if (execution.stopDate() != null) {
              f.endTime(execution.stopDate().plus(LATE).toEpochMilli());
            }
          })
          .events()
          .stream()
          .limit(MOST)
          .map(FilteredLogEvent::message)
          .map(message -> Event.of(Json.read(message)))
          .sorted(Comparator.comparingLong(Event::id))
          .toList();
    } catch (ResourceNotFoundException e) {
      // Somebody deleted the group; what it held is gone.
      return List.of();
    }
  }
}
