package dev.onboard.local.dynamodb;

import dev.onboard.local.call.Environment;
import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.dynamodb.value.Limits;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.BillingModeSummary;
import software.amazon.awssdk.services.dynamodb.model.CreateGlobalSecondaryIndexAction;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.TableClassSummary;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateGlobalSecondaryIndexAction;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableResponse;

/** UpdateTable; a new index is filled at once. */
final class TableUpdates {
  private final Environment env;
  private final Tables tables;
  private final TableDefinitions definitions;

  TableUpdates(Environment env, Tables tables, TableDefinitions definitions) {
    this.env = env;
    this.tables = tables;
    this.definitions = definitions;
  }

  UpdateTableResponse update(UpdateTableRequest request) {
    constraints(request);
    refuse(request);
    requireSomething(request);
    TableDescription updated =
        env.store()
            .write(tx -> {
              Table table = tables.describe(tx, request.tableName());
              TableDescription changed = changed(table.definition(), request);
              List<String> created = indexes(tx, table, changed);
              tx.update(
                  "UPDATE dynamodb_table SET definition = ? WHERE id = ?",
                  SdkJson.write(changed),
                  table.id());
              Table now = tables.describe(tx, request.tableName());
              created.forEach(name -> fill(tx, now, now.index(name)));
              return TableOperations.described(tx, now);
            });
    return UpdateTableResponse.builder()
        .tableDescription(TableDefinitions.during(updated, TableStatus.UPDATING))
        .build();
  }

  private static void constraints(UpdateTableRequest request) {
    var constraints =
        new Constraints()
            .table(request.tableName())
            .oneOf("billingMode", request.billingModeAsString(), "PROVISIONED", "PAY_PER_REQUEST")
            .oneOf(
                "tableClass",
                request.tableClassAsString(),
                "STANDARD",
                "STANDARD_INFREQUENT_ACCESS");
    TableRules.definitionConstraints(constraints, request.attributeDefinitions());
    TableRules.throughputConstraints(
        constraints, "provisionedThroughput", request.provisionedThroughput());
    int at = 0;
    for (GlobalSecondaryIndexUpdate update : request.globalSecondaryIndexUpdates()) {
      String member = "globalSecondaryIndexUpdates." + ++at + ".member";
      if (update.create() != null) {
        var create = update.create();
        TableRules.indexConstraints(
            constraints,
            member + ".create",
            create.indexName(),
            create.keySchema(),
            create.projection());
        TableRules.throughputConstraints(
            constraints, member + ".create.provisionedThroughput", create.provisionedThroughput());
      }
      if (update.delete() != null) {
        constraints.name(member + ".delete.indexName", update.delete().indexName());
      }
      if (update.update() != null) {
        constraints.name(member + ".update.indexName", update.update().indexName());
        TableRules.throughputConstraints(
            constraints,
            member + ".update.provisionedThroughput",
            update.update().provisionedThroughput());
      }
    }
    constraints.check();
  }

  private static void refuse(UpdateTableRequest request) {
    if (request.streamSpecification() != null
        && Boolean.TRUE.equals(request.streamSpecification().streamEnabled())) {
      throw DynamoErrors.unsupported("UpdateTable", "a StreamSpecification that is enabled");
    }
    if (request.hasReplicaUpdates()) {
      throw DynamoErrors.unsupported("UpdateTable", "ReplicaUpdates");
    }
    if (request.multiRegionConsistency() != null) {
      throw DynamoErrors.unsupported("UpdateTable", "MultiRegionConsistency");
    }
    if (request.hasGlobalTableWitnessUpdates()) {
      throw DynamoErrors.unsupported("UpdateTable", "GlobalTableWitnessUpdates");
    }
  }

