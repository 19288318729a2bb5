package dev.onboard.statemachine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.functions.event.LogSentMails;
import dev.onboard.functions.mail.DynamoMailLedger;
import dev.onboard.functions.mail.MailEntry;
import dev.onboard.functions.mail.MailEntry.Status;
import dev.onboard.functions.mail.MailLedger.Counter;
import dev.onboard.functions.mail.MailLedger.Step;
import dev.onboard.functions.mail.Outcomes.Outcome;
import dev.onboard.functions.mail.Postman;
import dev.onboard.functions.mail.SesPostman;
import dev.onboard.functions.mail.WelcomeMail;
import dev.onboard.functions.storage.ObjectUpload;
import dev.onboard.functions.storage.S3Objects;
import dev.onboard.functions.time.Pause;
import dev.onboard.functions.user.BatchLedger.Counted;
import dev.onboard.functions.user.BatchLedger.Totals;
import dev.onboard.functions.user.DynamoBatchLedger;
import dev.onboard.functions.user.DynamoUserStore;
import dev.onboard.functions.user.Person;
import dev.onboard.functions.user.User;
import dev.onboard.functions.user.User.Imported;
import dev.onboard.functions.user.User.Registered;
import dev.onboard.local.LocalRuntime;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import dev.onboard.local.call.Services;
import dev.onboard.local.clock.LocalClock;
import dev.onboard.local.dynamodb.LocalDynamoDb;
import dev.onboard.local.s3.LocalS3;
import dev.onboard.local.store.Store;
import dev.onboard.local.usage.Meter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.EventType;

