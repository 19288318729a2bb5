package dev.onboard.local.cloudformation.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/** {@code AWS::DynamoDB::Table}. */
final class DynamoDbTable extends Provider {
  private static final int NAME_LIMIT = 255;
  private static final String[] NOT_IN_CREATE = {
    "TimeToLiveSpecification", "PointInTimeRecoverySpecification", "Tags"
  };

  private static final String[] CHANGEABLE = {
    "BillingMode",
    "ProvisionedThroughput",
    "StreamSpecification",
    "SSESpecification",
    "DeletionProtectionEnabled",
    "TableClass"
  };
  private static final String DEFAULTS =
      """
      {"BillingMode": "PROVISIONED", "StreamSpecification": {"StreamEnabled": false},
       "SSESpecification": {"Enabled": false}, "DeletionProtectionEnabled": false,
       "TableClass": "STANDARD"}
      """;

  DynamoDbTable() {
    super(
        "AWS::DynamoDB::Table",
        """
        TableName@: String, KeySchema!*: [{ AttributeName*: String, KeyType*: String }]
        AttributeDefinitions: [{ AttributeName*: String, AttributeType*: String }]
        BillingMode: String
        ProvisionedThroughput: { ReadCapacityUnits*: Integer, WriteCapacityUnits*: Integer }
        GlobalSecondaryIndexes: [{ IndexName*: String
          KeySchema*: [{ AttributeName*: String, KeyType*: String }]
          Projection*: { ProjectionType: String, NonKeyAttributes: [String] }
          ProvisionedThroughput: { ReadCapacityUnits*: Integer, WriteCapacityUnits*: Integer } }]
        LocalSecondaryIndexes!: [{ IndexName*: String
          KeySchema*: [{ AttributeName*: String, KeyType*: String }]
          Projection*: { ProjectionType: String, NonKeyAttributes: [String] } }]
        StreamSpecification: { StreamViewType*: String }
        SSESpecification: { SSEEnabled*: Boolean, SSEType: String, KMSMasterKeyId: String }
        TimeToLiveSpecification: { AttributeName: String, Enabled*: Boolean }
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: Boolean
          RecoveryPeriodInDays: Integer }
        DeletionProtectionEnabled: Boolean, TableClass: String
        Tags: [{ Key*: String, Value*: String }]
        """,
        "Arn",
        "StreamArn");
  }

  @Override
  public Physical create(Context context, Properties now) {
    String name = context.name(now.textOrNull("TableName"), NAME_LIMIT);
    DynamoDbClient dynamo = context.client(DynamoDbClient.class);
    Properties request = request(now).without(NOT_IN_CREATE).with("TableName", name);
    if (now.has("Tags")) {
      request = request.with("Tags", now.get("Tags"));
    }
    var table =
        dynamo.createTable(request.into(CreateTableRequest.builder()).build()).tableDescription();
    timeToLive(dynamo, name, Properties.NONE, now);
    recovery(dynamo, name, Properties.NONE, now);
    return physical(context, name, table.latestStreamArn());
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    DynamoDbClient dynamo = context.client(DynamoDbClient.class);
    String name = physical.id();
    Properties changed = changed(request(before), request(now));
    if (!changed.isEmpty()) {
      dynamo.updateTable(
          changed.with("TableName", name).into(UpdateTableRequest.builder()).build());
    }
    indexes(dynamo, name, before, now);
    timeToLive(dynamo, name, before, now);
    recovery(dynamo, name, before, now);
    String arn = physical.attribute("Arn");
    TagChange.between(before, now)
        .apply(
            keys -> dynamo.untagResource(b -> b.resourceArn(arn).tagKeys(keys)),
            tags ->
                dynamo.tagResource(b ->
                    b.resourceArn(arn)
                        .tags(
                            tags.entrySet().stream()
                                .map(t -> Tag.builder().key(t.getKey()).value(t.getValue()).build())
                                .toList())));
    String stream = dynamo.describeTable(b -> b.tableName(name)).table().latestStreamArn();
    return physical(context, name, stream);
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context.client(DynamoDbClient.class).deleteTable(b -> b.tableName(physical.id()));
  }

  @Override
  public boolean isStable(Context context, Physical physical) {
    return "ACTIVE"
        .equals(
            context
                .client(DynamoDbClient.class)
                .describeTable(b -> b.tableName(physical.id()))
                .table()
                .tableStatusAsString());
  }

