package dev.onboard.local.dynamodb;

import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.dynamodb.value.Limits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;

/** What the definition of a table must satisfy. */
final class TableRules {
  private TableRules() {}

  static void check(CreateTableRequest request) {
    constraints(request);
    throughput(request.billingModeAsString(), request.provisionedThroughput(), "");
    List<String> defined =
        request.attributeDefinitions().stream().map(AttributeDefinition::attributeName).toList();
    List<String> keys = names(request.keySchema());
    if (new HashSet<>(keys).size() > new HashSet<>(defined).size()
        || keys.size() > defined.size()) {
      throw DynamoErrors.validation(
          "Invalid KeySchema: Some index key attribute have no definition");
    }
    requireDefined(keys, defined);
    keySchema(request.keySchema());
    var used = new HashSet<>(keys);
    var indexNames = new HashSet<String>();
    localIndexes(request, defined, used, indexNames);
    if (request.hasGlobalSecondaryIndexes()) {
      if (request.globalSecondaryIndexes().isEmpty()) {
        throw DynamoErrors.invalid("List of GlobalSecondaryIndexes is empty");
      }
      for (GlobalSecondaryIndex index : request.globalSecondaryIndexes()) {
        globalIndex(request.billingModeAsString(), index, defined);
        requireNew(indexNames, index.indexName());
        used.addAll(names(index.keySchema()));
      }
      requireGlobalIndexes(request.globalSecondaryIndexes().size());
    }
    requireUsed(defined, used);
  }

  static void requireGlobalIndexes(int count) {
    if (count > Limits.GLOBAL_INDEXES) {
      throw DynamoErrors.invalid(
          "GlobalSecondaryIndex count exceeds the per-table limit of " + Limits.GLOBAL_INDEXES);
    }
  }

  static void requireUsed(List<String> defined, Set<String> used) {
    if (used.size() != defined.size()) {
      throw DynamoErrors.invalid(
          used.size() <= 2
              ? "Number of attributes in KeySchema does not exactly match number of attributes"
                  + " defined in AttributeDefinitions"
              : "Some AttributeDefinitions are not used. AttributeDefinitions: "
                  + defined
                  + ", keys used: "
                  + List.copyOf(used));
    }
  }

  private static void constraints(CreateTableRequest request) {
    var constraints =
        new Constraints()
            .table(request.tableName())
            .required("attributeDefinitions", request.hasAttributeDefinitions())
            .required("keySchema", request.hasKeySchema())
            .oneOf("billingMode", request.billingModeAsString(), "PROVISIONED", "PAY_PER_REQUEST")
            .oneOf(
                "tableClass",
                request.tableClassAsString(),
                "STANDARD",
                "STANDARD_INFREQUENT_ACCESS");
    if (request.hasKeySchema()) {
      constraints.size("keySchema", request.keySchema(), 1, 2);
    }
    keySchemaConstraints(constraints, "keySchema", request.keySchema());
    definitionConstraints(constraints, request.attributeDefinitions());
    throughputConstraints(constraints, "provisionedThroughput", request.provisionedThroughput());
    int at = 0;
    for (LocalSecondaryIndex index : request.localSecondaryIndexes()) {
      String member = "localSecondaryIndexes." + ++at + ".member";
      indexConstraints(
          constraints, member, index.indexName(), index.keySchema(), index.projection());
    }
    at = 0;
    for (GlobalSecondaryIndex index : request.globalSecondaryIndexes()) {
      String member = "globalSecondaryIndexes." + ++at + ".member";
      indexConstraints(
          constraints, member, index.indexName(), index.keySchema(), index.projection());
      throughputConstraints(
          constraints, member + ".provisionedThroughput", index.provisionedThroughput());
    }
    constraints.check();
  }

  static void definitionConstraints(
      Constraints constraints, List<AttributeDefinition> definitions) {
    for (int i = 0; i < definitions.size(); i++) {
      String member = "attributeDefinitions." + (i + 1) + ".member";
      AttributeDefinition definition = definitions.get(i);
      constraints
          .required(member + ".attributeName", definition.attributeName())
          .length(member + ".attributeName", definition.attributeName(), 1, Limits.NAME_MAX)
          .required(member + ".attributeType", definition.attributeTypeAsString())
          .oneOf(member + ".attributeType", definition.attributeTypeAsString(), "B", "N", "S");
    }
  }

  private static void keySchemaConstraints(
      Constraints constraints, String member, List<KeySchemaElement> schema) {
    for (int i = 0; i < schema.size(); i++) {
      String element = member + "." + (i + 1) + ".member";
      constraints
          .required(element + ".attributeName", schema.get(i).attributeName())
          .required(element + ".keyType", schema.get(i).keyTypeAsString())
          .oneOf(element + ".keyType", schema.get(i).keyTypeAsString(), "HASH", "RANGE");
    }
  }

  static void throughputConstraints(
      Constraints constraints, String member, @Nullable ProvisionedThroughput throughput) {
    if (throughput != null) {
      constraints
          .required(member + ".writeCapacityUnits", throughput.writeCapacityUnits())
          .atLeast(member + ".writeCapacityUnits", throughput.writeCapacityUnits(), 1)
          .required(member + ".readCapacityUnits", throughput.readCapacityUnits())
          .atLeast(member + ".readCapacityUnits", throughput.readCapacityUnits(), 1);
    }
  }

