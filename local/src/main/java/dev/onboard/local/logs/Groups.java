package dev.onboard.local.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroupClass;

/** Log groups. */
final class Groups {
  private static final Pattern NAME = Pattern.compile("[\\.\\-_/#A-Za-z0-9]+");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Environment env;

  Groups(Environment env) {
    this.env = env;
  }

  /**
   * A group as it was read.
   *
   * @param retention days, or 0 for ever
   */
  record Group(long id, String name, int retention, Map<String, String> tags) {}

  void create(Tx tx, CreateLogGroupRequest request) {
    String name = request.logGroupName();
    checkName(name, "logGroupName");
    if (request.kmsKeyId() != null) {
      throw LogsErrors.unsupported("CreateLogGroup", "kmsKeyId");
    }
    if (Boolean.TRUE.equals(request.deletionProtectionEnabled())) {
      throw LogsErrors.unsupported("CreateLogGroup", "deletionProtectionEnabled");
    }
    if (request.logGroupClass() == LogGroupClass.UNKNOWN_TO_SDK_VERSION) {
      throw LogsErrors.constraint(
          request.logGroupClassAsString(),
          "logGroupClass",
          "satisfy enum value set: [STANDARD, INFREQUENT_ACCESS, DELIVERY]");
    }
    checkTags(request.tags());
    int made =
        tx.update(
            "INSERT OR IGNORE INTO logs_group(name, created, class, tags) VALUES (?, ?, ?, ?)",
            name,
            env.clock().now(),
            request.logGroupClass() == null ? "STANDARD" : request.logGroupClassAsString(),
            json(request.tags()));
    if (made == 0) {
      throw LogsErrors.exists("The specified log group already exists");
    }
  }

  static void checkName(@Nullable String name, String member) {
    if (name == null || name.isEmpty()) {
      throw LogsErrors.constraint(name, member, "not be null");
    }
    if (name.length() > Limits.NAME) {
      throw LogsErrors.invalid(
          "Invalid LogGroup or LogStream, both must have length less than or equal to 512.");
    }
    if (member.equals("logGroupName") && !NAME.matcher(name).matches()) {
      throw LogsErrors.constraint(
          name, member, "satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+");
    }
  }

  private static void checkTags(Map<String, String> tags) {
    if (tags.size() > Limits.TAGS) {
      throw LogsErrors.invalid("A resource must not have more than " + Limits.TAGS + " tags.");
    }
  }

  /** The group of a request that names it or gives its ARN. */
  Group get(Tx tx, @Nullable String name, @Nullable String identifier) {
    if (name != null && identifier != null) {
      throw LogsErrors.validation(
          "LogGroup name and LogGroup ARN are mutually exclusive parameters.");
    }
    return get(tx, identifier == null ? name : name(identifier));
  }

  Group get(Tx tx, @Nullable String name) {
    if (name == null || name.isEmpty()) {
      throw LogsErrors.constraint(name, "logGroupName", "not be null");
    }
    return tx.first(
            "SELECT id, name, coalesce(retention, 0), tags FROM logs_group WHERE name = ?",
            r -> new Group(r.number(1), r.string(2), r.integer(3), map(r.string(4))),
            name)
        .orElseThrow(LogsErrors::noGroup);
  }

  /** The name in an ARN of a group, with {@code :*} or without; a name is its own. */
  String name(String identifier) {
    String prefix = env.arn("logs", "log-group:");
    String name =
        identifier.startsWith(prefix) ? identifier.substring(prefix.length()) : identifier;
    return name.endsWith(":*") ? name.substring(0, name.length() - 2) : name;
  }

  void delete(Tx tx, String name) {
    Group group = get(tx, name);
    Events.remove(tx, "log_group = ?", group.id());
    tx.update("DELETE FROM logs_stream WHERE log_group = ?", group.id());
    tx.update("DELETE FROM logs_group WHERE id = ?", group.id());
  }

  void setRetention(Tx tx, String name, @Nullable Integer days) {
    Group group = get(tx, name);
    if (days != null && !Limits.RETENTION_DAYS.contains(days)) {
      throw LogsErrors.constraint(
          days,
          "retentionInDays",
          "satisfy enum value set: ["
              + String.join(
                  ", ", Limits.RETENTION_DAYS.stream().sorted().map(String::valueOf).toList())
              + "]");
    }
    tx.update("UPDATE logs_group SET retention = ? WHERE id = ?", days, group.id());
  }

  void changeTags(Tx tx, String name, UnaryOperator<Map<String, String>> change) {
    Group group = get(tx, name);
    Map<String, String> tags = change.apply(new LinkedHashMap<>(group.tags()));
    checkTags(tags);
    tx.update("UPDATE logs_group SET tags = ? WHERE id = ?", json(tags), group.id());
  }

  /** Groups by name, one more than a page holds. */
  List<LogGroup> list(Tx tx, DescribeLogGroupsRequest request, Pages.Page page) {
    if (request.logGroupNamePrefix() != null && request.logGroupNamePattern() != null) {
      throw LogsErrors.invalid(
          "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
    }
    if (!request.logGroupIdentifiers().isEmpty()) {
      throw LogsErrors.unsupported("DescribeLogGroups", "logGroupIdentifiers");
    }
    if (Boolean.TRUE.equals(request.includeLinkedAccounts())) {
      throw LogsErrors.unsupported("DescribeLogGroups", "includeLinkedAccounts");
    }
    String prefix = request.logGroupNamePrefix() == null ? "" : request.logGroupNamePrefix();
    String part = request.logGroupNamePattern() == null ? "" : request.logGroupNamePattern();
    return tx.list(
        "SELECT g.*, (SELECT coalesce(sum(bytes), 0) FROM logs_stream WHERE log_group = g.id)"
            + " stored FROM logs_group g WHERE name > ?1 AND substr(name, 1, length(?2)) = ?2 AND"
            + " instr(lower(name), ?3) > 0 AND (?4 IS NULL OR class = ?4) ORDER BY name LIMIT ?5",
        this::group,
        page.after(),
        prefix,
        part.toLowerCase(Locale.ROOT),
        request.logGroupClassAsString(),
        page.size() + 1);
  }

  private LogGroup group(Row row) {
    String arn = env.arn("logs", "log-group:" + row.string("name"));
    return LogGroup.builder()
        .logGroupName(row.string("name"))
        .creationTime(row.number("created"))
        .retentionInDays(row.isNull("retention") ? null : row.integer("retention"))
        .metricFilterCount(0)
        .arn(arn + ":*")
        .logGroupArn(arn)
        .logGroupClass(row.string("class"))
        .deletionProtectionEnabled(false)
        .storedBytes(row.number("stored"))
        .build();
  }

  private static String json(Map<String, String> map) {
    try {
      return JSON.writeValueAsString(map);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> map(String json) {
    try {
      return JSON.readValue(json, new TypeReference<LinkedHashMap<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
