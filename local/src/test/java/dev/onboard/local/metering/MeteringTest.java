package dev.onboard.local.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onboard.local.Rooms;
import dev.onboard.local.call.Principal;
import dev.onboard.local.cloudwatch.LocalCloudWatch;
import dev.onboard.local.dynamodb.LocalDynamoDb;
import dev.onboard.local.eventbridge.LocalEventBridge;
import dev.onboard.local.logs.LocalCloudWatchLogs;
import dev.onboard.local.s3.LocalS3;
import dev.onboard.local.schemas.LocalSchemas;
import dev.onboard.local.sesv2.LocalSesV2;
import dev.onboard.local.sfn.LocalSfn;
import dev.onboard.local.sns.LocalSns;
import dev.onboard.local.sqs.LocalSqs;
import dev.onboard.local.usage.Consumed;
import dev.onboard.local.usage.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** What is counted of what is done through SDK clients. */
class MeteringTest {
  private static final Offset<Double> EXACTLY = Offset.offset(1e-12);
  private static final String KB_64 = "x".repeat(64 * 1024);

  @TempDir Path folder;
  private Rooms rooms;

  @BeforeEach
  void open() {
    rooms =
        Rooms.open(
            folder,
            env ->
                List.of(
                    new LocalCloudWatchLogs(env),
                    new LocalS3(env),
                    new LocalDynamoDb(env),
                    new LocalSqs(env),
                    new LocalSns(env),
                    new LocalSesV2(env),
                    new LocalCloudWatch(env),
                    new LocalSchemas(env),
                    new LocalEventBridge(env),
                    new LocalSfn(env)));
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  @Test
  void events_areCountedBySizeAndByWhoPublishedThem() {
    EventBridgeClient events = rooms.client(EventBridgeClient.class);
    events.createEventBus(b -> b.name("shop"));
    put(events, "shop", "mine", "{}");
    put(events, "shop", "mine", "{\"text\":\"" + KB_64 + "\"}");
    EventBridgeClient service =
        rooms.client(EventBridgeClient.class, new Principal.Service("s3.amazonaws.com"));
    put(service, "default", "aws.s3", "{}");
    put(service, "default", "aws.states", "{\"detail\":\"\\\",\\\"source\\\":\\\"aws.s3\"}");
    events.putEvents(r -> r.entries(e -> e.source("aws.s3").detailType("t").detail("{}")));
    assertThat(used(Usage.CUSTOM_EVENTS)).isEqualTo(Map.of("shop", 3.0));
    assertThat(used(Usage.OPT_IN_EVENTS)).isEqualTo(Map.of("default", 1.0));
  }

  @Test
  void forwardedArchivedReplayedAndDiscoveredEvents_areCountedEachForThemselves() {
    EventBridgeClient events = rooms.client(EventBridgeClient.class);
    String shop = events.createEventBus(b -> b.name("shop")).eventBusArn();
    String archive =
        events.createArchive(a -> a.archiveName("all").eventSourceArn(shop)).archiveArn();
    rooms.client(SchemasClient.class).createDiscoverer(d -> d.sourceArn(shop));
    events.putRule(r -> r.name("over").eventPattern("{\"source\":[\"mine\"]}"));
    events.putTargets(
        t -> t.rule("over").targets(x -> x.id("bus").arn(shop).roleArn("arn:aws:iam::0:role/r")));
    put(events, "default", "mine", "{\"replay-name\":\"no\"}");
    put(events, "default", "mine", "{\"text\":\"" + "x".repeat(8 * 1024) + "\"}");
    assertThat(used(Usage.CUSTOM_EVENTS)).isEqualTo(Map.of("default", 2.0));
    assertThat(used(Usage.FORWARDED_EVENTS)).isEqualTo(Map.of("shop", 2.0));
    assertThat(used(Usage.DISCOVERED_EVENTS)).isEqualTo(Map.of("shop", 3.0));
    assertThat(used(Usage.ARCHIVED_BYTES).get("shop") * (1 << 30))
        .isCloseTo(
            events.describeArchive(a -> a.archiveName("all")).sizeBytes(), Offset.offset(0.01));

    rooms.clock.advance(Duration.ofMinutes(1));
    events.startReplay(r ->
        r.replayName("again")
            .eventSourceArn(archive)
            .eventStartTime(Rooms.START.minusSeconds(1))
            .eventEndTime(Rooms.START.plusSeconds(1))
            .destination(d -> d.arn(shop)));
    rooms.clock.advance(Duration.ofSeconds(1));
    assertThat(used(Usage.REPLAYED_EVENTS)).isEqualTo(Map.of("shop", 2.0));
    assertThat(used(Usage.FORWARDED_EVENTS)).isEqualTo(Map.of("shop", 2.0));
  }

  @Test
  void queues_areCountedByRequestAnd64Kb_thoseOfFifoApart() {
    SqsClient sqs = rooms.client(SqsClient.class);
    String url = sqs.createQueue(q -> q.queueName("orders")).queueUrl();
    String fifo =
        sqs.createQueue(
                q -> q.queueName("orders.fifo").attributesWithStrings(Map.of("FifoQueue", "true")))
            .queueUrl();
    sqs.sendMessage(m -> m.queueUrl(url).messageBody("small"));
    sqs.sendMessage(m -> m.queueUrl(url).messageBody(KB_64 + "x"));
    sqs.sendMessageBatch(m ->
        m.queueUrl(url)
            .entries(
                IntStream.range(0, 10).mapToObj(i -> entry("m" + i, "x".repeat(10_000))).toList()));
    sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(1));
    sqs.sendMessage(
        m -> m.queueUrl(fifo).messageBody("m").messageGroupId("g").messageDeduplicationId("d"));
    assertThatThrownBy(() -> sqs.receiveMessage(r -> r.queueUrl(url + "-gone")))
        .isInstanceOf(QueueDoesNotExistException.class);
    assertThat(used(Usage.QUEUE_REQUESTS))
        .isEqualTo(Map.of("orders", 1 + 1 + 2 + 2 + 1.0, "orders-gone", 1.0));
    assertThat(used(Usage.FIFO_QUEUE_REQUESTS)).isEqualTo(Map.of("orders.fifo", 2.0));
  }

