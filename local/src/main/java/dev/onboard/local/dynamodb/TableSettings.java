package dev.onboard.local.dynamodb;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.dynamodb.value.Limits;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsDescription;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.TableNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.TagResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveResponse;

/** What is set on a table beside its definition: time to live, recovery, tags. */
final class TableSettings {
  /** How far behind the present recovery is. */
  private static final Duration RECOVERY_LAG = Duration.ofMinutes(5);

  private final Environment env;
  private final Tables tables;
  private final Expiry expiry;

  TableSettings(Environment env, Tables tables, Expiry expiry) {
    this.env = env;
    this.tables = tables;
    this.expiry = expiry;
  }

  DescribeTimeToLiveResponse describeTimeToLive(DescribeTimeToLiveRequest request) {
    new Constraints().table(request.tableName()).check();
    Table table = env.store().read(tx -> tables.describe(tx, request.tableName()));
    boolean enabled = table.expiryAttribute() != null;
    return DescribeTimeToLiveResponse.builder()
        .timeToLiveDescription(d ->
            d.timeToLiveStatus(enabled ? TimeToLiveStatus.ENABLED : TimeToLiveStatus.DISABLED)
                .attributeName(table.expiryAttribute()))
        .build();
  }

  UpdateTimeToLiveResponse updateTimeToLive(UpdateTimeToLiveRequest request) {
    var wanted = request.timeToLiveSpecification();
    var constraints =
        new Constraints().table(request.tableName()).required("timeToLiveSpecification", wanted);
    if (wanted != null) {
      constraints
          .required("timeToLiveSpecification.attributeName", wanted.attributeName())
          .length(
              "timeToLiveSpecification.attributeName", wanted.attributeName(), 1, Limits.NAME_MAX)
          .required("timeToLiveSpecification.enabled", wanted.enabled());
    }
    constraints.check();
    env.store()
        .write(tx -> {
          Table table = tables.describe(tx, request.tableName());
          String now = table.expiryAttribute();
          if (wanted.enabled() == (now != null)) {
            throw DynamoErrors.validation(
                "TimeToLive is already " + (now != null ? "enabled" : "disabled"));
          }
          if (!wanted.enabled() && !wanted.attributeName().equals(now)) {
            throw DynamoErrors.validation(
                "TimeToLive is active on a different AttributeName: current AttributeName is "
                    + now);
          }
          tx.update(
              "UPDATE dynamodb_table SET expiry_attribute = ? WHERE id = ?",
              wanted.enabled() ? wanted.attributeName() : null,
              table.id());
          refreshExpiry(tx, tables.describe(tx, request.tableName()));
          env.store().afterCommit(expiry::resume);
          return null;
        });
    return UpdateTimeToLiveResponse.builder().timeToLiveSpecification(wanted).build();
  }

  /** Sets when the items of a table expire that were stored before. */
  private static void refreshExpiry(Tx tx, Table table) {
    tx.update(
        "UPDATE dynamodb_item SET expires = NULL WHERE table_id = ? AND expires IS NOT NULL",
        table.id());
    if (table.expiryAttribute() == null) {
      return;
    }
    new Rows(table, null, null, true)
        .each(
            tx,
            null,
            Limits.PAGE_BYTES,
            row -> {
              Long expires = Items.expires(table, row.item());
              if (expires != null) {
                Key key = table.keys().encode(row.item());
                tx.update(
                    "UPDATE dynamodb_item SET expires = ?"
                        + " WHERE table_id = ? AND pk = ? AND sk = ?",
                    expires,
                    table.id(),
                    key.partition(),
                    key.sort());
              }
              return true;
            });
  }

  DescribeContinuousBackupsResponse describeBackups(DescribeContinuousBackupsRequest request) {
    new Constraints().table(request.tableName()).check();
    ContinuousBackupsDescription description =
        env.store().read(tx -> backups(tx, recoverable(tx, request.tableName())));
    return DescribeContinuousBackupsResponse.builder()
        .continuousBackupsDescription(description)
        .build();
  }

  private Table recoverable(Tx tx, String nameOrArn) {
    String name = Tables.nameOf(nameOrArn);
    return tables
        .find(tx, name)
        .orElseThrow(() ->
            AwsErrors.error(
                TableNotFoundException.builder(),
                400,
                "TableNotFoundException",
                "Table not found: " + name));
  }

  private ContinuousBackupsDescription backups(Tx tx, Table table) {
    var recovery =
        tx.first(
                "SELECT recovery_since, recovery_days FROM dynamodb_table WHERE id = ?",
                (Function<Row, PointInTimeRecoveryDescription>) this::recovery,
                table.id())
            .orElseThrow();
    return ContinuousBackupsDescription.builder()
        .continuousBackupsStatus("ENABLED")
        .pointInTimeRecoveryDescription(recovery)
        .build();
  }

  private PointInTimeRecoveryDescription recovery(Row row) {
    Instant since = row.instantOrNull("recovery_since");
    if (since == null) {
      return PointInTimeRecoveryDescription.builder().pointInTimeRecoveryStatus("DISABLED").build();
    }
    Instant now = env.clock().now();
    int days = row.integer("recovery_days");
    Instant oldest = now.minus(Duration.ofDays(days));
    Instant latest = now.minus(RECOVERY_LAG);
    return PointInTimeRecoveryDescription.builder()
        .pointInTimeRecoveryStatus("ENABLED")
        .recoveryPeriodInDays(days)
        .earliestRestorableDateTime(since.isAfter(oldest) ? since : oldest)
        .latestRestorableDateTime(latest.isAfter(since) ? latest : since)
        .build();
  }

