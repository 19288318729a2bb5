package dev.onboard.local.dynamodb;

import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.store.Cached;
import dev.onboard.local.store.Store;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** The tables in the store. */
final class Tables {
  private static final List<List<String>> VERSIONS =
      List.of(
          List.of(
              """
              CREATE TABLE dynamodb_table(
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                name TEXT NOT NULL UNIQUE,
                version INTEGER NOT NULL,
                expiry_attribute TEXT,
                recovery_since INTEGER,
                recovery_days INTEGER,
                definition TEXT NOT NULL)
              """,
              """
              CREATE TABLE dynamodb_count(
                table_id INTEGER PRIMARY KEY, items INTEGER NOT NULL, bytes INTEGER NOT NULL)
              """,
              """
              CREATE TABLE dynamodb_index(
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                table_id INTEGER NOT NULL,
                name TEXT NOT NULL,
                UNIQUE(table_id, name))
              """,
              """
              CREATE TABLE dynamodb_tag(
                table_id INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
                PRIMARY KEY(table_id, key)) WITHOUT ROWID
              """,
              """
              CREATE TABLE dynamodb_item(
                table_id INTEGER NOT NULL,
                pk BLOB NOT NULL,
                sk BLOB NOT NULL,
                size INTEGER NOT NULL,
                expires INTEGER,
                item BLOB NOT NULL,
                PRIMARY KEY(table_id, pk, sk)) WITHOUT ROWID
              """,
              """
              CREATE INDEX dynamodb_item_expires ON dynamodb_item(expires)
              WHERE expires IS NOT NULL
              """,
              """
              CREATE TABLE dynamodb_index_entry(
                index_id INTEGER NOT NULL,
                ipk BLOB NOT NULL,
                isk BLOB NOT NULL,
                pk BLOB NOT NULL,
                sk BLOB NOT NULL,
                size INTEGER NOT NULL,
                PRIMARY KEY(index_id, ipk, isk, pk, sk)) WITHOUT ROWID
              """,
              """
              CREATE TABLE dynamodb_token(
                token TEXT PRIMARY KEY, request BLOB NOT NULL, expires INTEGER NOT NULL)
              """,
              "CREATE INDEX dynamodb_token_expires ON dynamodb_token(expires)"),
          List.of("ALTER TABLE dynamodb_table DROP COLUMN version"),
          // In the order of their keys, which mostly are random, every item that is stored or
          // changed is a page to be written; in the order of their coming some share one.
          List.of(
              "DROP INDEX dynamodb_item_expires",
              "ALTER TABLE dynamodb_item RENAME TO dynamodb_item_1",
              """
              CREATE TABLE dynamodb_item(
                number INTEGER PRIMARY KEY,
                table_id INTEGER NOT NULL,
                pk BLOB NOT NULL,
                sk BLOB NOT NULL,
                size INTEGER NOT NULL,
                expires INTEGER,
                item BLOB NOT NULL,
                UNIQUE(table_id, pk, sk))
              """,
              """
              INSERT INTO dynamodb_item(table_id, pk, sk, size, expires, item)
                SELECT table_id, pk, sk, size, expires, item FROM dynamodb_item_1
              """,
              "DROP TABLE dynamodb_item_1",
              """
              CREATE INDEX dynamodb_item_expires ON dynamodb_item(expires)
              WHERE expires IS NOT NULL
              """));

  private final Cached<String, Optional<Table>> byName;
  private final Cached<Long, Table> byId;

  Tables(Store store) {
    store.migrate("dynamodb", VERSIONS);
    this.byName = new Cached<>(store, "dynamodb_table", "dynamodb_index");
    this.byId = new Cached<>(store, "dynamodb_table", "dynamodb_index");
  }

  /** The name in what a request may give for it: the name or the table's ARN. */
  static String nameOf(String nameOrArn) {
    int at = nameOrArn.startsWith("arn:") ? nameOrArn.indexOf(":table/") : -1;
    return at < 0 ? nameOrArn : nameOrArn.substring(at + ":table/".length());
  }

  /** The table of an operation on items. */
  Table get(Tx tx, String nameOrArn) {
    return find(tx, nameOf(nameOrArn)).orElseThrow(DynamoErrors::notFound);
  }

  /** The table of an operation on tables. */
  Table describe(Tx tx, String nameOrArn) {
    String name = nameOf(nameOrArn);
    return find(tx, name)
        .orElseThrow(() ->
            DynamoErrors.notFound("Requested resource not found: Table: " + name + " not found"));
  }

  Optional<Table> find(Tx tx, String name) {
    return byName.get(
        tx,
        name,
        t ->
            t.first("SELECT id FROM dynamodb_table WHERE name = ?", r -> r.number(1), name)
                .map(id -> load(t, id)));
  }

  Table byId(Tx tx, long id) {
    return byId.get(tx, id, t -> load(t, id));
  }

  private static Table load(Tx tx, long id) {
    var indexIds = new HashMap<String, Long>();
    tx.list(
        "SELECT name, id FROM dynamodb_index WHERE table_id = ?",
        r -> indexIds.put(r.string(1), r.number(2)),
        id);
    return tx.first(
            "SELECT * FROM dynamodb_table WHERE id = ?",
            r -> {
              TableDescription definition =
                  SdkJson.read(TableDescription.class, r.string("definition"));
              return new Table(
                  id,
                  r.string("name"),
                  keys(definition, definition.keySchema()),
                  indexes(definition, indexIds),
                  r.stringOrNull("expiry_attribute"),
                  definition);
            },
            id)
        .orElseThrow();
  }

  private static KeySchema keys(TableDescription definition, List<KeySchemaElement> schema) {
    Map<String, String> types =
        definition.attributeDefinitions().stream()
            .collect(
                Collectors.toMap(
                    AttributeDefinition::attributeName,
                    AttributeDefinition::attributeTypeAsString));
    List<KeyAttribute> keys =
        schema.stream()
            .map(e -> new KeyAttribute(e.attributeName(), types.get(e.attributeName())))
            .toList();
    return new KeySchema(keys.getFirst(), keys.size() > 1 ? keys.getLast() : null);
  }

  private static List<Index> indexes(TableDescription definition, Map<String, Long> ids) {
    var indexes = new ArrayList<Index>();
    definition
        .localSecondaryIndexes()
        .forEach(i ->
            indexes.add(
                index(
                    definition,
                    ids.get(i.indexName()),
                    i.indexName(),
                    false,
                    i.keySchema(),
                    i.projection())));
    definition
        .globalSecondaryIndexes()
        .forEach(i ->
            indexes.add(
                index(
                    definition,
                    ids.get(i.indexName()),
                    i.indexName(),
                    true,
                    i.keySchema(),
                    i.projection())));
    return List.copyOf(indexes);
  }

  private static Index index(
      TableDescription definition,
      long id,
      String name,
      boolean global,
      List<KeySchemaElement> schema,
      Projection projection) {
    return new Index(
        id, name, global, keys(definition, schema), projected(definition, schema, projection));
  }

  private static @Nullable Set<String> projected(
      TableDescription definition, List<KeySchemaElement> schema, Projection projection) {
    if (projection.projectionType() == ProjectionType.ALL) {
      return null;
    }
    var projected = new HashSet<>(projection.nonKeyAttributes());
    definition.keySchema().forEach(e -> projected.add(e.attributeName()));
    schema.forEach(e -> projected.add(e.attributeName()));
    return projected;
  }
}
