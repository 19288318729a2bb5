package dev.onboard.local.dynamodb;

import static dev.onboard.local.dynamodb.Fixture.attribute;
import static dev.onboard.local.dynamodb.Fixture.element;
import static dev.onboard.local.dynamodb.Fixture.error;
import static dev.onboard.local.dynamodb.Fixture.get;
import static dev.onboard.local.dynamodb.Fixture.item;
import static dev.onboard.local.dynamodb.Fixture.n;
import static dev.onboard.local.dynamodb.Fixture.put;
import static dev.onboard.local.dynamodb.Fixture.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.onboard.local.Rooms;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

class StatementOperationsTest {
  @TempDir Path folder;
  Rooms rooms;
  DynamoDbClient db;

  @BeforeEach
  void open() {
    rooms = Fixture.open(folder);
    db = rooms.client(DynamoDbClient.class);
    db.createTable(Fixture.table("Users", "email:S").build());
    db.createTable(
        Fixture.table("Events", "pk:S", "sk:N")
            .attributeDefinitions(
                attribute("pk", "S"), attribute("sk", "N"), attribute("kind", "S"))
            .globalSecondaryIndexes(
                GlobalSecondaryIndex.builder()
                    .indexName("by-kind")
                    .keySchema(element("kind", "HASH"))
                    .projection(Projection.builder().projectionType("ALL").build())
                    .build())
            .build());
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  private List<Map<String, AttributeValue>> execute(
      String statement, AttributeValue... parameters) {
    return db.executeStatement(
            r -> {
              r.statement(statement);
              if (parameters.length > 0) {
                r.parameters(parameters);
              }
            })
        .items();
  }

  @Test
  void insert_everyKindOfValue_isStored() {
    execute(
        "INSERT INTO \"Users\" VALUE {'email': ?, 'n': -1.50, 't': true, 'f': FALSE, 'nul': NULL,"
            + " 'l': [1, 'it''s', ?], 'm': {'x': {'y': 2}}, 'ss': <<'a', 'b'>>, 'ns': <<1, 2>>}",
        s("a"),
        n(7));
    assertThat(get(db, "Users", "email", "a"))
        .isEqualTo(
            item(
                "email", "a",
                "n", n("-1.5"),
                "t", true,
                "f", false,
                "nul", AttributeValue.fromNul(true),
                "l", AttributeValue.fromL(List.of(n(1), s("it's"), n(7))),
                "m", AttributeValue.fromM(item("x", AttributeValue.fromM(item("y", 2)))),
                "ss", AttributeValue.fromSs(List.of("a", "b")),
                "ns", AttributeValue.fromNs(List.of("1", "2"))));
    assertThat(error(() -> execute("INSERT INTO Users VALUE {'email': 'a'}")))
        .isEqualTo("DuplicateItemException: Duplicate primary key exists in table");
  }

  @Test
  void update_andDelete_byKeyAndCondition() {
    put(
        db,
        "Users",
        "email",
        "a",
        "v",
        1,
        "gone",
        1,
        "m",
        AttributeValue.fromM(Map.of()),
        "ss",
        AttributeValue.fromSs(List.of("x")));
    assertThat(
            execute(
                "UPDATE Users SET v = v + ? SET m.z = 1, ss = set_add(ss, <<'y'>>) REMOVE gone"
                    + " WHERE email = 'a' AND v = 1 RETURNING MODIFIED NEW *",
                n(2)))
        .containsExactly(
            item(
                "v", 3,
                "m", AttributeValue.fromM(item("z", 1)),
                "ss", AttributeValue.fromSs(List.of("x", "y"))));
    assertThat(error(() -> execute("DELETE FROM Users WHERE email = 'a' AND v = 1")))
        .isEqualTo("ConditionalCheckFailedException: The conditional request failed");
    assertThat(execute("DELETE FROM Users WHERE email = 'a' AND v = 3 RETURNING ALL OLD *"))
        .hasSize(1);
    assertThat(get(db, "Users", "email", "a")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "email = 'a'|a",
        "v > 1 AND NOT v >= 3|b",
        "v BETWEEN 2 AND 3|b c",
        "email IN ['a', 'c']|a c",
        "begins_with(name, 'Be')|b",
        "contains(name, 'n')|a b",
        "attribute_type(name, 'S')|a b",
        "name IS MISSING|c",
        "name IS NOT MISSING AND size(name) = 4|b",
        "(v = 1 OR v = 3) AND email <> 'c'|a",
        "attribute_exists(m.deep)|c",
        "m.deep[1] = 'y'|c",
      })
  void select_where_findsTheItems(String where, String expected) {
    put(db, "Users", "email", "a", "v", 1, "name", "Ann");
    put(db, "Users", "email", "b", "v", 2, "name", "Bern");
    put(
        db,
        "Users",
        "email",
        "c",
        "v",
        3,
        "m",
        AttributeValue.fromM(item("deep", AttributeValue.fromL(List.of(s("x"), s("y"))))));
    String quoted = where.replaceAll("\\bname\\b", "\"name\"");
    var found = new ArrayList<String>();
    execute("SELECT email FROM \"Users\" WHERE " + quoted)
        .forEach(i -> found.add(i.get("email").s()));
    assertThat(found).containsExactly(expected.split(" "));
  }

  @Test
  void select_query_ordersPagesAndProjects() {
    for (int i = 0; i < 6; i++) {
      put(
          db,
          "Events",
          "pk",
          "p",
          "sk",
          i,
          "kind",
          "k" + i % 2,
          "m",
          AttributeValue.fromM(item("v", i)));
    }
    put(db, "Events", "pk", "q", "sk", 9);
    assertThat(execute("SELECT sk, m.v FROM Events WHERE pk = 'p' AND sk >= 4 ORDER BY sk DESC"))
        .containsExactly(item("sk", 5, "v", 5), item("sk", 4, "v", 4));
    assertThat(execute("SELECT * FROM \"Events\".\"by-kind\" WHERE kind = 'k1'")).hasSize(3);
    var first =
        db.executeStatement(r ->
            r.statement("SELECT * FROM Events WHERE pk = ?")
                .parameters(s("p"))
                .limit(4)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    assertThat(first.items()).hasSize(4);
    assertThat(first.consumedCapacity().capacityUnits()).isEqualTo(0.5);
    var second =
        db.executeStatement(r ->
            r.statement("SELECT * FROM Events WHERE pk = ?")
                .parameters(s("p"))
                .limit(4)
                .nextToken(first.nextToken()));
    assertThat(second.items()).extracting(i -> i.get("sk").n()).containsExactly("4", "5");
    assertThat(second.nextToken()).isNull();
    assertThat(
            error(() ->
                db.executeStatement(
                    r -> r.statement("SELECT * FROM Events").nextToken("!nonsense"))))
        .isEqualTo("ValidationException: Invalid NextToken");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SLECT * FROM Users|Statement wasn't well formed, can't be processed: Expected data"
            + " manipulation",
        "SELECT * FROM Users WHERE|Statement wasn't well formed, can't be processed: Expected"
            + " identifier for simple path",
        "SELECT * FROM Users garbage|Statement wasn't well formed, can't be processed: Unexpected"
            + " token after expression",
        "UPDATE Users SET v = 1 WHERE v = 2|Where clause does not contain a mandatory equality on"
            + " all key attributes",
        "DELETE FROM Events WHERE pk = 'a'|Where clause does not contain a mandatory equality on"
            + " all key attributes",
        "DELETE FROM Users WHERE email = 'a' RETURNING MODIFIED OLD *|Invalid returning clause:"
            + " RETURNING MODIFIED OLD *. Only RETURNING ALL OLD * is allowed in DELETE"
            + " statements.",
        "SELECT * FROM Users WHERE email = ?|Number of parameters in request and statement don't"
            + " match.",
        "UPDATE Users SET ss = set_add(ss, <<>>) WHERE email = 'a'|Empty bags are not supported",
        "SELECT * FROM Users WHERE attribute_exists('x')|Operator or function requires a document"
            + " path; operator or function: attribute_exists",
      })
  void badStatement_isRefusedAsByAws(String statement, String message) {
    assertThat(error(() -> execute(statement))).isEqualTo("ValidationException: " + message);
  }

  @Test
  void update_noItem_failsItsCondition() {
    assertThat(error(() -> execute("UPDATE Users SET v = 1 WHERE email = 'none'")))
        .isEqualTo("ConditionalCheckFailedException: The conditional request failed");
    assertThat(execute("DELETE FROM Users WHERE email = 'none'")).isEmpty();
    assertThat(error(() -> execute("DELETE FROM Users WHERE email = 'none' AND v = 1")))
        .isEqualTo("ConditionalCheckFailedException: The conditional request failed");
    assertThat(error(() -> execute("SELECT * FROM Nothing WHERE a = 1")))
        .isEqualTo("ResourceNotFoundException: Requested resource not found");
  }

  @Test
  void batch_insert_saysWhichWereThereAndShowsThem() {
    put(db, "Users", "email", "b", "v", 1);
    var answer =
        db.batchExecuteStatement(r ->
            r.statements(
                    List.of("a", "b", "c").stream()
                        .map(email ->
                            BatchStatementRequest.builder()
                                .statement("INSERT INTO \"Users\" VALUE {'email': ?, 'v': ?}")
                                .parameters(s(email), n(2))
                                .returnValuesOnConditionCheckFailure(
                                    ReturnValuesOnConditionCheckFailure.ALL_OLD)
                                .build())
                        .toList())
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    assertThat(answer.responses()).hasSize(3);
    assertThat(answer.responses().get(0).error()).isNull();
    assertThat(answer.responses().get(0).tableName()).isEqualTo("Users");
    var error = answer.responses().get(1).error();
    assertThat(error.code()).isEqualTo(BatchStatementErrorCodeEnum.DUPLICATE_ITEM);
    assertThat(error.message()).isEqualTo("Duplicate primary key exists in table");
    assertThat(error.item()).isEqualTo(item("email", "b", "v", 1));
    assertThat(answer.consumedCapacity().getFirst().capacityUnits()).isEqualTo(2);
    assertThat(get(db, "Users", "email", "b")).isEqualTo(item("email", "b", "v", 1));
    assertThat(get(db, "Users", "email", "c")).isEqualTo(item("email", "c", "v", 2));
  }

  @Test
  void batch_members_failAlone() {
    put(db, "Users", "email", "a", "v", 1);
    var answer =
        db.batchExecuteStatement(r ->
            r.statements(
                BatchStatementRequest.builder().statement("SLECT 1").build(),
                BatchStatementRequest.builder()
                    .statement("UPDATE Users SET v = 9 WHERE email = 'a' AND v = 5")
                    .returnValuesOnConditionCheckFailure("ALL_OLD")
                    .build(),
                BatchStatementRequest.builder()
                    .statement("DELETE FROM Nothing WHERE email = 'a'")
                    .build(),
                BatchStatementRequest.builder()
                    .statement("DELETE FROM Users WHERE email = 'a' RETURNING ALL OLD *")
                    .build()));
    assertThat(answer.responses())
        .extracting(x -> x.error() == null ? null : x.error().codeAsString())
        .containsExactly("ValidationError", "ConditionalCheckFailed", "ResourceNotFound", null);
    assertThat(answer.responses().get(1).error().item()).isEqualTo(item("email", "a", "v", 1));
    assertThat(answer.responses().get(3).item()).isEqualTo(item("email", "a", "v", 1));
    var reads =
        db.batchExecuteStatement(r ->
            r.statements(
                BatchStatementRequest.builder()
                    .statement("SELECT * FROM Users WHERE v = 1")
                    .build()));
    assertThat(reads.responses().getFirst().error().message())
        .isEqualTo(
            "Select statements within BatchExecuteStatement must specify the primary key in the"
                + " where clause.");
  }

  @Test
  void transaction_statements_areAllOrNothing() {
    put(db, "Users", "email", "a", "v", 1);
    var written =
        db.executeTransaction(r ->
            r.transactStatements(
                statement("EXISTS(SELECT * FROM Users WHERE email = 'a' AND v = 1)"),
                statement("INSERT INTO Users VALUE {'email': 'b'}")));
    assertThat(written.responses()).as("writes answer nothing").isEmpty();
    assertThat(get(db, "Users", "email", "b")).isNotEmpty();
    var cancelled =
        catchThrowableOfType(
            TransactionCanceledException.class,
            () ->
                db.executeTransaction(r ->
                    r.transactStatements(
                        statement("INSERT INTO Users VALUE {'email': 'c'}"),
                        statement("INSERT INTO Users VALUE {'email': 'b'}"))));
    assertThat(cancelled.cancellationReasons())
        .extracting(CancellationReason::code)
        .containsExactly("None", "DuplicateItem");
    assertThat(get(db, "Users", "email", "c")).isEmpty();
    var read =
        db.executeTransaction(r ->
            r.transactStatements(
                statement("SELECT * FROM Users WHERE email = 'a'"),
                statement("SELECT * FROM Users WHERE email = 'none'")));
    assertThat(read.responses().get(0).item()).isEqualTo(item("email", "a", "v", 1));
    assertThat(read.responses().get(1).hasItem()).isFalse();
    assertThat(
            error(() ->
                db.executeTransaction(r ->
                    r.transactStatements(
                        statement("SELECT * FROM Users WHERE attribute_exists(v)")))))
        .isEqualTo(
            "ValidationException: Validation failed in TransactStatements[0]: Select statements"
                + " within ExecuteTransaction must specify the primary key in the where clause.");
  }

  @Test
  void parameters_mayBeLeftOut_butNotBeNone() {
    assertThat(
            error(() ->
                db.executeStatement(r -> r.statement("SELECT * FROM Users").parameters(List.of()))))
        .isEqualTo(
            "ValidationException: 1 validation error detected: Value '[]' at 'parameters' failed to"
                + " satisfy constraint: Member must have length greater than or equal to 1");
  }

  private static ParameterizedStatement statement(String text) {
    return ParameterizedStatement.builder().statement(text).build();
  }
}
