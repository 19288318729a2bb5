package dev.onboard.local.dynamodb;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.onboard.local.Rooms;
import dev.onboard.local.call.AwsErrors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/** Tables, items and errors for the tests of this room. */
final class Fixture {
  private Fixture() {}

  static Rooms open(Path folder) {
    return Rooms.open(folder, env -> List.of(new LocalDynamoDb(env)));
  }

  /** A request for an on-demand table; keys as {@code "pk:S", "sk:N"}. */
  static CreateTableRequest.Builder table(String name, String... keys) {
    var definitions = new ArrayList<AttributeDefinition>();
    var schema = new ArrayList<KeySchemaElement>();
    for (String key : keys) {
      String[] parts = key.split(":");
      definitions.add(
          AttributeDefinition.builder().attributeName(parts[0]).attributeType(parts[1]).build());
      schema.add(element(parts[0], schema.isEmpty() ? "HASH" : "RANGE"));
    }
    return CreateTableRequest.builder()
        .tableName(name)
        .attributeDefinitions(definitions)
        .keySchema(schema)
        .billingMode(BillingMode.PAY_PER_REQUEST);
  }

  static KeySchemaElement element(String attribute, String type) {
    return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
  }

  static AttributeDefinition attribute(String name, String type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  static AttributeValue n(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  static AttributeValue n(String number) {
    return AttributeValue.fromN(number);
  }

  /** A map of attributes: name, value, name, value; strings and numbers may stand for values. */
  static Map<String, AttributeValue> item(Object... namesAndValues) {
    var item = new LinkedHashMap<String, AttributeValue>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      item.put((String) namesAndValues[i], value(namesAndValues[i + 1]));
    }
    return item;
  }

  private static AttributeValue value(Object value) {
    return switch (value) {
      case AttributeValue v -> v;
      case String text -> s(text);
      case Integer number -> n(number);
      case Boolean bool -> AttributeValue.fromBool(bool);
      default -> throw new IllegalArgumentException(value.toString());
    };
  }

  static void put(DynamoDbClient db, String table, Object... namesAndValues) {
    db.putItem(r -> r.tableName(table).item(item(namesAndValues)));
  }

  static Map<String, AttributeValue> get(DynamoDbClient db, String table, Object... key) {
    return db.getItem(r -> r.tableName(table).key(item(key))).item();
  }

  /** The code and message of the error that a call ends in. */
  static String error(ThrowingCallable call) {
    AwsServiceException e = catchThrowableOfType(AwsServiceException.class, call);
    return e == null ? "no error" : AwsErrors.code(e) + ": " + AwsErrors.message(e);
  }
}
