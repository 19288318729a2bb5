package dev.onboard.local.dynamodb;

import dev.onboard.local.call.Environment;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.BillingModeSummary;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexWarmThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.SSEDescription;
import software.amazon.awssdk.services.dynamodb.model.SSESpecification;
import software.amazon.awssdk.services.dynamodb.model.TableClassSummary;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TableWarmThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.WarmThroughput;

/** The descriptions of tables and indexes, made of what requests say. */
final class TableDefinitions {
  /** What every on-demand table starts with, by the page on warm throughput. */
  private static final long ON_DEMAND_READS = 12_000;

  private static final long ON_DEMAND_WRITES = 4_000;

  private final Environment env;

  TableDefinitions(Environment env) {
    this.env = env;
  }

  TableDescription of(CreateTableRequest request, String name) {
    Instant now = env.clock().now();
    boolean onDemand = request.billingMode() == BillingMode.PAY_PER_REQUEST;
    String arn = env.arn("dynamodb", "table/" + name);
    var description =
        TableDescription.builder()
            .tableName(name)
            .tableArn(arn)
            .tableId(UUID.randomUUID().toString())
            .tableStatus(TableStatus.ACTIVE)
            .creationDateTime(now)
            .attributeDefinitions(request.attributeDefinitions())
            .keySchema(request.keySchema())
            .provisionedThroughput(throughput(request.provisionedThroughput()))
            .warmThroughput(warm(request.warmThroughput(), request.provisionedThroughput()))
            .onDemandThroughput(request.onDemandThroughput())
            .deletionProtectionEnabled(Boolean.TRUE.equals(request.deletionProtectionEnabled()))
            .sseDescription(encryption(request.sseSpecification()));
    if (onDemand) {
      description.billingModeSummary(onDemand(now));
    }
    if (request.tableClass() != null) {
      description.tableClassSummary(
          TableClassSummary.builder().tableClass(request.tableClass()).build());
    }
    if (request.hasLocalSecondaryIndexes()) {
      description.localSecondaryIndexes(
          request.localSecondaryIndexes().stream().map(i -> index(arn, i)).toList());
    }
    if (request.hasGlobalSecondaryIndexes()) {
      description.globalSecondaryIndexes(
          request.globalSecondaryIndexes().stream().map(i -> index(arn, i)).toList());
    }
    return description.build();
  }

  static BillingModeSummary onDemand(Instant since) {
    return BillingModeSummary.builder()
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .lastUpdateToPayPerRequestDateTime(since)
        .build();
  }

  static ProvisionedThroughputDescription throughput(@Nullable ProvisionedThroughput throughput) {
    return ProvisionedThroughputDescription.builder()
        .numberOfDecreasesToday(0L)
        .readCapacityUnits(throughput == null ? 0L : throughput.readCapacityUnits())
        .writeCapacityUnits(throughput == null ? 0L : throughput.writeCapacityUnits())
        .build();
  }

  static TableWarmThroughputDescription warm(
      @Nullable WarmThroughput wanted, @Nullable ProvisionedThroughput provisioned) {
    return TableWarmThroughputDescription.builder()
        .readUnitsPerSecond(reads(wanted, provisioned))
        .writeUnitsPerSecond(writes(wanted, provisioned))
        .status(TableStatus.ACTIVE)
        .build();
  }

  private static long reads(
      @Nullable WarmThroughput wanted, @Nullable ProvisionedThroughput provisioned) {
    if (wanted != null && wanted.readUnitsPerSecond() != null) {
      return wanted.readUnitsPerSecond();
    }
    return provisioned == null ? ON_DEMAND_READS : provisioned.readCapacityUnits();
  }

  private static long writes(
      @Nullable WarmThroughput wanted, @Nullable ProvisionedThroughput provisioned) {
    if (wanted != null && wanted.writeUnitsPerSecond() != null) {
      return wanted.writeUnitsPerSecond();
    }
    return provisioned == null ? ON_DEMAND_WRITES : provisioned.writeCapacityUnits();
  }