  private static void requireSomething(UpdateTableRequest request) {
    if (request.provisionedThroughput() == null
        && request.billingMode() == null
        && request.streamSpecification() == null
        && request.globalSecondaryIndexUpdates().isEmpty()
        && request.sseSpecification() == null
        && request.tableClass() == null
        && request.deletionProtectionEnabled() == null
        && request.onDemandThroughput() == null
        && request.warmThroughput() == null) {
      throw DynamoErrors.invalid(
          "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
              + " GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
    }
  }

  private TableDescription changed(TableDescription old, UpdateTableRequest request) {
    var changed = old.toBuilder();
    boolean wasOnDemand = isOnDemand(old);
    boolean onDemand =
        request.billingMode() == null
            ? wasOnDemand
            : request.billingMode() == BillingMode.PAY_PER_REQUEST;
    throughput(changed, old, request, wasOnDemand, onDemand);
    if (request.sseSpecification() != null) {
      changed.sseDescription(definitions.encryption(request.sseSpecification()));
    }
    if (request.tableClass() != null) {
      changed.tableClassSummary(
          TableClassSummary.builder()
              .tableClass(request.tableClass())
              .lastUpdateDateTime(env.clock().now())
              .build());
    }
    if (request.deletionProtectionEnabled() != null) {
      changed.deletionProtectionEnabled(request.deletionProtectionEnabled());
    }
    if (request.onDemandThroughput() != null) {
      changed.onDemandThroughput(request.onDemandThroughput());
    }
    if (request.warmThroughput() != null) {
      changed.warmThroughput(
          TableDefinitions.warm(request.warmThroughput(), request.provisionedThroughput()));
    }
    globalIndexes(changed, old, request, onDemand);
    return changed.build();
  }

  private static boolean isOnDemand(TableDescription table) {
    return table.billingModeSummary() != null
        && table.billingModeSummary().billingMode() == BillingMode.PAY_PER_REQUEST;
  }

  private void throughput(
      TableDescription.Builder changed,
      TableDescription old,
      UpdateTableRequest request,
      boolean wasOnDemand,
      boolean onDemand) {
    ProvisionedThroughput throughput = request.provisionedThroughput();
    if (onDemand) {
      TableRules.throughput("PAY_PER_REQUEST", throughput, "");
      if (!wasOnDemand) {
        changed
            .billingModeSummary(TableDefinitions.onDemand(env.clock().now()))
            .provisionedThroughput(TableDefinitions.throughput(null))
            .warmThroughput(TableDefinitions.warm(null, null));
      }
      return;
    }
    if (wasOnDemand && throughput == null) {
      throw DynamoErrors.invalid(
          "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
    }
    if (throughput != null) {
      if (!wasOnDemand) {
        requireChange(old.provisionedThroughput(), throughput);
      }
      changed
          .provisionedThroughput(TableDefinitions.throughput(throughput))
          .warmThroughput(TableDefinitions.warm(request.warmThroughput(), throughput));
      if (old.billingModeSummary() != null) {
        changed.billingModeSummary(
            BillingModeSummary.builder()
                .billingMode(BillingMode.PROVISIONED)
                .lastUpdateToPayPerRequestDateTime(
                    old.billingModeSummary().lastUpdateToPayPerRequestDateTime())
                .build());
      }
    }
  }

  private static void requireChange(
      ProvisionedThroughputDescription now, ProvisionedThroughput wanted) {
    if (wanted.readCapacityUnits().equals(now.readCapacityUnits())
        && wanted.writeCapacityUnits().equals(now.writeCapacityUnits())) {
      throw DynamoErrors.validation(
          "The provisioned throughput for the table will not change. The requested value equals"
              + " the current value. Current ReadCapacityUnits provisioned for the table: "
              + now.readCapacityUnits()
              + ". Requested ReadCapacityUnits: "
              + wanted.readCapacityUnits()
              + ". Current WriteCapacityUnits provisioned for the table: "
              + now.writeCapacityUnits()
              + ". Requested WriteCapacityUnits: "
              + wanted.writeCapacityUnits()
              + ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to"
              + " request higher limits.");
    }
  }

  private static void globalIndexes(
      TableDescription.Builder changed,
      TableDescription old,
      UpdateTableRequest request,
      boolean onDemand) {
    Map<String, GlobalSecondaryIndexDescription> indexes = new LinkedHashMap<>();
    old.globalSecondaryIndexes().forEach(i -> indexes.put(i.indexName(), i));
    Map<String, AttributeDefinition> defined = new LinkedHashMap<>();
    old.attributeDefinitions().forEach(d -> defined.put(d.attributeName(), d));
    request.attributeDefinitions().forEach(d -> defined.put(d.attributeName(), d));
    Set<String> seen = new HashSet<>();
    int changes = 0;
    for (GlobalSecondaryIndexUpdate update : request.globalSecondaryIndexUpdates()) {
      changes += update.create() != null || update.delete() != null ? 1 : 0;
      String name = apply(update, old, indexes, List.copyOf(defined.keySet()), onDemand);
      if (!seen.add(name)) {
        throw DynamoErrors.invalid(
            "Only one global secondary index update per index is allowed simultaneously. Index: "
                + name);
      }
    }
    if (changes > 1) {
      throw DynamoErrors.limit(
          "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously"
              + " per table");
    }
    TableRules.requireGlobalIndexes(indexes.size());
    changed.globalSecondaryIndexes(indexes.isEmpty() ? null : List.copyOf(indexes.values()));
    Set<String> used = new HashSet<>(TableRules.names(old.keySchema()));
    old.localSecondaryIndexes().forEach(i -> used.addAll(TableRules.names(i.keySchema())));
    indexes.values().forEach(i -> used.addAll(TableRules.names(i.keySchema())));
    changed.attributeDefinitions(
        defined.values().stream().filter(d -> used.contains(d.attributeName())).toList());
  }

  private static String apply(
      GlobalSecondaryIndexUpdate update,
      TableDescription old,
      Map<String, GlobalSecondaryIndexDescription> indexes,
      List<String> defined,
      boolean onDemand) {
    if (update.create() != null) {
      GlobalSecondaryIndex index = index(update.create());
      String name = index.indexName();
      TableRules.globalIndex(onDemand ? "PAY_PER_REQUEST" : "PROVISIONED", index, defined);
      if (indexes.containsKey(name)
          || old.localSecondaryIndexes().stream().anyMatch(i -> i.indexName().equals(name))) {
        throw DynamoErrors.invalid("Attempting to create an index which already exists: " + name);
      }
      indexes.put(name, TableDefinitions.index(old.tableArn(), index));
      return name;
    } else if (update.delete() != null) {
      String name = update.delete().indexName();
      require(indexes.remove(name), name);
      return name;
    } else if (update.update() != null) {
      String name = update.update().indexName();
      indexes.put(name, changed(require(indexes.get(name), name), update.update(), onDemand));
      return name;
    }
    throw DynamoErrors.invalid(
        "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create,"
            + " GlobalSecondaryIndexUpdate.Delete must not be null");
  }

  private static GlobalSecondaryIndex index(CreateGlobalSecondaryIndexAction create) {
    return GlobalSecondaryIndex.builder()
        .indexName(create.indexName())
        .keySchema(create.keySchema())
        .projection(create.projection())
        .provisionedThroughput(create.provisionedThroughput())
        .onDemandThroughput(create.onDemandThroughput())
        .warmThroughput(create.warmThroughput())
        .build();
  }

  private static GlobalSecondaryIndexDescription changed(
      GlobalSecondaryIndexDescription index,
      UpdateGlobalSecondaryIndexAction update,
      boolean onDemand) {
    if (update.warmThroughput() != null) {
      throw DynamoErrors.unsupported("UpdateTable", "WarmThroughput of an index that is there");
    }
    var changed = index.toBuilder();
    if (update.provisionedThroughput() != null) {
      TableRules.throughput(
          onDemand ? "PAY_PER_REQUEST" : "PROVISIONED",
          update.provisionedThroughput(),
          index.indexName());
      changed.provisionedThroughput(TableDefinitions.throughput(update.provisionedThroughput()));
    }
    if (update.onDemandThroughput() != null) {
      changed.onDemandThroughput(update.onDemandThroughput());
    }
    return changed.build();
  }

  private static GlobalSecondaryIndexDescription require(
      @Nullable GlobalSecondaryIndexDescription index, String name) {
    if (index == null) {
      throw DynamoErrors.notFound("Requested resource not found: Index: " + name + " not found");
    }
    return index;
  }

  /** Brings the kept indexes in line with a definition; answers the names of the new ones. */
  private static List<String> indexes(Tx tx, Table table, TableDescription changed) {
    var names = new HashSet<String>();
    changed.globalSecondaryIndexes().forEach(i -> names.add(i.indexName()));
    for (Index index : table.indexes()) {
      if (index.global() && !names.remove(index.name())) {
        TableOperations.dropIndex(tx, index.id());
      }
    }
    names.forEach(name -> TableOperations.addIndex(tx, table.id(), name));
    return List.copyOf(names);
  }

  private static void fill(Tx tx, Table table, Index index) {
    var items = new Items(tx);
    new Rows(table, null, null, true)
        .each(
            tx,
            null,
            Limits.PAGE_BYTES,
            row -> {
              if (index.keys().isIn(row.item())) {
                items.enter(
                    index,
                    index.keys().encode(row.item()),
                    table.keys().encode(row.item()),
                    index.of(row.item()));
              }
              return true;
            });
  }
}
