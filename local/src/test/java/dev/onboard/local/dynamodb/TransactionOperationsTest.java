package dev.onboard.local.dynamodb;

import static dev.onboard.local.dynamodb.Fixture.error;
import static dev.onboard.local.dynamodb.Fixture.get;
import static dev.onboard.local.dynamodb.Fixture.item;
import static dev.onboard.local.dynamodb.Fixture.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.onboard.local.Rooms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

class TransactionOperationsTest {
  @TempDir Path folder;
  Rooms rooms;
  DynamoDbClient db;

  @BeforeEach
  void open() {
    rooms = Fixture.open(folder);
    db = rooms.client(DynamoDbClient.class);
    db.createTable(Fixture.table("Users", "email:S").build());
    db.createTable(Fixture.table("Imports", "id:S").build());
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  private static TransactWriteItem putNew(String email) {
    return TransactWriteItem.builder()
        .put(p ->
            p.tableName("Users")
                .item(item("email", email))
                .conditionExpression("attribute_not_exists(email)")
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
  }

  private static TransactWriteItem count(int by) {
    return TransactWriteItem.builder()
        .update(u ->
            u.tableName("Imports")
                .key(item("id", "i"))
                .updateExpression("ADD created :n")
                .expressionAttributeValues(item(":n", by)))
        .build();
  }

  @Test
  void write_allHold_doesAll() {
    put(db, "Users", "email", "old", "v", 1);
    var answer =
        db.transactWriteItems(r ->
            r.transactItems(
                    putNew("a"),
                    count(3),
                    TransactWriteItem.builder()
                        .delete(d -> d.tableName("Users").key(item("email", "old")))
                        .build(),
                    TransactWriteItem.builder()
                        .conditionCheck(c ->
                            c.tableName("Users")
                                .key(item("email", "none"))
                                .conditionExpression("attribute_not_exists(email)"))
                        .build())
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    assertThat(get(db, "Users", "email", "a")).isEqualTo(item("email", "a"));
    assertThat(get(db, "Imports", "id", "i")).isEqualTo(item("id", "i", "created", 3));
    assertThat(get(db, "Users", "email", "old")).isEmpty();
    assertThat(answer.consumedCapacity())
        .extracting(c -> c.capacityUnits())
        .containsExactly(6.0, 2.0);
  }

  @Test
  void write_oneFails_doesNothingAndSaysWhich() {
    put(db, "Users", "email", "b", "v", 1);
    var cancelled =
        catchThrowableOfType(
            TransactionCanceledException.class,
            () -> db.transactWriteItems(r -> r.transactItems(putNew("a"), putNew("b"), count(1))));
    assertThat(cancelled.awsErrorDetails().errorMessage())
        .isEqualTo(
            "Transaction cancelled, please refer cancellation reasons for specific reasons [None,"
                + " ConditionalCheckFailed, None]");
    CancellationReason reason = cancelled.cancellationReasons().get(1);
    assertThat(reason.message()).isEqualTo("The conditional request failed");
    assertThat(reason.item()).isEqualTo(item("email", "b", "v", 1));
    assertThat(get(db, "Users", "email", "a")).isEmpty();
    assertThat(get(db, "Imports", "id", "i")).isEmpty();
    assertThat(db.describeTable(r -> r.tableName("Users")).table().itemCount()).isEqualTo(1);
  }

  @Test
  void write_sameToken_isDoneOnceForTenMinutes() {
    Runnable write =
        () -> db.transactWriteItems(r -> r.transactItems(count(1)).clientRequestToken("once"));
    write.run();
    write.run();
    assertThat(get(db, "Imports", "id", "i")).isEqualTo(item("id", "i", "created", 1));
    rooms.close();
    rooms = Fixture.open(folder);
    db = rooms.client(DynamoDbClient.class);
    write.run();
    assertThat(get(db, "Imports", "id", "i")).isEqualTo(item("id", "i", "created", 1));
    assertThat(
            error(() ->
                db.transactWriteItems(r -> r.transactItems(count(2)).clientRequestToken("once"))))
        .startsWith("IdempotentParameterMismatchException");
    rooms.clock.advance(Duration.ofMinutes(10));
    write.run();
    assertThat(get(db, "Imports", "id", "i")).isEqualTo(item("id", "i", "created", 2));
  }

  @Test
  void write_cancelled_leavesItsTokenFree() {
    put(db, "Users", "email", "a");
    Runnable write =
        () -> db.transactWriteItems(r -> r.transactItems(putNew("a")).clientRequestToken("t"));
    assertThat(error(write::run)).startsWith("TransactionCanceledException");
    db.deleteItem(r -> r.tableName("Users").key(item("email", "a")));
    write.run();
    assertThat(get(db, "Users", "email", "a")).isNotEmpty();
  }

  @Test
  void write_badRequest_isRefusedAsByAws() {
    assertThat(error(() -> db.transactWriteItems(r -> r.transactItems(List.of()))))
        .isEqualTo(
            "ValidationException: 1 validation error detected: Value '[]' at 'transactItems' failed"
                + " to satisfy constraint: Member must have length greater than or equal to 1");
    assertThat(error(() -> db.transactWriteItems(r -> r.transactItems(putNew("a"), putNew("a")))))
        .isEqualTo(
            "ValidationException: Transaction request cannot include multiple operations on one"
                + " item");
    assertThat(
            error(() ->
                db.transactWriteItems(r ->
                    r.transactItems(
                        IntStream.range(0, 101).mapToObj(i -> putNew("u" + i)).toList()))))
        .startsWith("ValidationException: 1 validation error detected: Value '[")
        .endsWith(
            "at 'transactItems' failed to satisfy constraint: Member must have length less than or"
                + " equal to 100");
    assertThat(
            error(() ->
                db.transactWriteItems(
                    r -> r.transactItems(count(1), TransactWriteItem.builder().build()))))
        .isEqualTo(
            "ValidationException: TransactItems can only contain one of Check, Put, Update or"
                + " Delete");
    var cancelled =
        catchThrowableOfType(
            TransactionCanceledException.class,
            () ->
                db.transactWriteItems(r ->
                    r.transactItems(
                        count(1),
                        TransactWriteItem.builder()
                            .put(p -> p.tableName("Users").item(item("nokey", "x")))
                            .build())));
    assertThat(cancelled.cancellationReasons())
        .extracting(CancellationReason::code)
        .containsExactly("None", "ValidationError");
  }

  @Test
  void get_itemsOfSeveralTables_inOrder() {
    put(db, "Users", "email", "a", "v", 1);
    put(db, "Imports", "id", "i");
    var answer =
        db.transactGetItems(r ->
            r.transactItems(
                TransactGetItem.builder()
                    .get(
                        g -> g.tableName("Users").key(item("email", "a")).projectionExpression("v"))
                    .build(),
                TransactGetItem.builder()
                    .get(g -> g.tableName("Users").key(item("email", "none")))
                    .build(),
                TransactGetItem.builder()
                    .get(g -> g.tableName("Imports").key(item("id", "i")))
                    .build()));
    assertThat(answer.responses().get(0).item()).isEqualTo(item("v", 1));
    assertThat(answer.responses().get(1).hasItem()).isFalse();
    assertThat(answer.responses().get(2).item()).isEqualTo(item("id", "i"));
    assertThat(
            error(() ->
                db.transactGetItems(r ->
                    r.transactItems(
                        TransactGetItem.builder()
                            .get(g -> g.tableName("Users").key(Map.of()))
                            .build()))))
        .isEqualTo(
            "TransactionCanceledException: Transaction cancelled, please refer cancellation reasons"
                + " for specific reasons [ValidationError]");
  }

  @Test
  void batch_writesAndGets() {
    db.batchWriteItem(r ->
        r.requestItems(
            Map.of(
                "Users",
                IntStream.range(0, 25)
                    .mapToObj(i ->
                        WriteRequest.builder()
                            .putRequest(p -> p.item(item("email", "u" + i, "row", i)))
                            .build())
                    .toList())));
    db.batchWriteItem(r ->
        r.requestItems(
            Map.of(
                "Users",
                List.of(
                    WriteRequest.builder().deleteRequest(d -> d.key(item("email", "u0"))).build()),
                "Imports",
                List.of(WriteRequest.builder().putRequest(p -> p.item(item("id", "i"))).build()))));
    var found =
        db.batchGetItem(r ->
            r.requestItems(
                Map.of(
                    "Users",
                    KeysAndAttributes.builder()
                        .keys(item("email", "u0"), item("email", "u1"))
                        .projectionExpression("#r")
                        .expressionAttributeNames(Map.of("#r", "row"))
                        .build(),
                    "Imports",
                    KeysAndAttributes.builder().keys(item("id", "i")).build())));
    assertThat(found.responses())
        .isEqualTo(Map.of("Users", List.of(item("row", 1)), "Imports", List.of(item("id", "i"))));
    assertThat(found.unprocessedKeys()).isEmpty();
  }

  @Test
  void batch_badRequest_isRefusedAsByAws() {
    assertThat(error(() -> db.batchWriteItem(r -> r.requestItems(Map.of()))))
        .isEqualTo(
            "ValidationException: The requestItems parameter is required for BatchWriteItem");
    WriteRequest put = WriteRequest.builder().putRequest(p -> p.item(item("email", "a"))).build();
    WriteRequest delete =
        WriteRequest.builder().deleteRequest(d -> d.key(item("email", "a"))).build();
    assertThat(
            error(() ->
                db.batchWriteItem(r -> r.requestItems(Map.of("Users", List.of(put, delete))))))
        .isEqualTo("ValidationException: Provided list of item keys contains duplicates");
    WriteRequest keyless =
        WriteRequest.builder().putRequest(p -> p.item(item("city", "x"))).build();
    assertThat(
            error(() -> db.batchWriteItem(r -> r.requestItems(Map.of("Users", List.of(keyless))))))
        .as("unlike PutItem, which says which key is missing")
        .isEqualTo("ValidationException: The provided key element does not match the schema");
    assertThat(
            error(() ->
                db.batchGetItem(r ->
                    r.requestItems(
                        Map.of(
                            "Users",
                            KeysAndAttributes.builder()
                                .keys(
                                    IntStream.range(0, 101)
                                        .mapToObj(i -> item("email", "u" + i))
                                        .toList())
                                .build())))))
        .isEqualTo(
            "ValidationException: 1 validation error detected: Value at"
                + " 'RequestItems.Users.member.Keys' failed to satisfy constraint: Member must have"
                + " length less than or equal to 100");
  }
}