  UpdateContinuousBackupsResponse updateBackups(UpdateContinuousBackupsRequest request) {
    var wanted = request.pointInTimeRecoverySpecification();
    var constraints =
        new Constraints()
            .table(request.tableName())
            .required("pointInTimeRecoverySpecification", wanted);
    if (wanted != null) {
      String member = "pointInTimeRecoverySpecification.recoveryPeriodInDays";
      constraints
          .required(
              "pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled",
              wanted.pointInTimeRecoveryEnabled())
          .atLeast(member, wanted.recoveryPeriodInDays(), 1)
          .atMost(member, wanted.recoveryPeriodInDays(), Limits.RECOVERY_DAYS);
    }
    constraints.check();
    boolean on = wanted.pointInTimeRecoveryEnabled();
    Integer days = wanted.recoveryPeriodInDays();
    ContinuousBackupsDescription description =
        env.store()
            .write(tx -> {
              Table table = recoverable(tx, request.tableName());
              tx.update(
                  "UPDATE dynamodb_table SET"
                      + " recovery_since = CASE WHEN ? THEN coalesce(recovery_since, ?) END,"
                      + " recovery_days = ? WHERE id = ?",
                  on,
                  env.clock().now(),
                  days == null ? Limits.RECOVERY_DAYS : days,
                  table.id());
              return backups(tx, table);
            });
    return UpdateContinuousBackupsResponse.builder()
        .continuousBackupsDescription(description)
        .build();
  }

  TagResourceResponse tag(TagResourceRequest request) {
    new Constraints()
        .required("resourceArn", request.resourceArn())
        .required("tags", request.hasTags())
        .check();
    if (request.tags().isEmpty()) {
      throw DynamoErrors.validation("Atleast one Tag needs to be provided as Input.");
    }
    requireTags(request.tags());
    env.store()
        .write(tx -> {
          long table = resource(tx, request.resourceArn()).id();
          putTags(tx, table, request.tags());
          if (tx.number("SELECT count(*) FROM dynamodb_tag WHERE table_id = ?", table)
              > Limits.TAGS) {
            throw DynamoErrors.validation("Too many tags: the limit is " + Limits.TAGS);
          }
          return null;
        });
    return TagResourceResponse.builder().build();
  }

  static void requireTags(List<Tag> tags) {
    var constraints = new Constraints();
    for (int i = 0; i < tags.size(); i++) {
      String member = "tags." + (i + 1) + ".member";
      constraints
          .required(member + ".key", tags.get(i).key())
          .length(member + ".key", tags.get(i).key(), 1, 128)
          .required(member + ".value", tags.get(i).value())
          .length(member + ".value", tags.get(i).value(), 0, 256);
    }
    constraints.check();
    if (tags.stream().map(Tag::key).distinct().count() < tags.size()) {
      throw DynamoErrors.validation(
          "Duplicate tag keys found. Please note that Tag keys are case" + " sensitive.");
    }
    if (tags.size() > Limits.TAGS) {
      throw DynamoErrors.validation("Too many tags: the limit is " + Limits.TAGS);
    }
  }

  static void putTags(Tx tx, long table, List<Tag> tags) {
    tags.forEach(tag ->
        tx.update(
            "INSERT OR REPLACE INTO dynamodb_tag(table_id, key, value) VALUES (?, ?, ?)",
            table,
            tag.key(),
            tag.value()));
  }

  UntagResourceResponse untag(UntagResourceRequest request) {
    new Constraints()
        .required("resourceArn", request.resourceArn())
        .required("tagKeys", request.hasTagKeys())
        .check();
    if (request.tagKeys().isEmpty()) {
      throw DynamoErrors.validation("Atleast one Tag Key needs to be provided as Input.");
    }
    env.store()
        .write(tx -> {
          long table = resource(tx, request.resourceArn()).id();
          request
              .tagKeys()
              .forEach(key ->
                  tx.update("DELETE FROM dynamodb_tag WHERE table_id = ? AND key = ?", table, key));
          return null;
        });
    return UntagResourceResponse.builder().build();
  }

  ListTagsOfResourceResponse tags(ListTagsOfResourceRequest request) {
    new Constraints().required("resourceArn", request.resourceArn()).check();
    String after = request.nextToken();
    List<Tag> tags =
        env.store()
            .read(tx ->
                tx.list(
                    "SELECT key, value FROM dynamodb_tag WHERE table_id = ? AND key > ?"
                        + " ORDER BY key LIMIT ?",
                    r -> Tag.builder().key(r.string(1)).value(r.string(2)).build(),
                    resource(tx, request.resourceArn()).id(),
                    after == null ? "" : after,
                    Limits.TAGS_PAGE + 1));
    boolean more = tags.size() > Limits.TAGS_PAGE;
    List<Tag> page = more ? tags.subList(0, Limits.TAGS_PAGE) : tags;
    return ListTagsOfResourceResponse.builder()
        .tags(page)
        .nextToken(more ? page.getLast().key() : null)
        .build();
  }

  private Table resource(Tx tx, @Nullable String arn) {
    String prefix = env.arn("dynamodb", "table/");
    if (arn == null || !arn.startsWith(prefix)) {
      throw DynamoErrors.validation(
          "Invalid TableArn: Invalid ResourceArn provided as input " + arn);
    }
    return tables
        .find(tx, arn.substring(prefix.length()))
        .orElseThrow(() ->
            DynamoErrors.notFound(
                "Requested resource not found: ResourcArn: " + arn + " not found"));
  }
}
