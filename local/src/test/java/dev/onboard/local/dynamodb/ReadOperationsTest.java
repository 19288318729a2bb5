package dev.onboard.local.dynamodb;

import static dev.onboard.local.dynamodb.Fixture.attribute;
import static dev.onboard.local.dynamodb.Fixture.element;
import static dev.onboard.local.dynamodb.Fixture.error;
import static dev.onboard.local.dynamodb.Fixture.item;
import static dev.onboard.local.dynamodb.Fixture.n;
import static dev.onboard.local.dynamodb.Fixture.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.Rooms;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.Select;

class ReadOperationsTest {
  @TempDir Path folder;
  Rooms rooms;
  DynamoDbClient db;

  @BeforeEach
  void open() {
    rooms = Fixture.open(folder);
    db = rooms.client(DynamoDbClient.class);
    db.createTable(
        Fixture.table("Events", "pk:S", "sk:N")
            .attributeDefinitions(
                attribute("pk", "S"),
                attribute("sk", "N"),
                attribute("kind", "S"),
                attribute("at", "N"))
            .localSecondaryIndexes(
                LocalSecondaryIndex.builder()
                    .indexName("by-time")
                    .keySchema(element("pk", "HASH"), element("at", "RANGE"))
                    .projection(Projection.builder().projectionType("KEYS_ONLY").build())
                    .build())
            .globalSecondaryIndexes(
                GlobalSecondaryIndex.builder()
                    .indexName("by-kind")
                    .keySchema(element("kind", "HASH"), element("at", "RANGE"))
                    .projection(
                        Projection.builder()
                            .projectionType("INCLUDE")
                            .nonKeyAttributes("note")
                            .build())
                    .build())
            .build());
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  private void seed() {
    for (int i = 0; i < 10; i++) {
      put(
          db,
          "Events",
          "pk",
          "p",
          "sk",
          i - 5,
          "kind",
          "k" + i % 2,
          "at",
          100 - i,
          "note",
          "n" + i,
          "extra",
          "o" + i);
    }
    put(db, "Events", "pk", "q", "sk", 0, "kind", "k0");
  }

  private List<Integer> sortKeys(Consumer<QueryRequest.Builder> more) {
    return db
        .query(r -> {
          r.tableName("Events");
          more.accept(r);
        })
        .items()
        .stream()
        .map(i -> Integer.parseInt(i.get("sk").n()))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pk = :p|-5 -4 -3 -2 -1 0 1 2 3 4",
        "pk = :p AND sk < :a|-5 -4 -3",
        "pk = :p AND sk <= :a|-5 -4 -3 -2",
        ":a < sk and pk = :p|-1 0 1 2 3 4",
        "(pk = :p) AND (sk >= :b)|3 4",
        "pk = :p AND sk = :a|-2",
        "pk = :p AND sk BETWEEN :a AND :b|-2 -1 0 1 2 3",
      })
  void query_range_isInOrderOfNumbers(String condition, String expected) {
    seed();
    var values = new HashMap<String, AttributeValue>();
    values.put(":p", Fixture.s("p"));
    if (condition.contains(":a")) {
      values.put(":a", n(-2));
    }
    if (condition.contains(":b")) {
      values.put(":b", n(3));
    }
    List<Integer> forward =
        sortKeys(r -> r.keyConditionExpression(condition).expressionAttributeValues(values));
    assertThat(forward.stream().map(String::valueOf)).containsExactly(expected.split(" "));
    assertThat(
            sortKeys(r ->
                r.keyConditionExpression(condition)
                    .expressionAttributeValues(values)
                    .scanIndexForward(false)))
        .isEqualTo(forward.reversed());
    for (boolean ascending : new boolean[] {true, false}) {
      var paged = new ArrayList<Integer>();
      db.queryPaginator(r ->
              r.tableName("Events")
                  .keyConditionExpression(condition)
                  .expressionAttributeValues(values)
                  .scanIndexForward(ascending)
                  .limit(3))
          .items()
          .forEach(i -> paged.add(Integer.parseInt(i.get("sk").n())));
      assertThat(paged).isEqualTo(ascending ? forward : forward.reversed());
    }
  }