  private static Physical physical(Context context, String name, @Nullable String stream) {
    String arn = context.arn("dynamodb", "table/" + name);
    return stream == null
        ? Physical.of(name, "Arn", arn)
        : Physical.of(name, "Arn", arn, "StreamArn", stream);
  }

  private static Properties request(Properties now) {
    Properties request = now;
    if (now.has("SSESpecification")) {
      request =
          request.with(
              "SSESpecification",
              now.in("SSESpecification").renamed("SSEEnabled", "Enabled").node());
    }
    if (now.has("StreamSpecification")) {
      request =
          request.with(
              "StreamSpecification",
              now.in("StreamSpecification").with("StreamEnabled", BooleanNode.TRUE).node());
    }
    return request;
  }

  /** What is to be asked of UpdateTable: what differs, and what its absence means. */
  private static Properties changed(Properties before, Properties now) {
    return now.resetting(before, DEFAULTS).only(CHANGEABLE).without(same(before, now));
  }

  private static String[] same(Properties before, Properties now) {
    return Stream.of(CHANGEABLE)
        .filter(name -> !now.differsFrom(before, name))
        .toArray(String[]::new);
  }

  /** Creates, changes and deletes indexes, one a call as the API wants it. */
  private static void indexes(
      DynamoDbClient dynamo, String table, Properties before, Properties now) {
    Map<String, Properties> old = byName(before);
    Map<String, Properties> current = byName(now);
    old.keySet().stream()
        .filter(n -> !current.containsKey(n) || replaced(old.get(n), current.get(n)))
        .forEach(n -> index(dynamo, table, now, "Delete", Properties.NONE.with("IndexName", n)));
    current.forEach((name, index) -> {
      if (!old.containsKey(name) || replaced(old.get(name), index)) {
        index(dynamo, table, now, "Create", index);
      } else if (!index.equals(old.get(name))) {
        index(dynamo, table, now, "Update", index.only("IndexName", "ProvisionedThroughput"));
      }
    });
  }

  private static boolean replaced(Properties before, Properties now) {
    return now.differsFrom(before, "KeySchema", "Projection");
  }

  private static Map<String, Properties> byName(Properties table) {
    var indexes = new LinkedHashMap<String, Properties>();
    table.each("GlobalSecondaryIndexes").forEach(i -> indexes.put(i.text("IndexName"), i));
    return indexes;
  }

  private static void index(
      DynamoDbClient dynamo, String table, Properties now, String action, Properties index) {
    ArrayNode updates = JsonNodeFactory.instance.arrayNode();
    updates.addObject().set(action, index.node());
    JsonNode definitions = now.get("AttributeDefinitions");
    dynamo.updateTable(
        Properties.NONE
            .with("TableName", table)
            .with("AttributeDefinitions", definitions)
            .with("GlobalSecondaryIndexUpdates", updates)
            .into(UpdateTableRequest.builder())
            .build());
  }

  private static void timeToLive(
      DynamoDbClient dynamo, String table, Properties before, Properties now) {
    Properties old = before.in("TimeToLiveSpecification");
    Properties current = now.in("TimeToLiveSpecification");
    boolean enabled = current.get("Enabled").asBoolean();
    if (current.equals(old) || (!enabled && !old.get("Enabled").asBoolean())) {
      return;
    }
    String attribute = (enabled ? current : old).text("AttributeName");
    dynamo.updateTimeToLive(b ->
        b.tableName(table)
            .timeToLiveSpecification(t -> t.attributeName(attribute).enabled(enabled)));
  }

  private static void recovery(
      DynamoDbClient dynamo, String table, Properties before, Properties now) {
    Properties old = before.in("PointInTimeRecoverySpecification");
    Properties current = now.in("PointInTimeRecoverySpecification");
    boolean enabled = current.get("PointInTimeRecoveryEnabled").asBoolean();
    if (current.equals(old) || (!enabled && !old.get("PointInTimeRecoveryEnabled").asBoolean())) {
      return;
    }
    Integer days =
        current.has("RecoveryPeriodInDays") ? current.get("RecoveryPeriodInDays").asInt() : null;
    dynamo.updateContinuousBackups(b ->
        b.tableName(table)
            .pointInTimeRecoverySpecification(
                p -> p.pointInTimeRecoveryEnabled(enabled).recoveryPeriodInDays(days)));
  }
}
