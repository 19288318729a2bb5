package dev.onboard.local.dynamodb;

import static dev.onboard.local.dynamodb.Fixture.attribute;
import static dev.onboard.local.dynamodb.Fixture.element;
import static dev.onboard.local.dynamodb.Fixture.n;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.Folders;
import dev.onboard.local.Rooms;
import dev.onboard.local.dynamodb.value.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DuplicateItemException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Random operations against a table and against a map; both must end the same. */
class DynamoDbProperties {
  private static Path folder;
  private static Rooms rooms;
  private static int tables;

  private record Operation(String kind, int sort, int value, int group) {}

  @BeforeContainer
  static void open() throws IOException {
    folder = Files.createTempDirectory("dynamodb");
    rooms = Fixture.open(folder);
  }

  @AfterContainer
  static void close() throws IOException {
    rooms.close();
    Folders.delete(folder);
  }

  @Provide
  Arbitrary<List<Operation>> operations() {
    return Combinators.combine(
            Arbitraries.of(
                "put", "putNew", "add", "delete", "deleteIf", "insert", "transact", "ungroup"),
            Arbitraries.integers().between(-4, 4),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 2))
        .as(Operation::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(30);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void operations_doToTheTableWhatTheyDoToAMap(@ForAll("operations") List<Operation> operations) {
    DynamoDbClient db = rooms.client(DynamoDbClient.class);
    String table = "table-" + tables++;
    db.createTable(
        Fixture.table(table, "pk:S", "sk:N")
            .attributeDefinitions(attribute("pk", "S"), attribute("sk", "N"), attribute("g", "N"))
            .globalSecondaryIndexes(
                GlobalSecondaryIndex.builder()
                    .indexName("by-group")
                    .keySchema(element("g", "HASH"), element("sk", "RANGE"))
                    .projection(Projection.builder().projectionType("ALL").build())
                    .build())
            .build());
    var model = new TreeMap<Integer, Map<String, AttributeValue>>();
    for (Operation operation : operations) {
      boolean done = done(db, table, operation);
      assertThat(done).as(operation.toString()).isEqualTo(apply(model, operation));
    }
    List<Map<String, AttributeValue>> found = new ArrayList<>();
    db.queryPaginator(r ->
            r.tableName(table)
                .keyConditionExpression("pk = :p")
                .expressionAttributeValues(Fixture.item(":p", "p"))
                .limit(2))
        .items()
        .forEach(found::add);
    assertThat(found).isEqualTo(List.copyOf(model.values()));
    for (int group = 0; group < 3; group++) {
      AttributeValue of = n(group);
      assertThat(
              db.query(r ->
                      r.tableName(table)
                          .indexName("by-group")
                          .keyConditionExpression("g = :g")
                          .expressionAttributeValues(Map.of(":g", of)))
                  .items())
          .isEqualTo(model.values().stream().filter(i -> of.equals(i.get("g"))).toList());
    }
    var described = db.describeTable(r -> r.tableName(table)).table();
    assertThat(described.itemCount()).isEqualTo(model.size());
    assertThat(described.tableSizeBytes())
        .isEqualTo(model.values().stream().mapToLong(Values::size).sum());
    db.deleteTable(r -> r.tableName(table));
  }

  private static Map<String, AttributeValue> item(Operation operation) {
    return Fixture.item(
        "pk", "p", "sk", operation.sort, "v", operation.value, "g", operation.group);
  }

  private static boolean done(DynamoDbClient db, String table, Operation operation) {
    Map<String, AttributeValue> key = Fixture.item("pk", "p", "sk", operation.sort);
    Map<String, AttributeValue> value = Fixture.item(":v", operation.value);
    try {
      switch (operation.kind) {
        case "put" -> db.putItem(r -> r.tableName(table).item(item(operation)));
        case "putNew" ->
            db.putItem(r ->
                r.tableName(table)
                    .item(item(operation))
                    .conditionExpression("attribute_not_exists(pk)"));
        case "add" ->
            db.updateItem(r ->
                r.tableName(table)
                    .key(key)
                    .updateExpression("ADD v :v")
                    .expressionAttributeValues(value));
        case "delete" -> db.deleteItem(r -> r.tableName(table).key(key));
        case "deleteIf" ->
            db.deleteItem(r ->
                r.tableName(table)
                    .key(key)
                    .conditionExpression("v > :v")
                    .expressionAttributeValues(value));
        case "insert" ->
            db.executeStatement(r ->
                r.statement("INSERT INTO \"" + table + "\" VALUE {'pk':?,'sk':?,'v':?,'g':?}")
                    .parameters(List.copyOf(item(operation).values())));
        case "ungroup" ->
            db.updateItem(r ->
                r.tableName(table)
                    .key(key)
                    .updateExpression("REMOVE g")
                    .conditionExpression("attribute_exists(pk)"));
        default -> transact(db, table, operation);
      }
      return true;
    } catch (ConditionalCheckFailedException
        | DuplicateItemException
        | TransactionCanceledException e) {
      return false;
    }
  }

  private static void transact(DynamoDbClient db, String table, Operation operation) {
    db.transactWriteItems(r ->
        r.transactItems(
            TransactWriteItem.builder().put(p -> p.tableName(table).item(item(operation))).build(),
            TransactWriteItem.builder()
                .update(u ->
                    u.tableName(table)
                        .key(Fixture.item("pk", "p", "sk", operation.sort + 1))
                        .updateExpression("SET v = v + :v")
                        .conditionExpression("attribute_exists(v)")
                        .expressionAttributeValues(Fixture.item(":v", operation.value)))
                .build()));
  }

  private static boolean apply(
      TreeMap<Integer, Map<String, AttributeValue>> model, Operation operation) {
    Map<String, AttributeValue> old = model.get(operation.sort);
    switch (operation.kind) {
      case "put" -> model.put(operation.sort, item(operation));
      case "putNew", "insert" -> {
        return model.putIfAbsent(operation.sort, item(operation)) == null;
      }
      case "add" -> {
        var item = old == null ? Fixture.item("pk", "p", "sk", operation.sort) : new HashMap<>(old);
        item.put("v", n(value(item) + operation.value));
        model.put(operation.sort, item);
      }
      case "delete" -> model.remove(operation.sort);
      case "deleteIf" -> {
        if (old == null || value(old) <= operation.value) {
          return false;
        }
        model.remove(operation.sort);
      }
      case "ungroup" -> {
        if (old == null) {
          return false;
        }
        var item = new HashMap<>(old);
        item.remove("g");
        model.put(operation.sort, item);
      }
      default -> {
        Map<String, AttributeValue> next = model.get(operation.sort + 1);
        if (next == null) {
          return false;
        }
        model.put(operation.sort, item(operation));
        var item = new HashMap<>(next);
        item.put("v", n(value(item) + operation.value));
        model.put(operation.sort + 1, item);
      }
    }
    return true;
  }

  private static long value(Map<String, AttributeValue> item) {
    AttributeValue value = item.get("v");
    return value == null ? 0 : Long.parseLong(value.n());
  }
}