  @Test
  void query_index_isInOrderOfItsKeysAndProjects() {
    seed();
    var byKind =
        db.query(r ->
            r.tableName("Events")
                .indexName("by-kind")
                .keyConditionExpression("kind = :k AND #at > :t")
                .expressionAttributeNames(Map.of("#at", "at"))
                .expressionAttributeValues(item(":k", "k0", ":t", 94))
                .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES));
    assertThat(byKind.items()).extracting(i -> i.get("at").n()).containsExactly("96", "98", "100");
    assertThat(byKind.items().getFirst()).containsOnlyKeys("pk", "sk", "kind", "at", "note");
    assertThat(byKind.consumedCapacity().globalSecondaryIndexes()).containsKey("by-kind");
    var local =
        db.query(r ->
            r.tableName("Events")
                .indexName("by-time")
                .keyConditionExpression("pk = :p")
                .expressionAttributeValues(item(":p", "p"))
                .projectionExpression("extra")
                .limit(2));
    assertThat(local.items()).containsExactly(item("extra", "o9"), item("extra", "o8"));
    assertThat(local.lastEvaluatedKey()).isEqualTo(item("pk", "p", "sk", 3, "at", 92));
    assertThat(
            error(() ->
                db.query(r ->
                    r.tableName("Events")
                        .indexName("by-kind")
                        .keyConditionExpression("kind = :k")
                        .expressionAttributeValues(item(":k", "k0"))
                        .projectionExpression("extra"))))
        .isEqualTo(
            "ValidationException: One or more parameter values were invalid: Global secondary index"
                + " by-kind does not project [extra]");
  }

  @Test
  void query_indexWithManyOfOneKey_pagesThroughAll() {
    for (int i = 0; i < 130; i++) {
      put(db, "Events", "pk", "p" + i, "sk", i, "kind", "same", "at", i / 50);
    }
    var seen = new HashSet<String>();
    var times = new ArrayList<Integer>();
    db.queryPaginator(r ->
            r.tableName("Events")
                .indexName("by-kind")
                .keyConditionExpression("kind = :k")
                .expressionAttributeValues(item(":k", "same"))
                .scanIndexForward(false)
                .limit(7))
        .items()
        .forEach(i -> {
          assertThat(seen.add(i.get("pk").s())).isTrue();
          times.add(Integer.parseInt(i.get("at").n()));
        });
    assertThat(seen).hasSize(130);
    assertThat(times).isSortedAccordingTo((a, b) -> b - a);
    var scanned = new HashSet<String>();
    db.scanPaginator(r -> r.tableName("Events").indexName("by-kind").limit(11))
        .items()
        .forEach(i -> assertThat(scanned.add(i.get("pk").s())).isTrue());
    assertThat(scanned).isEqualTo(seen);
  }

  @Test
  void index_followsItsItems() {
    put(db, "Events", "pk", "p", "sk", 1, "kind", "a", "at", 1);
    put(db, "Events", "pk", "p", "sk", 1, "kind", "b", "at", 1);
    db.updateItem(r ->
        r.tableName("Events")
            .key(item("pk", "p", "sk", 1))
            .updateExpression("SET #at = :t")
            .expressionAttributeNames(Map.of("#at", "at"))
            .expressionAttributeValues(item(":t", 2)));
    assertThat(db.scan(r -> r.tableName("Events").indexName("by-kind")).items())
        .containsExactly(item("pk", "p", "sk", 1, "kind", "b", "at", 2));
    assertThat(error(() -> put(db, "Events", "pk", "p", "sk", 2, "at", "late")))
        .isEqualTo(
            "ValidationException: One or more parameter values were invalid: Type mismatch for"
                + " Index Key at Expected: N Actual: S IndexName: by-time");
    db.updateItem(
        r -> r.tableName("Events").key(item("pk", "p", "sk", 1)).updateExpression("REMOVE kind"));
    assertThat(db.scan(r -> r.tableName("Events").indexName("by-kind")).count()).isZero();
    db.deleteItem(r -> r.tableName("Events").key(item("pk", "p", "sk", 1)));
    assertThat(db.scan(r -> r.tableName("Events").indexName("by-time")).count()).isZero();
  }

  @Test
  void query_filter_countsWhatItLookedAt() {
    seed();
    var found =
        db.query(r ->
            r.tableName("Events")
                .keyConditionExpression("pk = :p")
                .filterExpression("begins_with(note, :n) AND kind = :k")
                .expressionAttributeValues(item(":p", "p", ":n", "n", ":k", "k1"))
                .limit(3)
                .select(Select.COUNT));
    assertThat(found.count()).isEqualTo(1);
    assertThat(found.scannedCount()).isEqualTo(3);
    assertThat(found.hasItems()).isFalse();
    assertThat(found.lastEvaluatedKey()).isEqualTo(item("pk", "p", "sk", -3));
  }

  @Test
  void pages_areOneMegabyte() {
    for (int i = 0; i < 20; i++) {
      put(db, "Events", "pk", "p", "sk", i, "data", "x".repeat(60_000));
    }
    var first =
        db.query(r ->
            r.tableName("Events")
                .keyConditionExpression("pk = :p")
                .expressionAttributeValues(item(":p", "p")));
    assertThat(first.count()).isEqualTo(18);
    assertThat(first.lastEvaluatedKey()).isEqualTo(item("pk", "p", "sk", 17));
    var all = new ArrayList<String>();
    db.scanPaginator(r -> r.tableName("Events")).items().forEach(i -> all.add(i.get("sk").n()));
    assertThat(all).hasSize(20);
  }

  @Test
  void scan_segments_partTheTable() {
    IntStream.range(0, 200).forEach(i -> put(db, "Events", "pk", "p" + i, "sk", 0));
    var seen = new HashSet<String>();
    for (int segment = 0; segment < 4; segment++) {
      int each = segment;
      int[] count = {0};
      db.scanPaginator(r -> r.tableName("Events").segment(each).totalSegments(4).limit(9))
          .items()
          .forEach(i -> {
            count[0]++;
            assertThat(seen.add(i.get("pk").s())).isTrue();
          });
      assertThat(count[0]).isBetween(20, 80);
    }
    assertThat(seen).hasSize(200);
    assertThat(error(() -> db.scan(r -> r.tableName("Events").segment(5).totalSegments(5))))
        .isEqualTo(
            "ValidationException: The Segment parameter is zero-based and must be less than"
                + " parameter TotalSegments: Segment: 5 is not less than TotalSegments: 5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sk = :n|Query condition missed key schema element: pk",
        "pk > :s|Query key condition not supported",
        "pk = :n|One or more parameter values were invalid: Condition parameter type does not match"
            + " schema type",
        "pk = :s OR sk = :n|Invalid operator used in KeyConditionExpression: OR",
        "pk = :s AND pk = :s|KeyConditionExpressions must only contain one condition per key",
        "pk.a = :s|KeyConditionExpressions cannot have conditions on nested attributes",
        "pk = :s AND size(sk) = :n|KeyConditionExpressions cannot contain nested operations",
        "pk = :s AND note = :n|Query condition missed key schema element: sk",
        "((pk = :s))|Invalid KeyConditionExpression: The expression has redundant parentheses;",
      })
  void query_badKeyCondition_isRefusedAsByAws(String condition, String message) {
    var values = new HashMap<String, AttributeValue>();
    if (condition.contains(":s")) {
      values.put(":s", Fixture.s("p"));
    }
    if (condition.contains(":n")) {
      values.put(":n", n(1));
    }
    assertThat(
            error(() ->
                db.query(r ->
                    r.tableName("Events")
                        .keyConditionExpression(condition)
                        .expressionAttributeValues(values))))
        .isEqualTo("ValidationException: " + message);
  }

  @Test
  void query_badRequest_isRefusedAsByAws() {
    assertThat(error(() -> db.query(r -> r.tableName("Events"))))
        .isEqualTo(
            "ValidationException: Either the KeyConditions or KeyConditionExpression parameter must"
                + " be specified in the request.");
    assertThat(
            error(() ->
                db.query(r ->
                    r.tableName("Events")
                        .indexName("by-kind")
                        .consistentRead(true)
                        .keyConditionExpression("kind = :k")
                        .expressionAttributeValues(item(":k", "x")))))
        .isEqualTo(
            "ValidationException: Consistent reads are not supported on global secondary indexes");
    assertThat(
            error(() ->
                db.query(r ->
                    r.tableName("Events")
                        .indexName("nothing")
                        .keyConditionExpression("kind = :k")
                        .expressionAttributeValues(item(":k", "x")))))
        .isEqualTo("ValidationException: The table does not have the specified index: nothing");
    assertThat(
            error(() ->
                db.query(r ->
                    r.tableName("Events")
                        .keyConditionExpression("pk = :k")
                        .filterExpression("sk = :k")
                        .expressionAttributeValues(item(":k", "x")))))
        .isEqualTo(
            "ValidationException: Filter Expression can only contain non-primary key attributes:"
                + " Primary key attribute: sk");
    assertThat(error(() -> db.scan(r -> r.tableName("Events").limit(0))))
        .isEqualTo(
            "ValidationException: 1 validation error detected: Value '0' at 'limit' failed to"
                + " satisfy constraint: Member must have value greater than or equal to 1");
    assertThat(
            error(() -> db.scan(r -> r.tableName("Events").exclusiveStartKey(item("pk", "only")))))
        .isEqualTo(
            "ValidationException: The provided starting key is invalid: The provided key element"
                + " does not match the schema");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "attribute_exists(:v)|Operator or function requires a document path; operator or function:"
            + " attribute_exists",
        "contains(note)|Incorrect number of operands for operator or function; operator or"
            + " function: contains, number of operands: 1",
        "size(note)|The function is not allowed to be used this way in an expression; function:"
            + " size",
        "attribute_type(note, :v)|Invalid attribute type name found; type: v, valid types:"
            + " {B,NULL,SS,BOOL,L,BS,N,NS,S,M}",
        "note = note|The first operand must be distinct from the remaining operands for this"
            + " operator or function; operator: =, first operand: [note]",
        "note = :v AND|Syntax error; token: \"<EOF>\", near: \"AND\"",
        "starts(note, :v)|Invalid function name; function: starts",
        "date = :v|Attribute name is a reserved keyword; reserved keyword: date",
      })
  void scan_badFilter_isRefusedAsByAws(String filter, String message) {
    String problem =
        error(() ->
            db.scan(r -> {
              r.tableName("Events").filterExpression(filter);
              if (filter.contains(":v")) {
                r.expressionAttributeValues(item(":v", "v"));
              }
            }));
    assertThat(problem).isEqualTo("ValidationException: Invalid FilterExpression: " + message);
  }
}
