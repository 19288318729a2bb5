package dev.onboard.local.dynamodb;

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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

class ItemOperationsTest {
  @TempDir Path folder;
  Rooms rooms;
  DynamoDbClient db;

  @BeforeEach
  void open() {
    rooms = Fixture.open(folder);
    db = rooms.client(DynamoDbClient.class);
    db.createTable(Fixture.table("Users", "email:S").build());
    db.createTable(Fixture.table("Events", "pk:S", "sk:N").build());
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  @Test
  void put_everyType_getsItBackAlsoAfterRestart() {
    Map<String, AttributeValue> item =
        item(
            "email", "a@example.com",
            "n", "x",
            "b", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1})),
            "t", true,
            "nul", AttributeValue.fromNul(true),
            "ss", AttributeValue.fromSs(List.of("b", "a")),
            "ns", AttributeValue.fromNs(List.of("2", "1.5")),
            "bs", AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("é"))),
            "l", AttributeValue.fromL(List.of(s(""), n(1))),
            "m", AttributeValue.fromM(item("x", AttributeValue.fromM(item("y", "ü𝄞")))));
    db.putItem(r -> r.tableName("Users").item(item));
    assertThat(get(db, "Users", "email", "a@example.com")).isEqualTo(item);

    rooms.close();
    rooms = Fixture.open(folder);
    db = rooms.client(DynamoDbClient.class);
    assertThat(get(db, "Users", "email", "a@example.com")).isEqualTo(item);
  }

  @Test
  void get_noItem_hasNone() {
    assertThat(db.getItem(r -> r.tableName("Users").key(item("email", "x"))).hasItem()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0000012345678901234567890123456789012345678, 12345678901234567890123456789012345678",
    "-00001.23456789012345678901234567890123456780000, -1.2345678901234567890123456789012345678",
    "1.0, 1",
    "3.1400, 3.14",
    "1.5E2, 150",
    "-0, 0",
    "0e200, 0",
  })
  void put_number_isNormalised(String given, String kept) {
    put(db, "Users", "email", "n", "v", n(given), "s", AttributeValue.fromNs(List.of(given)));
    assertThat(get(db, "Users", "email", "n").get("v").n()).isEqualTo(kept);
    assertThat(get(db, "Users", "email", "n").get("s").ns()).containsExactly(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "123456789012345678901234567890123456789"
            + "|Attempting to store more than 38 significant digits in a Number",
        "1e126|Number overflow. Attempting to store a number with magnitude larger than supported"
            + " range",
        "1e999999999|Number overflow. Attempting to store a number with magnitude larger than"
            + " supported range",
        "-1e-131|Number underflow. Attempting to store a number with magnitude smaller than"
            + " supported range",
        "b|The parameter cannot be converted to a numeric value: b",
        "''|The parameter cannot be converted to a numeric value",
      })
  void put_badNumber_isRefused(String given, String message) {
    assertThat(error(() -> put(db, "Users", "email", "n", "v", n(given))))
        .isEqualTo("ValidationException: " + message);
  }

  @Test
  void put_badValues_areRefusedAsByAws() {
    assertThat(error(() -> put(db, "Users", "email", "x", "v", AttributeValue.fromSs(List.of()))))
        .isEqualTo(
            "ValidationException: One or more parameter values were invalid: An string set  may not"
                + " be empty");
    assertThat(
            error(() ->
                put(db, "Users", "email", "x", "v", AttributeValue.fromSs(List.of("a", "a")))))
        .isEqualTo(
            "ValidationException: One or more parameter values were invalid: Input collection [a,"
                + " a] contains duplicates.");
    assertThat(error(() -> put(db, "Users", "email", "x", "v", AttributeValue.fromNul(false))))
        .isEqualTo(
            "ValidationException: One or more parameter values were invalid: Null attribute value"
                + " types must have the value of true");
    assertThat(error(() -> put(db, "Users", "email", "x", "v", AttributeValue.builder().build())))
        .isEqualTo(
            "ValidationException: Supplied AttributeValue is empty, must contain exactly one of the"
                + " supported datatypes");
    assertThat(
            error(() ->
                put(
                    db,
                    "Users",
                    "email",
                    "x",
                    "v",
                    AttributeValue.builder().s("a").n("1").build())))
        .isEqualTo(
            "ValidationException: Supplied AttributeValue has more than one datatypes set, must"
                + " contain exactly one of the supported datatypes");
    AttributeValue deep = s("x");
    for (int i = 0; i < 33; i++) {
      deep = AttributeValue.fromL(List.of(deep));
    }
    AttributeValue tooDeep = deep;
    assertThat(error(() -> put(db, "Users", "email", "x", "v", tooDeep)))
        .isEqualTo("ValidationException: Nesting Levels have exceeded supported limits");
    assertThat(error(() -> put(db, "Users", "email", "x", "v", "y".repeat(410_000))))
        .isEqualTo("ValidationException: Item size has exceeded the maximum allowed size");
  }

  @Test
  void put_badKey_isRefusedAsByAws() {
    assertThat(error(() -> put(db, "Users", "name", "x")))
        .isEqualTo(
            "ValidationException: One or more parameter values were invalid: Missing the key email"
                + " in the item");
    assertThat(error(() -> put(db, "Users", "email", 1)))
        .isEqualTo(
            "ValidationException: One or more parameter values were invalid: Type mismatch for key"
                + " email expected: S actual: N");
    assertThat(error(() -> put(db, "Users", "email", "")))
        .isEqualTo(
            "ValidationException: One or more parameter values are not valid. The AttributeValue"
                + " for a key attribute cannot contain an empty string value. Key: email");
    assertThat(error(() -> put(db, "Users", "email", "x".repeat(2049))))
        .isEqualTo(
            "ValidationException: One or more parameter values were invalid: Size of hashkey has"
                + " exceeded the maximum size limit of2048 bytes");
    assertThat(error(() -> get(db, "Events", "pk", "x")))
        .isEqualTo("ValidationException: The provided key element does not match the schema");
    assertThat(error(() -> get(db, "Nothing", "pk", "x")))
        .isEqualTo("ResourceNotFoundException: Requested resource not found");
    assertThat(error(() -> db.getItem(r -> r.tableName("bad table!").key(item("a", "b")))))
        .isEqualTo(
            "ValidationException: 1 validation error detected: Value 'bad table!' at 'tableName'"
                + " failed to satisfy constraint: Member must satisfy regular expression pattern:"
                + " [a-zA-Z0-9_.-]+");
    assertThat(error(() -> db.putItem(r -> r.item(item("a", "b")).returnValues("LAST"))))
        .isEqualTo(
            "ValidationException: 2 validation errors detected: Value null at 'tableName' failed to"
                + " satisfy constraint: Member must not be null; Value 'LAST' at 'returnValues'"
                + " failed to satisfy constraint: Member must satisfy enum value set: [ALL_NEW,"
                + " UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]");
  }

  @Test
  void put_conditionFails_showsTheItemIfAsked() {
    put(db, "Users", "email", "a", "v", 1);
    var failed =
        catchThrowableOfType(
            ConditionalCheckFailedException.class,
            () ->
                db.putItem(r ->
                    r.tableName("Users")
                        .item(item("email", "a", "v", 2))
                        .conditionExpression("attribute_not_exists(email)")
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD)));
    assertThat(failed.awsErrorDetails().errorMessage()).isEqualTo("The conditional request failed");
    assertThat(failed.item()).isEqualTo(item("email", "a", "v", 1));
    assertThat(get(db, "Users", "email", "a")).isEqualTo(item("email", "a", "v", 1));
  }

  @Test
  void put_overAnother_returnsItAndCounts() {
    put(db, "Users", "email", "a", "v", 1);
    var answer =
        db.putItem(r ->
            r.tableName("Users")
                .item(item("email", "a", "v", 2))
                .returnValues(ReturnValue.ALL_OLD)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    assertThat(answer.attributes()).isEqualTo(item("email", "a", "v", 1));
    assertThat(answer.consumedCapacity().capacityUnits()).isEqualTo(1);
    var table = db.describeTable(r -> r.tableName("Users")).table();
    assertThat(table.itemCount()).isEqualTo(1);
    assertThat(table.tableSizeBytes()).isEqualTo(5 + 1 + 1 + 2);
  }

  @Test
  void update_everySection_returnsWhatIsAsked() {
    put(
        db,
        "Users",
        "email",
        "a",
        "count",
        5,
        "tags",
        AttributeValue.fromSs(List.of("x", "y")),
        "list",
        AttributeValue.fromL(List.of(n(0), n(1), n(2), n(3))),
        "map",
        AttributeValue.fromM(item("in", 1)),
        "gone",
        "bye");
    var answer =
        db.updateItem(r ->
            r.tableName("Users")
                .key(item("email", "a"))
                .updateExpression(
                    "SET #m.#n = if_not_exists(#m.#n, :zero) + :two, #l[9] = :z, kept = gone"
                        + " REMOVE gone, #l[0], #l[2] ADD #c :two, nw :tag DELETE tags :tag")
                .expressionAttributeNames(
                    Map.of("#m", "map", "#n", "new", "#c", "count", "#l", "list"))
                .expressionAttributeValues(
                    item(
                        ":zero",
                        0,
                        ":two",
                        2,
                        ":z",
                        "z",
                        ":tag",
                        AttributeValue.fromSs(List.of("x"))))
                .returnValues(ReturnValue.UPDATED_NEW));
    assertThat(get(db, "Users", "email", "a"))
        .isEqualTo(
            item(
                "email", "a",
                "count", 7,
                "tags", AttributeValue.fromSs(List.of("y")),
                "list", AttributeValue.fromL(List.of(n(1), n(3), s("z"))),
                "map", AttributeValue.fromM(item("in", 1, "new", 2)),
                "kept", "bye",
                "nw", AttributeValue.fromSs(List.of("x"))));
    assertThat(answer.attributes().get("map")).isEqualTo(AttributeValue.fromM(item("new", 2)));
    assertThat(answer.attributes()).containsKeys("count", "kept", "tags").doesNotContainKey("gone");
  }

  @Test
  void update_noItem_createsItWithItsKey() {
    db.updateItem(r ->
        r.tableName("Events")
            .key(item("pk", "p", "sk", 1))
            .updateExpression("ADD hits :one")
            .expressionAttributeValues(item(":one", 1)));
    assertThat(get(db, "Events", "pk", "p", "sk", 1))
        .isEqualTo(item("pk", "p", "sk", 1, "hits", 1));
    db.updateItem(r -> r.tableName("Users").key(item("email", "bare")));
    assertThat(get(db, "Users", "email", "bare")).isEqualTo(item("email", "bare"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SET email = :s|One or more parameter values were invalid: Cannot update attribute email."
            + " This attribute is part of the key",
        "SET a = b, c = :s|The provided expression refers to an attribute that does not exist in the item",
        "SET a = :s + :n|Invalid UpdateExpression: Incorrect operand type for operator or function;"
            + " operator or function: +, operand type: S",
        "SET a = str + :n|An operand in the update expression has an incorrect data type",
        "SET x.y = :s|The document path provided in the update expression is invalid for update",
        "ADD a :s|Invalid UpdateExpression: Incorrect operand type for operator or function;"
            + " operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND",
        "ADD str :n|An operand in the update expression has an incorrect data type",
        "SET a = :s, a.b = :n|Invalid UpdateExpression: Two document paths overlap with each other;"
            + " must remove or rewrite one of these paths; path one: [a], path two: [a, b]",
        "SET a[1] = :s, a.b = :n|Invalid UpdateExpression: Two document paths conflict with each"
            + " other; must remove or rewrite one of these paths; path one: [a, [1]], path two:"
            + " [a, b]",
        "SET a = :s SET b = :n|Invalid UpdateExpression: The \"SET\" section can only be used once"
            + " in an update expression;",
        "INVALID SYNTAX HERE|Invalid UpdateExpression: Syntax error; token: \"INVALID\", near:"
            + " \"INVALID SYNTAX\"",
        "SET a = if_not_exist(a, :s)|Invalid UpdateExpression: Invalid function name; function:"
            + " if_not_exist",
        "SET a = if_not_exists(a)|Invalid UpdateExpression: Incorrect number of operands for"
            + " operator or function; operator or function: if_not_exists, number of operands: 1",
        "SET status = :s|Invalid UpdateExpression: Attribute name is a reserved keyword; reserved"
            + " keyword: status",
        "SET #x = :s|Invalid UpdateExpression: An expression attribute name used in the document"
            + " path is not defined; attribute name: #x",
        "SET a = :x|Invalid UpdateExpression: An expression attribute value used in expression is"
            + " not defined; attribute value: :x",
        "SET a = :s|Value provided in ExpressionAttributeValues unused in expressions: keys: {:n}",
        "' '|Invalid UpdateExpression: The expression can not be empty;",
      })
  void update_badExpression_isRefusedAsByAws(String expression, String message) {
    put(db, "Users", "email", "a", "str", "text");
    String problem =
        error(() ->
            db.updateItem(r ->
                r.tableName("Users")
                    .key(item("email", "a"))
                    .updateExpression(expression)
                    .expressionAttributeValues(
                        expression.contains(":n") || message.contains("{:n}")
                            ? expression.contains(":s") || message.contains("{:n}")
                                ? item(":s", "s", ":n", 1)
                                : item(":n", 1)
                            : item(":s", "s"))));
    assertThat(problem).isEqualTo("ValidationException: " + message);
    assertThat(get(db, "Users", "email", "a")).isEqualTo(item("email", "a", "str", "text"));
  }

  @Test
  void update_tooLarge_isRefused() {
    put(db, "Users", "email", "a", "v", "x".repeat(300_000));
    assertThat(
            error(() ->
                db.updateItem(r ->
                    r.tableName("Users").key(item("email", "a")).updateExpression("SET w = v"))))
        .isEqualTo(
            "ValidationException: Item size to update has exceeded the maximum allowed size");
  }

  @Test
  void condition_upTo300Operators_isTaken() {
    put(db, "Users", "email", "a", "v", 1);
    // 150 comparisons, 149 ANDs and a NOT.
    String most = "NOT (" + String.join(" AND ", Collections.nCopies(150, "v = :v")) + ")";
    assertThat(error(() -> deleteIf(most)))
        .isEqualTo("ConditionalCheckFailedException: The conditional request failed");
    assertThat(error(() -> deleteIf("NOT (" + most + ")")))
        .isEqualTo(
            "ValidationException: Invalid ConditionExpression: The expression contains too many"
                + " operators; operator count: 301");
  }

  private void deleteIf(String condition) {
    db.deleteItem(r ->
        r.tableName("Users")
            .key(item("email", "a"))
            .conditionExpression(condition)
            .expressionAttributeValues(item(":v", 1)));
  }

  @Test
  void delete_withCondition_returnsOld() {
    put(db, "Users", "email", "a", "v", 1);
    assertThat(
            error(() ->
                db.deleteItem(r ->
                    r.tableName("Users")
                        .key(item("email", "a"))
                        .conditionExpression("v > :v")
                        .expressionAttributeValues(item(":v", 1)))))
        .isEqualTo("ConditionalCheckFailedException: The conditional request failed");
    var answer =
        db.deleteItem(
            r -> r.tableName("Users").key(item("email", "a")).returnValues(ReturnValue.ALL_OLD));
    assertThat(answer.attributes()).isEqualTo(item("email", "a", "v", 1));
    assertThat(db.getItem(r -> r.tableName("Users").key(item("email", "a"))).hasItem()).isFalse();
    assertThat(db.describeTable(r -> r.tableName("Users")).table().itemCount()).isZero();
    db.deleteItem(r -> r.tableName("Users").key(item("email", "a")));
  }

  @Test
  void get_projection_givesTheParts() {
    put(
        db,
        "Users",
        "email",
        "a",
        "l",
        AttributeValue.fromL(List.of(n(0), n(1), n(2))),
        "m",
        AttributeValue.fromM(item("x", 1, "y", 2)));
    var found =
        db.getItem(r ->
                r.tableName("Users")
                    .key(item("email", "a"))
                    .projectionExpression("l[2], l[0], m.y, #none.z")
                    .expressionAttributeNames(Map.of("#none", "none")))
            .item();
    assertThat(found)
        .isEqualTo(
            item(
                "l", AttributeValue.fromL(List.of(n(0), n(2))),
                "m", AttributeValue.fromM(item("y", 2))));
    assertThat(
            error(() ->
                db.getItem(r ->
                    r.tableName("Users")
                        .key(item("email", "a"))
                        .projectionExpression("!!! INVALID !!!"))))
        .isEqualTo(
            "ValidationException: Invalid ProjectionExpression: Syntax error; token: \"!\", near:"
                + " \"!!\"");
  }

  @Test
  void legacyParameters_areRefusedByName() {
    assertThat(
            error(() ->
                db.putItem(r ->
                    r.tableName("Users")
                        .item(item("email", "a"))
                        .expected(
                            Map.of(
                                "email", ExpectedAttributeValue.builder().exists(false).build())))))
        .contains("PutItem with the legacy parameter Expected");
  }

  @Test
  void capacity_ofReadsAndWrites_isByTheirSize() {
    put(db, "Users", "email", "big", "v", "x".repeat(5000));
    var read =
        db.getItem(r ->
            r.tableName("Users")
                .key(item("email", "big"))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    assertThat(read.consumedCapacity().capacityUnits()).isEqualTo(1.0);
    var consistent =
        db.getItem(r ->
            r.tableName("Users")
                .key(item("email", "big"))
                .consistentRead(true)
                .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES));
    assertThat(consistent.consumedCapacity().capacityUnits()).isEqualTo(2.0);
    assertThat(consistent.consumedCapacity().table().capacityUnits()).isEqualTo(2.0);
    var written =
        db.putItem(r ->
            r.tableName("Users")
                .item(item("email", "big"))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    assertThat(written.consumedCapacity().capacityUnits()).isEqualTo(5.0);
  }
}