/** What the functions say to DynamoDB and S3, understood by the local ones. */
class AdaptersTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private LocalClock clock;
  private Store store;
  private Services services;
  private DynamoDbClient dynamoDb;
  private S3Client s3;

  @BeforeEach
  void open(@TempDir Path folder) {
    clock = LocalClock.standingAt(NOW);
    store = Store.open(folder);
    services = new Services(List.of());
    Environment environment =
        new Environment(
            store,
            clock,
            services,
            new Meter(store, clock),
            "000000000000",
            "us-east-1",
            () -> URI.create("http://127.0.0.1:4566"));
    services.register(new LocalDynamoDb(environment));
    services.register(new LocalS3(environment));
    Principal administrator = new Principal.User("000000000000", "administrator");
    dynamoDb = services.client(DynamoDbClient.class, administrator);
    s3 = services.client(S3Client.class, administrator);
    table("users", "email");
    table("imports", "importId");
    table("mails", "userId");
    s3.createBucket(create -> create.bucket("results"));
    dynamoDb.putItem(
        put -> put.tableName("imports").item(Map.of("importId", AttributeValue.fromS("i"))));
  }

  @AfterEach
  void close() {
    clock.close();
    services.all().forEach(service -> service.implementation().close());
    store.close();
  }

  @Test
  void usersInTheWay_comeBackAsTheyWereStored() {
    DynamoUserStore users = new DynamoUserStore(dynamoDb, "users", Pause.REAL);
    List<User> all =
        IntStream.range(0, 60)
            .mapToObj(i -> user("p" + i + "@x", new Imported("i", i + 2, "i#2")))
            .toList();
    assertThat(users.insert(all.subList(0, 40))).isEmpty();
    Map<String, User> inTheWay = users.insert(all);
    assertThat(inTheWay).hasSize(40).containsEntry("p7@x", all.get(7));
    User registered = user("r@x", new Registered("e", null));
    users.insert(List.of(registered));
    users.markPublished("r@x", "now");
    assertThat(users.insert(List.of(registered)).get("r@x").origin())
        .isEqualTo(new Registered("e", "now"));
  }

  @Test
  void batchCountedTwice_isCountedOnce() {
    DynamoBatchLedger ledger = new DynamoBatchLedger(dynamoDb, "imports", Pause.REAL);
    Totals totals = new Totals("i#2", "i", 101, 100, 90, 7, 3);
    assertThat(ledger.count(totals)).isEmpty();
    assertThat(ledger.count(totals)).isEqualTo(Optional.of(new Counted(101, null)));
    assertThat(item("imports", "importId", "i"))
        .containsEntry("read", AttributeValue.fromN("100"))
        .containsEntry("created", AttributeValue.fromN("90"));
    assertThat(ledger.published(List.of("i#2", "none"))).isEmpty();
    dynamoDb.updateItem(update ->
        update
            .tableName("imports")
            .key(Map.of("importId", AttributeValue.fromS("i#2")))
            .updateExpression("SET publishedAt = :now")
            .expressionAttributeValues(Map.of(":now", AttributeValue.fromS("now"))));
    assertThat(ledger.published(List.of("i#2", "none"))).containsExactly("i#2");
    assertThat(ledger.count(totals)).isEqualTo(Optional.of(new Counted(101, "now")));
  }

  @Test
  void mailsAreClaimedTakenOverReleasedAndSettledOnce() {
    DynamoMailLedger ledger = new DynamoMailLedger(dynamoDb, "mails", "imports", Pause.REAL);
    List<MailEntry> claims =
        IntStream.range(0, 60).mapToObj(i -> claim("u" + i, i == 59 ? "gone" : "i", "a1")).toList();
    assertThat(ledger.claim(claims)).isEmpty();
    assertThat(ledger.claim(claims.subList(0, 2)))
        .containsEntry("u0", claims.get(0))
        .containsEntry("u1", claims.get(1));
    assertThat(ledger.takeOver(claims.get(0), claim("u0", "i", "a2"))).isTrue();
    assertThat(ledger.takeOver(claims.get(0), claim("u0", "i", "a3"))).isFalse();
    ledger.release(claims.subList(0, 2));
    assertThat(ledger.find(List.of("u0", "u1"))).containsOnlyKeys("u0");
    List<Step> steps = new ArrayList<>();
    claims.forEach(
        claim -> steps.add(new Step(claim, Status.SENT, Counter.MAILS, "m", "Accepted", NOW)));
    assertThat(ledger.take(steps)).hasSize(58).doesNotContain("u0", "u1");
    assertThat(ledger.take(steps)).isEmpty();
    assertThat(item("imports", "importId", "i")).containsEntry("mails", AttributeValue.fromN("57"));
    assertThat(item("imports", "importId", "gone")).isEmpty();
    MailEntry sent = ledger.find(List.of("u9")).get("u9");
    assertThat(sent.status()).isEqualTo(Status.SENT);
    assertThat(sent.messageId()).isEqualTo("m");
    Step bounce = new Step(sent, Status.UNDELIVERABLE, null, "m", "Bounce: Permanent", NOW);
    assertThat(ledger.take(List.of(bounce))).containsExactly("u9");
    assertThat(item("mails", "userId", "u9"))
        .containsEntry("outcome", AttributeValue.fromS("Bounce: Permanent"));
  }

  @Test
  void objects_areWrittenInPartsReadAndMissed() throws IOException {
    S3Objects objects = new S3Objects(s3);
    byte[] line = "0123456789abcdef".repeat(1024).getBytes(UTF_8);
    for (int lines : new int[] {0, 1, 512, 1025}) {
      try (ObjectUpload upload = objects.create("results", "k" + lines, "text/csv")) {
        for (int i = 0; i < lines; i++) {
          upload.write(line);
        }
        upload.complete();
      }
      try (var content = objects.open("results", "k" + lines, "").orElseThrow()) {
        assertThat(content.bytes()).isEqualTo((long) lines * line.length);
        assertThat(content.stream().readAllBytes()).hasSize(lines * line.length);
      }
    }
    try (ObjectUpload upload = objects.create("results", "given-up", "text/csv")) {
      for (int i = 0; i < 600; i++) {
        upload.write(line);
      }
    }
    assertThat(objects.open("results", "given-up", "")).isEmpty();
    assertThat(s3.listMultipartUploads(list -> list.bucket("results")).uploads()).isEmpty();
  }

  /** Over HTTP the SDK adds a checksum to each part, which the whole must have been told of. */
  @Test
  void objectInParts_overHttp_isWhole(@TempDir Path data) throws IOException {
    byte[] block = new byte[6 << 20];
    try (var runtime = LocalRuntime.start(data, 0)) {
      S3Client outside = Clients.at(runtime.endpoint()).s3();
      outside.createBucket(create -> create.bucket("results"));
      var objects = new S3Objects(outside);
      try (ObjectUpload upload = objects.create("results", "k", "text/csv")) {
        for (int i = 0; i < 3; i++) {
          upload.write(block);
        }
        upload.complete();
      }
      try (var content = objects.open("results", "k", "").orElseThrow()) {
        assertThat(content.bytes()).isEqualTo(3L * block.length);
      }
    }
  }

  /** From SES over the default bus and a rule into a log, and back to who asks. */
  @Test
  void wordOfSes_isFoundByAttempt(@TempDir Path data) throws IOException {
    try (var runtime = LocalRuntime.start(data, 0)) {
      SesV2Client ses = runtime.client(SesV2Client.class);
      ses.createEmailIdentity(create -> create.emailIdentity("a@example.com"));
      ses.createEmailTemplate(create ->
          create
              .templateName("t")
              .templateContent(content -> content.subject("{{greeting}}").text("x")));
      ses.createConfigurationSet(create -> create.configurationSetName("set"));
      EventBridgeClient events = runtime.client(EventBridgeClient.class);
      String bus = events.describeEventBus(describe -> {}).arn();
      ses.createConfigurationSetEventDestination(create ->
          create
              .configurationSetName("set")
              .eventDestinationName("bus")
              .eventDestination(destination ->
                  destination
                      .enabled(true)
                      .matchingEventTypes(EventType.SEND)
                      .eventBridgeDestination(bridge -> bridge.eventBusArn(bus))));
      CloudWatchLogsClient logs = runtime.client(CloudWatchLogsClient.class);
      logs.createLogGroup(create -> create.logGroupName("/aws/events/sent"));
      logs.putResourcePolicy(put ->
          put.policyName("events")
              .policyDocument(
                  """
                  {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                   "Principal": {"Service": ["events.amazonaws.com", "delivery.logs.amazonaws.com"]},
                   "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": "*"}]}
                  """));
      events.putRule(put -> put.name("sent").eventPattern("{\"source\": [\"aws.ses\"]}"));
      events.putTargets(put ->
          put.rule("sent")
              .targets(target ->
                  target
                      .id("log")
                      .arn("arn:aws:logs:us-east-1:000000000000:log-group:/aws/events/sent")));
      var postman = new SesPostman(ses, "a@example.com", "t", "set");
      Instant since = runtime.clock().now();
      List<Postman.Result> results =
          postman.send(List.of(mail("u1", "i"), mail("u2", null)), "one-attempt");
      postman.send(List.of(mail("u3", "i")), "another-attempt");
      var sentMails = new LogSentMails(() -> logs, "/aws/events/sent");
      assertThat(sentMails.of("one-attempt", since))
          .extracting(sent -> new Postman.Result.Accepted(sent.messageId()))
          .containsExactlyElementsOf(
              results.stream().map(Postman.Result.Accepted.class::cast).toList());
      assertThat(sentMails.of("one-attempt", since))
          .extracting(Outcome::userId)
          .containsExactly("u1", "u2");
      assertThat(sentMails.of("no-attempt", since)).isEmpty();
    }
  }

  private static WelcomeMail mail(String userId, @Nullable String importId) {
    return new WelcomeMail(userId, "e" + userId, userId + "@example.org", importId, "N");
  }

  private static User user(String email, User.Origin origin) {
    return new User(
        new Person(email, "N", "F", null, null, "en", Map.of("Team", "A", "x y", "b\\c")),
        "start",
        origin);
  }

  private static MailEntry claim(String userId, String importId, String attempt) {
    return new MailEntry(
        userId,
        "e" + userId,
        userId + "@x",
        importId,
        Status.CLAIMED,
        attempt,
        NOW,
        NOW.plusSeconds(60),
        null);
  }

  private Map<String, AttributeValue> item(String table, String key, String value) {
    return dynamoDb
        .getItem(get -> get.tableName(table).key(Map.of(key, AttributeValue.fromS(value))))
        .item();
  }

  private void table(String name, String key) {
    dynamoDb.createTable(create ->
        create
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                definition -> definition.attributeName(key).attributeType(ScalarAttributeType.S))
            .keySchema(schema -> schema.attributeName(key).keyType(KeyType.HASH)));
  }
}