  @Test
  void deliveriesToQueues_areCountedByMessage_howeverTheyAreMade() {
    SqsClient own = rooms.client(SqsClient.class);
    String url = own.createQueue(q -> q.queueName("orders")).queueUrl();
    SqsClient sqs = rooms.client(SqsClient.class, new Principal.Service("events.amazonaws.com"));
    sqs.getQueueUrl(q -> q.queueName("orders"));
    sqs.sendMessageBatch(m ->
        m.queueUrl(url).entries(entry("a", "small"), entry("b", "small"), entry("c", KB_64 + "x")));
    sqs.sendMessage(m -> m.queueUrl(url).messageBody("small"));
    assertThat(used(Usage.QUEUE_REQUESTS)).isEqualTo(Map.of("orders", 1 + 1 + 1 + 2 + 1.0));
  }

  @Test
  void topics_areCountedByWhatIsPublished() {
    SnsClient sns = rooms.client(SnsClient.class);
    String arn = sns.createTopic(t -> t.name("news")).topicArn();
    sns.publish(p -> p.topicArn(arn).message("small"));
    sns.publish(p -> p.topicArn(arn).message(KB_64 + "x"));
    assertThat(used(Usage.TOPIC_REQUESTS)).isEqualTo(Map.of("news", 3.0));
  }

  @Test
  void objects_areCountedByTheClassOfTheirRequests() {
    S3Client s3 = rooms.client(S3Client.class);
    s3.createBucket(b -> b.bucket("files"));
    s3.putObject(p -> p.bucket("files").key("a"), RequestBody.fromString("text"));
    s3.listObjectsV2(l -> l.bucket("files"));
    s3.getObjectAsBytes(g -> g.bucket("files").key("a"));
    s3.headObject(h -> h.bucket("files").key("a"));
    assertThatThrownBy(() -> s3.getObjectAsBytes(g -> g.bucket("files").key("b")))
        .isInstanceOf(NoSuchKeyException.class);
    s3.deleteObject(d -> d.bucket("files").key("a"));
    assertThat(used(Usage.TIER_1_REQUESTS)).isEqualTo(Map.of("files", 3.0));
    assertThat(used(Usage.TIER_2_REQUESTS)).isEqualTo(Map.of("files", 3.0));
  }

