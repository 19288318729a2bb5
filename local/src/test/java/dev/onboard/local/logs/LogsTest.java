package dev.onboard.local.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.onboard.local.Rooms;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;

class LogsTest {
  private static final long START = Rooms.START.toEpochMilli();

  @TempDir Path folder;
  private Rooms rooms;
  private CloudWatchLogsClient logs;

  @BeforeEach
  void open() {
    open(Rooms.START);
  }

  private void open(java.time.Instant at) {
    rooms = Rooms.open(folder, at, env -> List.of(new LocalCloudWatchLogs(env)));
    logs = rooms.client(CloudWatchLogsClient.class);
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  @Test
  void group_isDescribedAsOnAws() {
    logs.createLogGroup(b -> b.logGroupName("/aws/lambda/f").tags(Map.of("a", "1")));
    logs.putRetentionPolicy(b -> b.logGroupName("/aws/lambda/f").retentionInDays(14));
    LogGroup group =
        logs.describeLogGroups(b -> b.logGroupNamePrefix("/aws")).logGroups().getFirst();
    assertThat(group.arn())
        .isEqualTo("arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/f:*");
    assertThat(group.logGroupArn())
        .isEqualTo("arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/f");
    assertThat(group.creationTime()).isEqualTo(START);
    assertThat(group.retentionInDays()).isEqualTo(14);
    assertThat(group.logGroupClassAsString()).isEqualTo("STANDARD");
    assertThat(group.storedBytes()).isZero();
    logs.tagResource(b -> b.resourceArn(group.logGroupArn()).tags(Map.of("b", "2")));
    logs.untagResource(b -> b.resourceArn(group.logGroupArn()).tagKeys("a"));
    assertThat(logs.listTagsForResource(b -> b.resourceArn(group.logGroupArn())).tags())
        .isEqualTo(Map.of("b", "2"));
  }

  @Test
  void errors_areThoseOfAws() {
    stream("g", "s");
    assertError(
        () -> logs.createLogGroup(b -> b.logGroupName("g")),
        "ResourceAlreadyExistsException",
        "The specified log group already exists");
    assertError(
        () -> logs.createLogStream(b -> b.logGroupName("g").logStreamName("s")),
        "ResourceAlreadyExistsException",
        "The specified log stream already exists");
    assertError(
        () -> put("g", "none", START, "x"),
        "ResourceNotFoundException",
        "The specified log stream does not exist.");
    assertError(
        () -> put("none", "s", START, "x"),
        "ResourceNotFoundException",
        "The specified log group does not exist.");
    assertError(
        () -> logs.createLogGroup(b -> b.logGroupName("x".repeat(513))),
        "InvalidParameterException",
        "Invalid LogGroup or LogStream, both must have length less than or equal to 512.");
    assertError(
        () -> logs.createLogGroup(b -> b.logGroupName("k").kmsKeyId("arn:k")),
        "NotSupportedByLocalRuntime",
        "logs:CreateLogGroup with kmsKeyId is not supported: the local runtime does not have it");
    assertError(
        () ->
            logs.putLogEvents(b ->
                b.logGroupName("g")
                    .logStreamName("s")
                    .logEvents(event(START, "b"), event(START - 1, "a"))),
        "InvalidParameterException",
        "Log events in a single PutLogEvents request must be in chronological order.");
    assertError(
        () -> logs.getLogEvents(b -> b.logGroupName("g").logStreamName("s").nextToken("x")),
        "InvalidParameterException",
        "The specified nextToken is invalid.");
    assertError(
        () -> logs.filterLogEvents(b -> b.logGroupName("g").limit(10_001)),
        "InvalidParameterException",
        "1 validation error detected: Value '10001' at 'limit' failed to satisfy constraint: Member"
            + " must have value less than or equal to 10000");
    assertError(
        () -> logs.deleteResourcePolicy(b -> b.policyName("non-existent")),
        "ResourceNotFoundException",
        "Policy with name [non-existent] does not exist.");
  }

  @Test
  void eventsTooOldOrTooNew_areRejectedByIndex() {
    stream("g", "s");
    var old =
        logs.putLogEvents(b ->
            b.logGroupName("g")
                .logStreamName("s")
                .logEvents(
                    event(START - Duration.ofDays(15).toMillis(), "old"),
                    event(START - Duration.ofDays(14).toMillis(), "taken")));
    assertThat(old.rejectedLogEventsInfo().tooOldLogEventEndIndex()).isEqualTo(1);
    var young =
        logs.putLogEvents(b ->
            b.logGroupName("g")
                .logStreamName("s")
                .logEvents(
                    event(START, "taken"), event(START + Duration.ofHours(3).toMillis(), "new")));
    assertThat(young.rejectedLogEventsInfo().tooNewLogEventStartIndex()).isEqualTo(1);
    assertThat(filter("g", "")).containsExactly("taken", "taken");
  }

  @Test
  void streamIsRead_forwardsAndBackwards_untilTheTokenRepeats() {
    stream("g", "s");
    for (int i = 0; i < 5; i++) {
      put("g", "s", START + i, "m" + i);
    }
    var head =
        logs.getLogEvents(b -> b.logGroupName("g").logStreamName("s").startFromHead(true).limit(3));
    assertThat(messages(head.events())).containsExactly("m0", "m1", "m2");
    var next =
        logs.getLogEvents(b ->
            b.logGroupName("g").logStreamName("s").limit(3).nextToken(head.nextForwardToken()));
    assertThat(messages(next.events())).containsExactly("m3", "m4");
    var end =
        logs.getLogEvents(
            b -> b.logGroupName("g").logStreamName("s").nextToken(next.nextForwardToken()));
    assertThat(end.events()).isEmpty();
    assertThat(end.nextForwardToken()).isEqualTo(next.nextForwardToken());
    put("g", "s", START + 9, "late");
    assertThat(
            messages(
                logs.getLogEvents(b ->
                        b.logGroupName("g").logStreamName("s").nextToken(end.nextForwardToken()))
                    .events()))
        .containsExactly("late");
    var tail = logs.getLogEvents(b -> b.logGroupName("g").logStreamName("s").limit(2));
    assertThat(messages(tail.events())).containsExactly("m4", "late");
    var back =
        logs.getLogEvents(b ->
            b.logGroupIdentifier("arn:aws:logs:us-east-1:000000000000:log-group:g:*")
                .logStreamName("s")
                .limit(2)
                .nextToken(tail.nextBackwardToken()));
    assertThat(messages(back.events())).containsExactly("m2", "m3");
    assertThat(
            messages(
                logs.getLogEvents(b ->
                        b.logGroupName("g")
                            .logStreamName("s")
                            .startTime(START + 1)
                            .endTime(START + 3))
                    .events()))
        .containsExactly("m1", "m2");
  }

  @Test
  void emptyStream_givesTokensThatFindLaterEvents() {
    stream("g", "s");
    var empty = logs.getLogEvents(b -> b.logGroupName("g").logStreamName("s"));
    assertThat(empty.events()).isEmpty();
    put("g", "s", START, "first");
    assertThat(
            messages(
                logs.getLogEvents(b ->
                        b.logGroupName("g").logStreamName("s").nextToken(empty.nextForwardToken()))
                    .events()))
        .containsExactly("first");
  }

  @Test
  void groupIsFiltered_overItsStreams_inOrderOfTime() {
    stream("g", "a");
    logs.createLogStream(b -> b.logGroupName("g").logStreamName("b"));
    put("g", "a", START, "ERROR one");
    put("g", "b", START + 1, "ERROR two");
    put("g", "a", START + 2, "INFO three");
    put("g", "b", START - 5, "ERROR zero");
    assertThat(filter("g", "ERROR")).containsExactly("ERROR zero", "ERROR one", "ERROR two");
    assertThat(logs.filterLogEvents(b -> b.logGroupName("g").logStreamNames("a")).events())
        .extracting(FilteredLogEvent::message)
        .containsExactly("ERROR one", "INFO three");
    assertThat(logs.filterLogEvents(b -> b.logGroupName("g").logStreamNamePrefix("b")).events())
        .extracting(FilteredLogEvent::logStreamName)
        .containsOnly("b");
    FilteredLogEvent event =
        logs.filterLogEvents(b -> b.logGroupName("g").startTime(START).endTime(START))
            .events()
            .getFirst();
    assertThat(event.message()).isEqualTo("ERROR one");
    assertThat(event.eventId()).hasSize(56);
    assertThat(event.ingestionTime()).isEqualTo(START);
  }

  @Test
  void filtering_isPaged_andLosesNothing() {
    stream("g", "s");
    logs.putLogEvents(b ->
        b.logGroupName("g")
            .logStreamName("s")
            .logEvents(
                IntStream.range(0, 5000).mapToObj(i -> event(START + i / 7, "m" + i)).toList()));
    var seen = new ArrayList<String>();
    logs.filterLogEventsPaginator(b -> b.logGroupName("g").limit(700))
        .events()
        .forEach(e -> seen.add(e.message()));
    assertThat(seen).isEqualTo(IntStream.range(0, 5000).mapToObj(i -> "m" + i).toList());
  }

  @Test
  void retention_takesEventsAwayOnTheClock() {
    stream("g", "s");
    logs.putRetentionPolicy(b -> b.logGroupName("g").retentionInDays(1));
    put("g", "s", START, "a");
    rooms.clock.advance(Duration.ofHours(12));
    put("g", "s", START + Duration.ofHours(12).toMillis(), "b");
    rooms.clock.advance(Duration.ofHours(12).plusSeconds(1));
    assertThat(filter("g", "")).containsExactly("b");
    java.time.Instant now = rooms.clock.now();
    rooms.close();
    open(now);
    rooms.clock.advance(Duration.ofHours(6));
    assertThat(rooms.store.<Long>read(tx -> tx.number("SELECT count(*) FROM logs_event")))
        .isEqualTo(1);
    rooms.clock.advance(Duration.ofHours(12));
    assertThat(rooms.store.<Long>read(tx -> tx.number("SELECT count(*) FROM logs_event"))).isZero();
  }

  @Test
  void eventsThatGo_leaveNoMessagesBehind() {
    stream("g", "s");
    logs.createLogStream(b -> b.logGroupName("g").logStreamName("t"));
    stream("h", "s");
    logs.putRetentionPolicy(b -> b.logGroupName("g").retentionInDays(1));
    long hour = Duration.ofHours(1).toMillis();
    var spread =
        IntStream.range(0, 24)
            .mapToObj(h ->
                InputLogEvent.builder().timestamp(START - (23 - h) * hour).message("e" + h).build())
            .toList();
    logs.putLogEvents(b -> b.logGroupName("g").logStreamName("s").logEvents(spread));
    put("g", "t", START, "t");
    put("h", "s", START, "h");
    assertThat(messages()).isEqualTo(3);

    // What of the put is older than a day goes, the rest stays readable.
    rooms.clock.advance(Duration.ofHours(12));
    assertThat(
            logs.getLogEvents(b -> b.logGroupName("g").logStreamName("s").startFromHead(true))
                .events())
        .extracting(OutputLogEvent::message)
        .hasSize(13)
        .startsWith("e11")
        .endsWith("e23");
    assertThat(messages()).isEqualTo(3);
    logs.deleteLogStream(b -> b.logGroupName("g").logStreamName("t"));
    assertThat(messages()).isEqualTo(2);
    rooms.clock.advance(Duration.ofHours(18));
    assertThat(messages()).isEqualTo(1);
    logs.deleteLogGroup(b -> b.logGroupName("h"));
    assertThat(messages()).isZero();
  }

  private long messages() {
    return rooms.store.read(tx -> tx.number("SELECT count(*) FROM logs_messages"));
  }

  @Test
  void eventsOfAnEarlierVersion_areStillThere() {
    rooms.close();
    Path earlier = folder.resolve("earlier");
    try (Store store = Store.open(earlier)) {
      store.migrate("logs", Schema.VERSIONS.subList(0, 2));
      store.write(tx -> {
        tx.update("INSERT INTO logs_group VALUES (1, 'g', 0, NULL, 'STANDARD', '{}')");
        tx.update("INSERT INTO logs_stream(id, log_group, name, created) VALUES (1, 1, 's', 0)");
        for (int i = 1; i <= 3; i++) {
          tx.update(
              "INSERT INTO logs_event VALUES (?, 1, 1, ?, ?, ?)", i, START, START, "\u00fc" + i);
        }
        return null;
      });
    }
    folder = earlier;
    open();
    put("g", "s", START, "\u00fc4");
    assertThat(
            logs.getLogEvents(b -> b.logGroupName("g").logStreamName("s").startFromHead(true))
                .events())
        .extracting(OutputLogEvent::message)
        .containsExactly("\u00fc1", "\u00fc2", "\u00fc3", "\u00fc4");
  }

  @Test
  void streams_areListedByNameOrLastEvent() {
    stream("g", "a");
    for (String name : List.of("b", "c", "ba")) {
      logs.createLogStream(b -> b.logGroupName("g").logStreamName(name));
    }
    put("g", "c", START + 5, "x");
    put("g", "a", START + 3, "x");
    assertThat(logs.describeLogStreams(b -> b.logGroupName("g")).logStreams())
        .extracting(LogStream::logStreamName)
        .containsExactly("a", "b", "ba", "c");
    var first =
        logs.describeLogStreams(
            b -> b.logGroupName("g").orderBy(OrderBy.LAST_EVENT_TIME).descending(true).limit(2));
    assertThat(first.logStreams()).extracting(LogStream::logStreamName).containsExactly("c", "a");
    assertThat(first.logStreams().getFirst().lastEventTimestamp()).isEqualTo(START + 5);
    assertThat(first.logStreams().getFirst().arn())
        .isEqualTo("arn:aws:logs:us-east-1:000000000000:log-group:g:log-stream:c");
    assertThat(
            logs.describeLogStreams(b ->
                    b.logGroupName("g")
                        .orderBy(OrderBy.LAST_EVENT_TIME)
                        .descending(true)
                        .nextToken(first.nextToken()))
                .logStreams())
        .extracting(LogStream::logStreamName)
        .containsExactly("ba", "b");
    assertThat(
            logs.describeLogStreams(b -> b.logGroupName("g").logStreamNamePrefix("b")).logStreams())
        .hasSize(2);
    logs.deleteLogStream(b -> b.logGroupName("g").logStreamName("c"));
    assertThat(filter("g", "")).hasSize(1);
    logs.deleteLogGroup(b -> b.logGroupName("g"));
    assertThat(logs.describeLogGroups(b -> {}).logGroups()).isEmpty();
  }

  @Test
  void resourcePolicies_areTenAtMost() {
    String document = "{\"Version\":\"2012-10-17\",\"Statement\":[]}";
    for (int i = 0; i < 10; i++) {
      String name = "p" + i;
      logs.putResourcePolicy(b -> b.policyName(name).policyDocument(document));
    }
    assertThat(logs.describeResourcePolicies(b -> {}).resourcePolicies()).hasSize(10);
    assertError(
        () -> logs.putResourcePolicy(b -> b.policyName("more").policyDocument(document)),
        "LimitExceededException",
        "Resource limit exceeded.");
    logs.deleteResourcePolicy(b -> b.policyName("p0"));
    logs.putResourcePolicy(b -> b.policyName("more").policyDocument(document));
  }

  private void stream(String group, String stream) {
    logs.createLogGroup(b -> b.logGroupName(group));
    logs.createLogStream(b -> b.logGroupName(group).logStreamName(stream));
  }

  private void put(String group, String stream, long at, String message) {
    logs.putLogEvents(
        b -> b.logGroupName(group).logStreamName(stream).logEvents(event(at, message)));
  }

  private List<String> filter(String group, String pattern) {
    return logs.filterLogEvents(b -> b.logGroupName(group).filterPattern(pattern)).events().stream()
        .map(FilteredLogEvent::message)
        .toList();
  }

  private static List<String> messages(List<OutputLogEvent> events) {
    return events.stream().map(OutputLogEvent::message).toList();
  }

  private static InputLogEvent event(long at, String message) {
    return InputLogEvent.builder().timestamp(at).message(message).build();
  }

  private static void assertError(ThrowingCallable call, String code, String message) {
    AwsServiceException e = catchThrowableOfType(AwsServiceException.class, call);
    assertThat(e).as("the error").isNotNull();
    assertThat(AwsErrors.code(e) + ": " + AwsErrors.message(e)).isEqualTo(code + ": " + message);
  }
}
