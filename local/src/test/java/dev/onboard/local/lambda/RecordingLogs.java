package dev.onboard.local.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;

/** A log that is kept in memory. */
final class RecordingLogs implements CloudWatchLogsClient {
  private final Map<String, List<String>> messages = new ConcurrentHashMap<>();

  List<String> messages(String group) {
    return new ArrayList<>(messages.getOrDefault(group, List.of()));
  }

  @Override
  public String serviceName() {
    return "logs";
  }

  @Override
  public CreateLogGroupResponse createLogGroup(CreateLogGroupRequest request) {
    return CreateLogGroupResponse.builder().build();
  }

  @Override
  public CreateLogStreamResponse createLogStream(CreateLogStreamRequest request) {
    return CreateLogStreamResponse.builder().build();
  }

  @Override
  public PutLogEventsResponse putLogEvents(PutLogEventsRequest request) {
    List<String> group =
        messages.computeIfAbsent(request.logGroupName(), g -> new CopyOnWriteArrayList<>());
    request.logEvents().forEach(e -> group.add(e.message()));
    return PutLogEventsResponse.builder().build();
  }

  @Override
  public void close() {}
}