  @Test
  void reads_areCountedBy4Kb_eventuallyConsistentOnesHalf_transactionsTwice() {
    DynamoDbClient db = table();
    db.putItem(p -> p.tableName("users").item(Map.of("id", s("big"), "text", s(kb(5)))));
    double written = used(Usage.WRITE_UNITS).get("users");
    db.getItem(g -> g.tableName("users").key(Map.of("id", s("gone"))).consistentRead(true));
    db.getItem(g -> g.tableName("users").key(Map.of("id", s("big"))));
    db.transactGetItems(
        t -> t.transactItems(i -> i.get(g -> g.tableName("users").key(Map.of("id", s("big"))))));
    db.scan(x -> x.tableName("users"));
    assertThat(used(Usage.READ_UNITS)).isEqualTo(Map.of("users", 1 + 1 + 4 + 1.0));
    assertThat(used(Usage.WRITE_UNITS)).isEqualTo(Map.of("users", written));
  }

  @Test
  void writes_areCountedByKb_withTheirIndexEntries_refusedOnesToo_transactionsTwice() {
    DynamoDbClient db = table();
    db.putItem(p -> p.tableName("users").item(Map.of("id", s("a"), "town", s("x"))));
    assertThat(used(Usage.WRITE_UNITS)).isEqualTo(Map.of("users", 2.0));
    db.putItem(p -> p.tableName("users").item(Map.of("id", s("b"), "text", s(kb(2)))));
    assertThat(used(Usage.WRITE_UNITS)).isEqualTo(Map.of("users", 5.0));
    assertThatThrownBy(() ->
            db.putItem(p ->
                p.tableName("users")
                    .item(Map.of("id", s("b")))
                    .conditionExpression("attribute_not_exists(id)")))
        .isInstanceOf(ConditionalCheckFailedException.class);
    assertThat(used(Usage.WRITE_UNITS)).isEqualTo(Map.of("users", 8.0));
    db.batchExecuteStatement(x -> x.statements(insert("b"), insert("c")));
    assertThat(used(Usage.WRITE_UNITS)).isEqualTo(Map.of("users", 12.0));
    db.transactWriteItems(t ->
        t.transactItems(
            TransactWriteItem.builder()
                .put(p -> p.tableName("users").item(Map.of("id", s("d"))))
                .build()));
    assertThat(used(Usage.WRITE_UNITS)).isEqualTo(Map.of("users", 14.0));
  }

  @Test
  void workflows_areCountedByTransition_expressOnesByExecutionAndTime() {
    SfnClient sfn = rooms.client(SfnClient.class);
    String retried =
        """
        {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Task",
          "Resource": "arn:aws:states:::aws-sdk:sqs:getQueueUrl", "Parameters": {"QueueName": "no"},
          "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "MaxAttempts": 2}],
          "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "C"}], "End": true},
          "C": {"Type": "Succeed"}}}
        """;
    String mapped =
        """
        {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "Label": "Rows",
          "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
            "StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 1, "End": true}}}}}}
        """;
    start(sfn, "retried", StateMachineType.STANDARD, retried, "{}");
    start(sfn, "mapped", StateMachineType.STANDARD, mapped, "[1, 2, 3]");
    rooms.clock.advance(Duration.ofMinutes(1));
    assertThat(used(Usage.STATE_TRANSITIONS))
        .isEqualTo(Map.of("retried", 2 + 3 + 2.0, "mapped", 2 + 1 + 3.0));
    assertThat(used(Usage.EXPRESS_REQUESTS)).isEqualTo(Map.of("mapped", 3.0));
    assertThat(used(Usage.EXPRESS_DURATION).get("mapped")).isCloseTo(3 * 64 / 1024.0, EXACTLY);
  }

  @Test
  void mails_areCountedByRecipient() {
    SesV2Client ses = rooms.client(SesV2Client.class);
    ses.createEmailIdentity(i -> i.emailIdentity("me@example.com"));
    ses.sendEmail(m ->
        m.fromEmailAddress("me@example.com")
            .destination(d -> d.toAddresses("a@example.com", "b@example.com").ccAddresses("c@d.e"))
            .content(c ->
                c.simple(x -> x.subject(s -> s.data("s")).body(b -> b.text(t -> t.data("t"))))));
    assertThat(used(Usage.MAILS)).isEqualTo(Map.of("", 3.0));
  }

  @Test
  void logs_areCountedByBytes() {
    CloudWatchLogsClient logs = rooms.client(CloudWatchLogsClient.class);
    logs.createLogGroup(g -> g.logGroupName("/g"));
    logs.createLogStream(s -> s.logGroupName("/g").logStreamName("s"));
    logs.putLogEvents(p ->
        p.logGroupName("/g")
            .logStreamName("s")
            .logEvents(
                e -> e.timestamp(Rooms.START.toEpochMilli()).message("é"),
                e -> e.timestamp(Rooms.START.toEpochMilli()).message("abc")));
    assertThat(used(Usage.LOGGED_BYTES).get("/g")).isCloseTo(5.0 / (1 << 30), EXACTLY);
  }

