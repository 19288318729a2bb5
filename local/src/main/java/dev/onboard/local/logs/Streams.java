package dev.onboard.local.logs;

import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;

/** Log streams. */
final class Streams {
  private final Environment env;

  Streams(Environment env) {
    this.env = env;
  }

  /**
   * A stream with what its group says of it.
   *
   * @param retention days, or 0 for ever
   */
  record Stream(long id, long group, int retention) {}

  void create(Tx tx, Groups.Group group, @Nullable String name) {
    Groups.checkName(name, "logStreamName");
    if (name != null && (name.contains(":") || name.contains("*"))) {
      throw LogsErrors.constraint(
          name, "logStreamName", "satisfy regular expression pattern: [^:*]*");
    }
    int made =
        tx.update(
            "INSERT OR IGNORE INTO logs_stream(log_group, name, created) VALUES (?, ?, ?)",
            group.id(),
            name,
            env.clock().now());
    if (made == 0) {
      throw LogsErrors.exists("The specified log stream already exists");
    }
  }

  Stream get(Tx tx, @Nullable String group, @Nullable String name) {
    List<Stream> found =
        tx.list(
            "SELECT s.id, g.id, coalesce(g.retention, 0) FROM logs_group g LEFT JOIN logs_stream s"
                + " ON s.log_group = g.id AND s.name = ? WHERE g.name = ?",
            r -> new Stream(r.number(1), r.number(2), r.integer(3)),
            name,
            group);
    if (found.isEmpty()) {
      throw LogsErrors.noGroup();
    }
    if (found.getFirst().id() == 0) {
      throw LogsErrors.noStream();
    }
    return found.getFirst();
  }

  void delete(Tx tx, @Nullable String group, @Nullable String name) {
    Stream stream = get(tx, group, name);
    Events.remove(tx, "log_group = ? AND stream = ?", stream.group(), stream.id());
    tx.update("DELETE FROM logs_stream WHERE id = ?", stream.id());
  }

  /** A page of a listing. */
  record Listed(List<LogStream> streams, @Nullable String nextToken) {}

  Listed list(Tx tx, DescribeLogStreamsRequest request, Groups.Group group) {
    boolean byTime = request.orderBy() == OrderBy.LAST_EVENT_TIME;
    if (byTime && request.logStreamNamePrefix() != null) {
      throw LogsErrors.invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
    }
    Pages.Page page = Pages.of(request.nextToken(), request.limit());
    boolean down = Boolean.TRUE.equals(request.descending());
    String prefix = request.logStreamNamePrefix() == null ? "" : request.logStreamNamePrefix();
    // The key sorts as the listing does: the padded time and the name, or the name alone.
    String key = byTime ? "printf('%020d', coalesce(last_event, 0)) || name" : "name";
    List<Keyed> found =
        tx.list(
            "SELECT *, "
                + key
                + " AS sort_key FROM logs_stream WHERE log_group = ?1"
                + " AND substr(name, 1, length(?2)) = ?2 AND (?3 = '' OR "
                + key
                + (down ? " < " : " > ")
                + "?3) ORDER BY sort_key "
                + (down ? "DESC" : "ASC")
                + " LIMIT ?4",
            r -> new Keyed(stream(r, group.name()), r.string("sort_key")),
            group.id(),
            prefix,
            page.after(),
            page.size() + 1);
    return new Listed(
        page.entries(found).stream().map(Keyed::stream).toList(), page.next(found, Keyed::key));
  }

  private record Keyed(LogStream stream, String key) {}

  private LogStream stream(Row row, String group) {
    return LogStream.builder()
        .logStreamName(row.string("name"))
        .creationTime(row.number("created"))
        .firstEventTimestamp(row.isNull("first_event") ? null : row.number("first_event"))
        .lastEventTimestamp(row.isNull("last_event") ? null : row.number("last_event"))
        .lastIngestionTime(row.isNull("last_ingestion") ? null : row.number("last_ingestion"))
        .uploadSequenceToken(row.isNull("last_event") ? null : Position.FIRST.text())
        .arn(env.arn("logs", "log-group:" + group + ":log-stream:" + row.string("name")))
        // AWS answers 0 since 2019.
        .storedBytes(0L)
        .build();
  }
}
