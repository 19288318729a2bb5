package dev.onboard.local.dynamodb;

import static dev.onboard.local.dynamodb.Fixture.item;
import static dev.onboard.local.dynamodb.Fixture.n;
import static dev.onboard.local.dynamodb.Fixture.s;

import dev.onboard.local.Rooms;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** How many items a second the ways of the import take, printed; not a test. */
public final class Throughput {
  private static final String INSERT =
      "INSERT INTO \"Users\" VALUE {'email': ?, 'userId': ?, 'name': ?, 'importId': ?, 'row': ?,"
          + " 'createdAt': ?, 'attributes': ?}";

  private final DynamoDbClient db;

  private Throughput(DynamoDbClient db) {
    this.db = db;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("dynamodb-throughput");
    try (Rooms rooms = Fixture.open(folder)) {
      var of = new Throughput(rooms.client(DynamoDbClient.class));
      of.db.createTable(Fixture.table("Users", "email:S").build());
      of.db.createTable(Fixture.table("Imports", "importId:S").build());
      for (int round = 0; round < Integer.parseInt(arguments[0]); round++) {
        of.run(round, Integer.parseInt(arguments[1]));
      }
    }
  }

  private void run(int round, int items) {
    String prefix = "round" + round + "-";
    measure("BatchExecuteStatement INSERT, 25 a call", items, 25, i -> insert(prefix, i));
    measure("the same again, all duplicates", items, 25, i -> insert(prefix, i));
    measure("BatchWriteItem put, 25 a call", items, 25, i -> put(prefix, i));
    measure("TransactWriteItems, 100 actions", items, 100, i -> transact(prefix, i));
    measure(
        "PutItem with attribute_not_exists",
        items,
        1,
        i ->
            db.putItem(r ->
                r.tableName("Users")
                    .item(item("email", prefix + "put" + i, "row", i))
                    .conditionExpression("attribute_not_exists(email)")));
    measure("UpdateItem ADD counters", items, 1, this::count);
    measure(
        "GetItem",
        items,
        1,
        i -> db.getItem(r -> r.tableName("Users").key(item("email", key(prefix, i)))));
  }

  /** Keys in no order, as those of people and of hashes are. */
  private static String key(String prefix, int i) {
    return Long.toHexString(i * 0x9E3779B97F4A7C15L) + prefix + i;
  }

  private void insert(String prefix, int from) {
    db.batchExecuteStatement(r ->
        r.statements(
            IntStream.range(from, from + 25)
                .mapToObj(i ->
                    BatchStatementRequest.builder()
                        .statement(INSERT)
                        .parameters(
                            s(key(prefix, i)),
                            s("0123456789abcdef0123456789abcdef0123456789abcdef" + i),
                            s("Name of the person " + i),
                            s("0123456789abcdef0123456789abcdef0123456789abcdef"),
                            n(i),
                            s("2026-01-01T00:00:00Z"),
                            AttributeValue.fromM(item("city", "x", "phone", "123")))
                        .returnValuesOnConditionCheckFailure("ALL_OLD")
                        .build())
                .toList()));
  }

  private void put(String prefix, int from) {
    List<WriteRequest> puts =
        IntStream.range(from, from + 25)
            .mapToObj(i ->
                WriteRequest.builder()
                    .putRequest(p -> p.item(item("email", prefix + "w" + i, "row", i)))
                    .build())
            .toList();
    db.batchWriteItem(r -> r.requestItems(Map.of("Users", puts)));
  }

  private void transact(String prefix, int from) {
    db.transactWriteItems(r ->
        r.clientRequestToken(prefix + from)
            .transactItems(
                IntStream.range(from, from + 100)
                    .mapToObj(i ->
                        TransactWriteItem.builder()
                            .update(u ->
                                u.tableName("Users")
                                    .key(item("email", key(prefix, i)))
                                    .updateExpression("SET sentAt = :t, messageId = :m")
                                    .conditionExpression("attribute_exists(email)")
                                    .expressionAttributeValues(
                                        item(":t", "2026-01-01", ":m", "m" + i)))
                            .build())
                    .toList()));
  }

  private void count(int i) {
    db.updateItem(r ->
        r.tableName("Imports")
            .key(item("importId", "i"))
            .updateExpression("ADD created :n, existing :m")
            .expressionAttributeValues(item(":n", 1, ":m", 2)));
  }

  private static void measure(String what, int items, int batch, IntConsumer call) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long from = System.nanoTime();
    long cpu = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < items; i += batch) {
      call.accept(i);
    }
    double seconds = (System.nanoTime() - from) / 1e9;
    double busy = (threads.getCurrentThreadCpuTime() - cpu) / 1e3 / items;
    System.out.printf(
        "%-42s %,9.0f items/s %6.1f us of processor time an item%n", what, items / seconds, busy);
  }
}
