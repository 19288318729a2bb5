package dev.onboard.local.dynamodb;

import dev.onboard.local.call.Environment;
import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.dynamodb.value.Limits;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * Create, describe, delete and list tables.
 *
 * <p>What takes AWS some seconds is done at once here: the answer still says CREATING or DELETING,
 * as clients expect, and the next description ACTIVE or nothing.
 */
final class TableOperations {
  private final Environment env;
  private final Tables tables;
  private final TableDefinitions definitions;

  TableOperations(Environment env, Tables tables, TableDefinitions definitions) {
    this.env = env;
    this.tables = tables;
    this.definitions = definitions;
  }

  CreateTableResponse create(CreateTableRequest request) {
    TableRules.check(request);
    if (request.streamSpecification() != null
        && Boolean.TRUE.equals(request.streamSpecification().streamEnabled())) {
      throw DynamoErrors.unsupported("CreateTable", "a StreamSpecification that is enabled");
    }
    if (request.resourcePolicy() != null) {
      throw DynamoErrors.unsupported("CreateTable", "a ResourcePolicy");
    }
    TableSettings.requireTags(request.tags());
    String name = Tables.nameOf(request.tableName());
    TableDescription description = definitions.of(request, name);
    env.store()
        .write(tx -> {
          if (tables.find(tx, name).isPresent()) {
            throw DynamoErrors.inUse("Table already exists: " + name);
          }
          long id =
              tx.insert(
                  "INSERT INTO dynamodb_table(name, definition) VALUES (?, ?)",
                  name,
                  SdkJson.write(description));
          tx.update("INSERT INTO dynamodb_count(table_id, items, bytes) VALUES (?, 0, 0)", id);
          description.localSecondaryIndexes().forEach(i -> addIndex(tx, id, i.indexName()));
          description.globalSecondaryIndexes().forEach(i -> addIndex(tx, id, i.indexName()));
          TableSettings.putTags(tx, id, request.tags());
          return null;
        });
    return CreateTableResponse.builder()
        .tableDescription(TableDefinitions.creating(description, request))
        .build();
  }

  static long addIndex(Tx tx, long table, String name) {
    return tx.insert("INSERT INTO dynamodb_index(table_id, name) VALUES (?, ?)", table, name);
  }

  DescribeTableResponse describe(DescribeTableRequest request) {
    new Constraints().table(request.tableName()).check();
    TableDescription description =
        env.store().read(tx -> described(tx, tables.describe(tx, request.tableName())));
    return DescribeTableResponse.builder().table(description).build();
  }

  /** The description of a table with its present counts. */
  static TableDescription described(Tx tx, Table table) {
    var description = table.definition().toBuilder();
    tx.list(
        "SELECT items, bytes FROM dynamodb_count WHERE table_id = ?",
        r -> description.itemCount(r.number(1)).tableSizeBytes(r.number(2)),
        table.id());
    if (table.definition().hasLocalSecondaryIndexes()) {
      description.localSecondaryIndexes(
          table.definition().localSecondaryIndexes().stream()
              .map(i -> {
                long[] count = count(tx, table.index(i.indexName()));
                return i.toBuilder().itemCount(count[0]).indexSizeBytes(count[1]).build();
              })
              .toList());
    }
    if (table.definition().hasGlobalSecondaryIndexes()) {
      description.globalSecondaryIndexes(
          table.definition().globalSecondaryIndexes().stream()
              .map(i -> {
                long[] count = count(tx, table.index(i.indexName()));
                return i.toBuilder().itemCount(count[0]).indexSizeBytes(count[1]).build();
              })
              .toList());
    }
    return description.build();
  }

  private static long[] count(Tx tx, Index index) {
    return tx.first(
            "SELECT count(*), coalesce(sum(size), 0) FROM dynamodb_index_entry WHERE index_id = ?",
            r -> new long[] {r.number(1), r.number(2)},
            index.id())
        .orElseThrow();
  }

  DeleteTableResponse delete(DeleteTableRequest request) {
    new Constraints().table(request.tableName()).check();
    TableDescription deleted =
        env.store()
            .write(tx -> {
              Table table = tables.describe(tx, request.tableName());
              if (Boolean.TRUE.equals(table.definition().deletionProtectionEnabled())) {
                throw DynamoErrors.validation(
                    "Resource cannot be deleted as it is currently protected against deletion."
                        + " Disable deletion protection first.");
              }
              TableDescription last = described(tx, table);
              table.indexes().forEach(i -> dropIndex(tx, i.id()));
              tx.update("DELETE FROM dynamodb_item WHERE table_id = ?", table.id());
              tx.update("DELETE FROM dynamodb_tag WHERE table_id = ?", table.id());
              tx.update("DELETE FROM dynamodb_count WHERE table_id = ?", table.id());
              tx.update("DELETE FROM dynamodb_table WHERE id = ?", table.id());
              return last;
            });
    return DeleteTableResponse.builder()
        .tableDescription(TableDefinitions.during(deleted, TableStatus.DELETING))
        .build();
  }

  static void dropIndex(Tx tx, long id) {
    tx.update("DELETE FROM dynamodb_index_entry WHERE index_id = ?", id);
    tx.update("DELETE FROM dynamodb_index WHERE id = ?", id);
  }

  ListTablesResponse list(ListTablesRequest request) {
    new Constraints()
        .optionalName("exclusiveStartTableName", request.exclusiveStartTableName())
        .atLeast("limit", request.limit(), 1)
        .atMost("limit", request.limit(), Limits.LIST_TABLES)
        .check();
    int limit = request.limit() == null ? Limits.LIST_TABLES : request.limit();
    String after = request.exclusiveStartTableName();
    List<String> names =
        env.store()
            .read(tx ->
                tx.list(
                    "SELECT name FROM dynamodb_table WHERE name > ? ORDER BY name LIMIT ?",
                    r -> r.string(1),
                    after == null ? "" : after,
                    limit + 1));
    boolean more = names.size() > limit;
    List<String> page = more ? names.subList(0, limit) : names;
    return ListTablesResponse.builder()
        .tableNames(page)
        .lastEvaluatedTableName(more ? page.getLast() : null)
        .build();
  }
}