  @Test
  void customMetrics_areCountedForEachHour_andRequests_butNothingOfServices() {
    CloudWatchClient metrics = rooms.client(CloudWatchClient.class);
    metrics.putMetricData(p -> p.namespace("Shop").metricData(d -> d.metricName("a").value(1.0)));
    metrics.putMetricData(p ->
        p.namespace("Shop")
            .metricData(d -> d.metricName("a").value(1.0), d -> d.metricName("b").value(1.0)));
    rooms
        .client(CloudWatchClient.class, new Principal.Service("events.amazonaws.com"))
        .putMetricData(
            p -> p.namespace("AWS/Events").metricData(d -> d.metricName("x").value(1.0)));
    rooms.clock.advance(Duration.ofHours(1));
    metrics.putMetricData(p -> p.namespace("Shop").metricData(d -> d.metricName("a").value(1.0)));
    assertThat(used(Usage.METRIC_HOURS)).isEqualTo(Map.of("Shop", 3.0));
    assertThat(used(Usage.METRIC_REQUESTS)).isEqualTo(Map.of("", 3.0));
  }

  @Test
  void whoLooksOn_paysForWhatHeDoesAlone() {
    table();
    DynamoDbClient onlooker = rooms.onlooker(DynamoDbClient.class);
    onlooker.putItem(p -> p.tableName("users").item(Map.of("id", s("a"))));
    onlooker.scan(x -> x.tableName("users"));
    onlooker.getItem(g -> g.tableName("users").key(Map.of("id", s("a"))));
    S3Client s3 = rooms.onlooker(S3Client.class);
    s3.createBucket(b -> b.bucket("files"));
    s3.listObjectsV2(l -> l.bucket("files"));
    assertThat(used(Usage.WRITE_UNITS)).isEqualTo(Map.of("users", 1.0));
    assertThat(used(Usage.READ_UNITS)).isEmpty();
    assertThat(used(Usage.TIER_1_REQUESTS)).isEqualTo(Map.of("files", 1.0));
  }

  private static void put(EventBridgeClient events, String bus, String source, String detail) {
    assertThat(
            events
                .putEvents(r ->
                    r.entries(
                        e -> e.eventBusName(bus).source(source).detailType("t").detail(detail)))
                .failedEntryCount())
        .isZero();
  }

  private static software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry entry(
      String id, String body) {
    return software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry.builder()
        .id(id)
        .messageBody(body)
        .build();
  }

  private static void start(
      SfnClient sfn, String name, StateMachineType type, String definition, String input) {
    String arn =
        sfn.createStateMachine(m ->
                m.name(name)
                    .type(type)
                    .roleArn("arn:aws:iam::000000000000:role/workflow")
                    .definition(definition))
            .stateMachineArn();
    sfn.startExecution(e -> e.stateMachineArn(arn).input(input));
  }

  private DynamoDbClient table() {
    DynamoDbClient db = rooms.client(DynamoDbClient.class);
    db.createTable(t ->
        t.tableName("users")
            .billingMode("PAY_PER_REQUEST")
            .attributeDefinitions(
                a -> a.attributeName("id").attributeType(ScalarAttributeType.S),
                a -> a.attributeName("town").attributeType(ScalarAttributeType.S))
            .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
            .globalSecondaryIndexes(g ->
                g.indexName("by-town")
                    .keySchema(k -> k.attributeName("town").keyType(KeyType.HASH))
                    .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY))));
    return db;
  }

  private static BatchStatementRequest insert(String id) {
    return BatchStatementRequest.builder()
        .statement("INSERT INTO \"users\" VALUE {'id': ?}")
        .parameters(s(id))
        .build();
  }

  private static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  private static String kb(int number) {
    return "x".repeat(number * 1024);
  }

  /** How much was used of what, by resource. */
  private Map<String, Double> used(Usage usage) {
    return rooms.meter.between(Rooms.START, rooms.clock.now()).stream()
        .filter(c -> c.usage() == usage)
        .collect(java.util.stream.Collectors.toMap(Consumed::resource, Consumed::quantity));
  }
}
