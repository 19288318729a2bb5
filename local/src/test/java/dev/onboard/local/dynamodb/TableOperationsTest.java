package dev.onboard.local.dynamodb;

import static dev.onboard.local.dynamodb.Fixture.attribute;
import static dev.onboard.local.dynamodb.Fixture.element;
import static dev.onboard.local.dynamodb.Fixture.error;
import static dev.onboard.local.dynamodb.Fixture.get;
import static dev.onboard.local.dynamodb.Fixture.item;
import static dev.onboard.local.dynamodb.Fixture.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.Rooms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.SSEType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

class TableOperationsTest {
  @TempDir Path folder;
  Rooms rooms;
  DynamoDbClient db;

  @BeforeEach
  void open() {
    rooms = Fixture.open(folder);
    db = rooms.client(DynamoDbClient.class);
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  @Test
  void create_onDemand_isDescribed() {
    var created =
        db.createTable(
                Fixture.table("Users", "email:S")
                    .sseSpecification(s -> s.enabled(true))
                    .tableClass("STANDARD_INFREQUENT_ACCESS")
                    .deletionProtectionEnabled(true)
                    .tags(Tag.builder().key("team").value("people").build())
                    .build())
            .tableDescription();
    assertThat(created.tableStatus()).isEqualTo(TableStatus.CREATING);
    rooms.close();
    rooms = Fixture.open(folder);
    db = rooms.client(DynamoDbClient.class);

    var table = db.describeTable(r -> r.tableName("Users")).table();
    assertThat(table.tableStatus()).isEqualTo(TableStatus.ACTIVE);
    assertThat(table.tableArn()).isEqualTo("arn:aws:dynamodb:us-east-1:000000000000:table/Users");
    assertThat(table.tableId()).isEqualTo(created.tableId());
    assertThat(table.creationDateTime()).isEqualTo(Rooms.START);
    assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
    assertThat(table.provisionedThroughput().readCapacityUnits()).isZero();
    assertThat(table.sseDescription().sseType()).isEqualTo(SSEType.KMS);
    assertThat(table.tableClassSummary().tableClassAsString())
        .isEqualTo("STANDARD_INFREQUENT_ACCESS");
    assertThat(table.deletionProtectionEnabled()).isTrue();
    assertThat(table.itemCount()).isZero();
    assertThat(db.listTagsOfResource(r -> r.resourceArn(table.tableArn())).tags())
        .extracting(Tag::key)
        .containsExactly("team");
    assertThat(db.describeTable(r -> r.tableName(table.tableArn())).table()).isEqualTo(table);
  }

  @Test
  void create_answersEmptyIndexes_andWhatWasAskedToBeWarm() {
    var definition =
        Fixture.table("Users", "email:S")
            .attributeDefinitions(Fixture.attribute("email", "S"), Fixture.attribute("city", "S"))
            .globalSecondaryIndexes(i ->
                i.indexName("cities")
                    .keySchema(Fixture.element("city", "HASH"))
                    .projection(p -> p.projectionType("ALL")));
    var created = db.createTable(definition.build()).tableDescription();
    assertThat(created.warmThroughput()).isNull();
    var index = created.globalSecondaryIndexes().getFirst();
    assertThat(index.itemCount()).isZero();
    assertThat(index.indexSizeBytes()).isZero();
    assertThat(index.warmThroughput()).isNull();
    var table = db.describeTable(r -> r.tableName("Users")).table();
    assertThat(table.warmThroughput().readUnitsPerSecond()).isEqualTo(12_000);
    assertThat(table.globalSecondaryIndexes().getFirst().warmThroughput().writeUnitsPerSecond())
        .isEqualTo(4_000);

    var warm =
        db.createTable(
                definition
                    .tableName("Warm")
                    .warmThroughput(w -> w.readUnitsPerSecond(15_000L).writeUnitsPerSecond(5_000L))
                    .build())
            .tableDescription()
            .warmThroughput();
    assertThat(warm.statusAsString()).isEqualTo("UPDATING");
    assertThat(warm.readUnitsPerSecond()).isEqualTo(15_000);
  }

  @Test
  void create_twice_isRefused() {
    db.createTable(Fixture.table("Users", "email:S").build());
    assertThat(error(() -> db.createTable(Fixture.table("Users", "email:S").build())))
        .isEqualTo("ResourceInUseException: Table already exists: Users");
  }

  @Test
  void create_badDefinition_isRefusedAsByAws() {
    assertThat(error(() -> db.createTable(Fixture.table("ab", "pk:S").build())))
        .isEqualTo(
            "ValidationException: 1 validation error detected: Value 'ab' at 'tableName' failed to"
                + " satisfy constraint: Member must have length greater than or equal to 3");
    assertThat(error(() -> db.createTable(Fixture.table("abc", "pk:X").build())))
        .isEqualTo(
            "ValidationException: 1 validation error detected: Value 'X' at"
                + " 'attributeDefinitions.1.member.attributeType' failed to satisfy constraint:"
                + " Member must satisfy enum value set: [B, N, S]");
    assertThat(
            error(() ->
                db.createTable(
                    Fixture.table("abc", "pk:S").billingMode(BillingMode.PROVISIONED).build())))
        .isEqualTo(
            "ValidationException: One or more parameter values were invalid: ReadCapacityUnits and"
                + " WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
    assertThat(
            error(() ->
                db.createTable(
                    Fixture.table("abc", "pk:S")
                        .attributeDefinitions(attribute("pk", "S"), attribute("more", "S"))
                        .build())))
        .isEqualTo(
            "ValidationException: One or more parameter values were invalid: Number of attributes"
                + " in KeySchema does not exactly match number of attributes defined in"
                + " AttributeDefinitions");
    assertThat(
            error(() ->
                db.createTable(
                    Fixture.table("abc", "pk:S")
                        .keySchema(element("pk", "HASH"), element("pk", "RANGE"))
                        .build())))
        .isEqualTo(
            "ValidationException: Invalid KeySchema: Some index key attribute have no definition");
    assertThat(
            error(() ->
                db.createTable(
                    Fixture.table("abc", "pk:S")
                        .streamSpecification(s -> s.streamEnabled(true))
                        .build())))
        .contains("dynamodb:CreateTable with a StreamSpecification that is enabled");
  }

  @Test
  void unsupportedOperations_areRefusedByName() {
    assertThat(error(() -> db.createBackup(r -> r.tableName("x").backupName("y"))))
        .contains("dynamodb:CreateBackup is not supported");
    assertThat(error(() -> db.listGlobalTables())).contains("dynamodb:ListGlobalTables");
  }

  @Test
  void delete_protectedTable_isRefusedUntilItIsNot() {
    db.createTable(Fixture.table("Users", "email:S").deletionProtectionEnabled(true).build());
    put(db, "Users", "email", "a");
    assertThat(error(() -> db.deleteTable(r -> r.tableName("Users"))))
        .isEqualTo(
            "ValidationException: Resource cannot be deleted as it is currently protected against"
                + " deletion. Disable deletion protection first.");
    db.updateTable(r -> r.tableName("Users").deletionProtectionEnabled(false));
    var deleted = db.deleteTable(r -> r.tableName("Users")).tableDescription();
    assertThat(deleted.tableStatus()).isEqualTo(TableStatus.DELETING);
    assertThat(error(() -> db.describeTable(r -> r.tableName("Users"))))
        .isEqualTo(
            "ResourceNotFoundException: Requested resource not found: Table: Users not found");
    db.createTable(Fixture.table("Users", "email:S").build());
    assertThat(db.scan(r -> r.tableName("Users")).count()).isZero();
  }

  @Test
  void list_pages_inOrderOfNames() {
    IntStream.range(0, 5)
        .forEach(i -> db.createTable(Fixture.table("table" + (4 - i), "pk:S").build()));
    var first = db.listTables(r -> r.limit(3));
    assertThat(first.tableNames()).containsExactly("table0", "table1", "table2");
    assertThat(first.lastEvaluatedTableName()).isEqualTo("table2");
    var second = db.listTables(r -> r.exclusiveStartTableName("table2"));
    assertThat(second.tableNames()).containsExactly("table3", "table4");
    assertThat(second.lastEvaluatedTableName()).isNull();
  }

  @Test
  void update_newIndex_isFilledAndGoneWhenDeleted() {
    db.createTable(Fixture.table("Users", "email:S").build());
    IntStream.range(0, 120).forEach(i -> put(db, "Users", "email", "u" + i, "city", "c" + i % 3));
    put(db, "Users", "email", "nowhere");
    db.updateTable(r ->
        r.tableName("Users")
            .attributeDefinitions(attribute("city", "S"))
            .globalSecondaryIndexUpdates(u ->
                u.create(c ->
                    c.indexName("by-city")
                        .keySchema(element("city", "HASH"))
                        .projection(Projection.builder().projectionType("ALL").build()))));
    var index =
        db.describeTable(r -> r.tableName("Users")).table().globalSecondaryIndexes().getFirst();
    assertThat(index.indexStatus()).isEqualTo(IndexStatus.ACTIVE);
    assertThat(index.itemCount()).isEqualTo(120);
    assertThat(
            db.query(r ->
                    r.tableName("Users")
                        .indexName("by-city")
                        .keyConditionExpression("city = :c")
                        .expressionAttributeValues(item(":c", "c1")))
                .count())
        .isEqualTo(40);
    db.updateTable(r ->
        r.tableName("Users")
            .globalSecondaryIndexUpdates(u -> u.delete(d -> d.indexName("by-city"))));
    var table = db.describeTable(r -> r.tableName("Users")).table();
    assertThat(table.hasGlobalSecondaryIndexes()).isFalse();
    assertThat(table.attributeDefinitions()).hasSize(1);
  }

  @Test
  void update_billingMode_needsThroughput() {
    db.createTable(
        Fixture.table("Users", "email:S", "at:N")
            .attributeDefinitions(
                attribute("email", "S"), attribute("at", "N"), attribute("city", "S"))
            .globalSecondaryIndexes(
                GlobalSecondaryIndex.builder()
                    .indexName("city")
                    .keySchema(element("city", "HASH"))
                    .projection(Projection.builder().projectionType("KEYS_ONLY").build())
                    .build())
            .build());
    assertThat(error(() -> db.updateTable(r -> r.tableName("Users").billingMode("PROVISIONED"))))
        .isEqualTo(
            "ValidationException: One or more parameter values were invalid: ProvisionedThroughput"
                + " must be specified when BillingMode is PROVISIONED");
    db.updateTable(r ->
        r.tableName("Users")
            .billingMode("PROVISIONED")
            .provisionedThroughput(t -> t.readCapacityUnits(5L).writeCapacityUnits(6L)));
    var table = db.describeTable(r -> r.tableName("Users")).table();
    assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PROVISIONED);
    assertThat(table.provisionedThroughput().writeCapacityUnits()).isEqualTo(6);
    assertThat(error(() -> db.updateTable(r -> r.tableName("Users")))).contains("At least one of");
  }

  @Test
  void timeToLive_overItems_expiresThemOnTheClock() {
    db.createTable(Fixture.table("Imports", "id:S").build());
    long now = Rooms.START.getEpochSecond();
    put(db, "Imports", "id", "before", "expiresAt", (int) now + 60);
    put(db, "Imports", "id", "forever");
    put(db, "Imports", "id", "ages-ago", "expiresAt", 1);
    db.updateTimeToLive(r ->
        r.tableName("Imports")
            .timeToLiveSpecification(t -> t.enabled(true).attributeName("expiresAt")));
    var described = db.describeTimeToLive(r -> r.tableName("Imports")).timeToLiveDescription();
    assertThat(described.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
    assertThat(described.attributeName()).isEqualTo("expiresAt");
    put(db, "Imports", "id", "after", "expiresAt", (int) now + 30);

    rooms.clock.advance(Duration.ofSeconds(40));
    assertThat(db.scan(r -> r.tableName("Imports")).items())
        .extracting(i -> i.get("id").s())
        .containsExactlyInAnyOrder("before", "forever", "ages-ago");
    rooms.close();
    rooms = Rooms.open(folder, Rooms.START.plusSeconds(50), e -> List.of(new LocalDynamoDb(e)));
    db = rooms.client(DynamoDbClient.class);
    rooms.clock.advance(Duration.ofSeconds(40));
    assertThat(db.scan(r -> r.tableName("Imports")).items())
        .extracting(i -> i.get("id").s())
        .containsExactlyInAnyOrder("forever", "ages-ago");
    assertThat(db.describeTable(r -> r.tableName("Imports")).table().itemCount()).isEqualTo(2);
    assertThat(
            error(() ->
                db.updateTimeToLive(r ->
                    r.tableName("Imports")
                        .timeToLiveSpecification(t -> t.enabled(true).attributeName("expiresAt")))))
        .isEqualTo("ValidationException: TimeToLive is already enabled");
  }

  @Test
  void recovery_isDescribedAsItWasSet() {
    db.createTable(Fixture.table("Users", "email:S").build());
    var before =
        db.describeContinuousBackups(r -> r.tableName("Users")).continuousBackupsDescription();
    assertThat(before.continuousBackupsStatusAsString()).isEqualTo("ENABLED");
    assertThat(before.pointInTimeRecoveryDescription().pointInTimeRecoveryStatus())
        .isEqualTo(PointInTimeRecoveryStatus.DISABLED);
    db.updateContinuousBackups(r ->
        r.tableName("Users")
            .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(true)));
    rooms.clock.advance(Duration.ofHours(1));
    var after =
        db.describeContinuousBackups(r -> r.tableName("Users"))
            .continuousBackupsDescription()
            .pointInTimeRecoveryDescription();
    assertThat(after.pointInTimeRecoveryStatus()).isEqualTo(PointInTimeRecoveryStatus.ENABLED);
    assertThat(after.earliestRestorableDateTime()).isEqualTo(Rooms.START);
    assertThat(after.latestRestorableDateTime())
        .isEqualTo(Rooms.START.plus(Duration.ofMinutes(55)));
    assertThat(error(() -> db.describeContinuousBackups(r -> r.tableName("Nothing"))))
        .isEqualTo("TableNotFoundException: Table not found: Nothing");
  }

  @Test
  void tags_pageAndGo() {
    String arn =
        db.createTable(Fixture.table("Users", "email:S").build()).tableDescription().tableArn();
    db.tagResource(r ->
        r.resourceArn(arn)
            .tags(
                IntStream.range(0, 12)
                    .mapToObj(i -> Tag.builder().key("k" + i).value("v").build())
                    .toList()));
    db.untagResource(r -> r.resourceArn(arn).tagKeys("k0"));
    var first = db.listTagsOfResource(r -> r.resourceArn(arn));
    assertThat(first.tags()).hasSize(10);
    assertThat(db.listTagsOfResource(r -> r.resourceArn(arn).nextToken(first.nextToken())).tags())
        .hasSize(1);
    assertThat(error(() -> db.listTagsOfResource(r -> r.resourceArn(arn + "x"))))
        .isEqualTo(
            "ResourceNotFoundException: Requested resource not found: ResourcArn: "
                + arn
                + "x not found");
    assertThat(get(db, "Users", "email", "x")).isEmpty();
  }

  @Test
  void describe_limitsAndEndpoints() {
    assertThat(db.describeLimits().tableMaxReadCapacityUnits()).isEqualTo(40_000);
    assertThat(db.describeEndpoints().endpoints().getFirst().address()).isEqualTo("127.0.0.1:4566");
  }
}