  /** Encryption with a key of KMS; that with the key that DynamoDB owns is not described. */
  @Nullable SSEDescription encryption(@Nullable SSESpecification specification) {
    if (specification == null || !Boolean.TRUE.equals(specification.enabled())) {
      return null;
    }
    String key = specification.kmsMasterKeyId();
    String arn;
    if (key == null) {
      // The key that AWS manages for DynamoDB in an account is always the same.
      UUID managed =
          UUID.nameUUIDFromBytes(
              ("aws/dynamodb " + env.account()).getBytes(StandardCharsets.UTF_8));
      arn = env.arn("kms", "key/" + managed);
    } else if (key.startsWith("arn:")) {
      arn = key;
    } else {
      arn = env.arn("kms", key.startsWith("alias/") ? key : "key/" + key);
    }
    return SSEDescription.builder().status("ENABLED").sseType("KMS").kmsMasterKeyArn(arn).build();
  }

  private static LocalSecondaryIndexDescription index(String table, LocalSecondaryIndex index) {
    return LocalSecondaryIndexDescription.builder()
        .indexName(index.indexName())
        .indexArn(table + "/index/" + index.indexName())
        .keySchema(index.keySchema())
        .projection(index.projection())
        .build();
  }

  static GlobalSecondaryIndexDescription index(String table, GlobalSecondaryIndex index) {
    return GlobalSecondaryIndexDescription.builder()
        .indexName(index.indexName())
        .indexArn(table + "/index/" + index.indexName())
        .indexStatus(IndexStatus.ACTIVE)
        .keySchema(index.keySchema())
        .projection(index.projection())
        .provisionedThroughput(throughput(index.provisionedThroughput()))
        .onDemandThroughput(index.onDemandThroughput())
        .warmThroughput(
            GlobalSecondaryIndexWarmThroughputDescription.builder()
                .readUnitsPerSecond(reads(index.warmThroughput(), index.provisionedThroughput()))
                .writeUnitsPerSecond(writes(index.warmThroughput(), index.provisionedThroughput()))
                .status(IndexStatus.ACTIVE)
                .build())
        .build();
  }

  /** What CreateTable answers: all is empty, and warm is what was asked to be, before it is. */
  static TableDescription creating(TableDescription description, CreateTableRequest request) {
    var created = during(description, TableStatus.CREATING).toBuilder();
    created.itemCount(0L).tableSizeBytes(0L);
    created.warmThroughput(
        request.warmThroughput() == null
            ? null
            : description.warmThroughput().toBuilder().status(TableStatus.UPDATING).build());
    if (description.hasLocalSecondaryIndexes()) {
      created.localSecondaryIndexes(
          description.localSecondaryIndexes().stream()
              .map(i -> i.toBuilder().itemCount(0L).indexSizeBytes(0L).build())
              .toList());
    }
    if (description.hasGlobalSecondaryIndexes()) {
      created.globalSecondaryIndexes(
          request.globalSecondaryIndexes().stream()
              .map(asked -> creating(description.tableArn(), asked))
              .toList());
    }
    return created.build();
  }

  private static GlobalSecondaryIndexDescription creating(
      String table, GlobalSecondaryIndex asked) {
    GlobalSecondaryIndexDescription index = index(table, asked);
    return index.toBuilder()
        .indexStatus(IndexStatus.CREATING)
        .itemCount(0L)
        .indexSizeBytes(0L)
        .warmThroughput(
            asked.warmThroughput() == null
                ? null
                : index.warmThroughput().toBuilder().status(IndexStatus.UPDATING).build())
        .build();
  }

  /** The description of a table whose indexes all are in some state. */
  static TableDescription during(TableDescription description, TableStatus status) {
    var changed = description.toBuilder().tableStatus(status);
    if (status == TableStatus.CREATING && description.hasGlobalSecondaryIndexes()) {
      List<GlobalSecondaryIndexDescription> indexes =
          description.globalSecondaryIndexes().stream()
              .map(i -> i.toBuilder().indexStatus(IndexStatus.CREATING).build())
              .toList();
      changed.globalSecondaryIndexes(indexes);
    }
    return changed.build();
  }
}