  static void indexConstraints(
      Constraints constraints,
      String member,
      @Nullable String name,
      List<KeySchemaElement> schema,
      @Nullable Projection projection) {
    constraints
        .name(member + ".indexName", name)
        .size(member + ".keySchema", schema, 1, 2)
        .required(member + ".projection", projection);
    keySchemaConstraints(constraints, member + ".keySchema", schema);
    if (projection != null) {
      constraints.oneOf(
          member + ".projection.projectionType",
          projection.projectionTypeAsString(),
          "ALL",
          "INCLUDE",
          "KEYS_ONLY");
      if (projection.hasNonKeyAttributes()) {
        constraints.size(
            member + ".projection.nonKeyAttributes",
            projection.nonKeyAttributes(),
            1,
            Integer.MAX_VALUE);
      }
    }
  }

  static void throughput(
      @Nullable String billing, @Nullable ProvisionedThroughput throughput, String index) {
    if ("PAY_PER_REQUEST".equals(billing)) {
      if (throughput != null) {
        throw DynamoErrors.invalid(
            index.isEmpty()
                ? "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when"
                    + " BillingMode is PAY_PER_REQUEST"
                : "ProvisionedThroughput should not be specified for index: "
                    + index
                    + " when BillingMode is PAY_PER_REQUEST");
      }
    } else if (throughput == null) {
      throw DynamoErrors.invalid(
          index.isEmpty()
              ? "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode"
                  + " is PROVISIONED"
              : "ProvisionedThroughput must be specified for index: " + index);
    }
  }

  private static void keySchema(List<KeySchemaElement> schema) {
    List<String> names = names(schema);
    if (names.size() == 2 && names.getFirst().equals(names.getLast())) {
      throw DynamoErrors.validation(
          "Both the Hash Key and the Range Key element in the KeySchema have the same name");
    }
    if (!schema.getFirst().keyTypeAsString().equals("HASH")) {
      throw DynamoErrors.validation(
          "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    }
    if (schema.size() == 2 && !schema.getLast().keyTypeAsString().equals("RANGE")) {
      throw DynamoErrors.validation(
          "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    }
  }

  private static void requireDefined(List<String> keys, List<String> defined) {
    if (!defined.containsAll(keys)) {
      throw DynamoErrors.invalid(
          "Some index key attributes are not defined in AttributeDefinitions. Keys: "
              + keys
              + ", AttributeDefinitions: "
              + defined);
    }
  }

  private static void requireNew(Set<String> names, String name) {
    if (!names.add(name)) {
      throw DynamoErrors.invalid("Duplicate index name: " + name);
    }
  }

  private static void localIndexes(
      CreateTableRequest request, List<String> defined, Set<String> used, Set<String> names) {
    if (!request.hasLocalSecondaryIndexes()) {
      return;
    }
    if (request.localSecondaryIndexes().isEmpty()) {
      throw DynamoErrors.invalid("List of LocalSecondaryIndexes is empty");
    }
    if (request.keySchema().size() != 2) {
      throw DynamoErrors.invalid(
          "Table KeySchema does not have a range key, which is required when specifying a"
              + " LocalSecondaryIndex");
    }
    String partition = request.keySchema().getFirst().attributeName();
    for (LocalSecondaryIndex index : request.localSecondaryIndexes()) {
      requireDefined(names(index.keySchema()), defined);
      keySchema(index.keySchema());
      if (index.keySchema().size() != 2) {
        throw DynamoErrors.invalid(
            "Index KeySchema does not have a range key for index: " + index.indexName());
      }
      String of = index.keySchema().getFirst().attributeName();
      if (!of.equals(partition)) {
        throw DynamoErrors.invalid(
            "Index KeySchema does not have the same leading hash key as table KeySchema for index: "
                + index.indexName()
                + ". index hash key: "
                + of
                + ", table hash key: "
                + partition);
      }
      projection(index.projection());
      requireNew(names, index.indexName());
      used.addAll(names(index.keySchema()));
    }
    if (request.localSecondaryIndexes().size() > Limits.LOCAL_INDEXES) {
      throw DynamoErrors.invalid(
          "Number of LocalSecondaryIndexes exceeds per-table limit of " + Limits.LOCAL_INDEXES);
    }
  }

  static void globalIndex(
      @Nullable String billing, GlobalSecondaryIndex index, List<String> defined) {
    requireDefined(names(index.keySchema()), defined);
    keySchema(index.keySchema());
    projection(index.projection());
    throughput(billing, index.provisionedThroughput(), index.indexName());
  }

  private static void projection(Projection projection) {
    String type = projection.projectionTypeAsString();
    if (type == null) {
      throw DynamoErrors.invalid("Unknown ProjectionType: null");
    }
    if (projection.hasNonKeyAttributes() && !type.equals("INCLUDE")) {
      throw DynamoErrors.invalid(
          "ProjectionType is " + type + ", but NonKeyAttributes is specified");
    }
    if (!projection.hasNonKeyAttributes() && type.equals("INCLUDE")) {
      throw DynamoErrors.invalid(
          "ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
    }
    if (projection.nonKeyAttributes().size() > Limits.PROJECTED_ATTRIBUTES) {
      throw DynamoErrors.invalid(
          "Number of NonKeyAttributes exceeds the limit of " + Limits.PROJECTED_ATTRIBUTES);
    }
  }

  static List<String> names(List<KeySchemaElement> schema) {
    return new ArrayList<>(schema.stream().map(KeySchemaElement::attributeName).toList());
  }
}
