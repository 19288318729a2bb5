package dev.onboard.local.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Cached;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.InvalidAddressException;
import software.amazon.awssdk.services.sqs.model.PurgeQueueInProgressException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;

/** The queues themselves. */
final class Queues {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,80}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Environment env;
  private final Cached<String, Optional<Queue>> byName;

  Queues(Environment env) {
    this.env = env;
    this.byName = new Cached<>(env.store(), "sqs_queue");
  }

  /** The queue that a URL means, whatever host it names. */
  Queue at(Tx tx, @Nullable String url) {
    if (url == null || url.isEmpty()) {
      throw SqsErrors.missingParameter("QueueUrl");
    }
    int slash = url.lastIndexOf('/');
    int before = url.lastIndexOf('/', slash - 1);
    if (slash < 0 || before < 0) {
      throw AwsErrors.error(
          InvalidAddressException.builder(),
          404,
          "InvalidAddress",
          "The address " + url + " is not valid for this endpoint.");
    }
    if (!url.substring(before + 1, slash).equals(env.account())) {
      throw SqsErrors.noQueue();
    }
    return named(tx, url.substring(slash + 1)).orElseThrow(SqsErrors::noQueue);
  }

  Optional<Queue> withArn(Tx tx, String arn) {
    String prefix = env.arn("sqs", "");
    return arn.startsWith(prefix) ? named(tx, arn.substring(prefix.length())) : Optional.empty();
  }

  Optional<Queue> named(Tx tx, String name) {
    return byName.get(
        tx, name, t -> t.first("SELECT * FROM sqs_queue WHERE name = ?", this::queue, name));
  }

  List<Queue> all(Tx tx) {
    return tx.list("SELECT * FROM sqs_queue ORDER BY name", this::queue);
  }

  /** Queues whose names begin so, in order of their names, after the one named. */
  List<String> names(Tx tx, String prefix, String after, int atMost) {
    return tx.list(
        "SELECT name FROM sqs_queue WHERE substr(name, 1, ?) = ? AND name > ? ORDER BY name LIMIT"
            + " ?",
        r -> r.string(1),
        prefix.length(),
        prefix,
        after,
        atMost);
  }

  /** Queues whose dead letters go to one, in the order of their names, after the one named. */
  List<String> sources(Tx tx, Queue target, String after, int atMost) {
    return all(tx).stream()
        .filter(q -> q.redrive() != null && q.redrive().targetArn().equals(target.arn()))
        .map(Queue::name)
        .filter(name -> name.compareTo(after) > 0)
        .limit(atMost)
        .toList();
  }

  String url(String name) {
    return env.endpoint().get().resolve("/" + env.account() + "/" + name).toString();
  }

  Queue create(Tx tx, String name, Map<String, String> asked, Map<String, String> tags) {
    Map<String, String> given = QueueAttributes.kept(asked);
    boolean fifo = "true".equals(given.get("FifoQueue"));
    checkName(name, fifo);
    QueueAttributes.check(given, fifo);
    checkTags(tags);
    Optional<Queue> there = named(tx, name);
    if (there.isPresent()) {
      checkSame(there.get(), given);
      return there.get();
    }
    String arn = env.arn("sqs", name);
    checkRedrive(tx, given.get("RedrivePolicy"), arn, fifo);
    Instant now = env.clock().now();
    tx.update(
        "INSERT INTO sqs_queue(name, attributes, tags, created, modified)"
            + " VALUES (?, ?, ?, ?, ?)",
        name,
        json(QueueAttributes.set(QueueAttributes.defaults(fifo), given)),
        json(tags),
        now,
        now);
    return named(tx, name).orElseThrow();
  }

  private static void checkName(String name, boolean fifo) {
    if (fifo) {
      if (!name.endsWith(".fifo")
          || !NAME.matcher(name.substring(0, name.length() - 5) + "_fifo").matches()) {
        throw SqsErrors.invalidParameter(
            "The name of a FIFO queue can only include alphanumeric characters, hyphens, or"
                + " underscores, must end with .fifo suffix and be 1 to 80 in length.");
      }
    } else if (!NAME.matcher(name).matches()) {
      throw SqsErrors.invalidParameter(
          "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
    }
  }

  private static void checkSame(Queue there, Map<String, String> given) {
    given.forEach((name, value) -> {
      if (!value.equals(there.attributes().getOrDefault(name, ""))) {
        throw AwsErrors.error(
            QueueNameExistsException.builder(),
            400,
            "QueueNameExists",
            "A queue already exists with the same name and a different value for attribute "
                + name);
      }
    });
  }

  private void checkRedrive(Tx tx, @Nullable String policy, String source, boolean fifo) {
    Redrive redrive = Redrive.parse(policy);
    if (redrive == null) {
      return;
    }
    Queue target =
        withArn(tx, redrive.targetArn())
            .orElseThrow(() ->
                SqsErrors.invalidParameter(
                    "RedrivePolicy", policy, "Dead letter target does not exist."));
    if (target.fifo() != fifo) {
      throw SqsErrors.invalidParameter(
          "RedrivePolicy", policy, "Dead-letter queue must be same type of queue as the source.");
    }
    if (!Redrive.allowed(target.attributes().get("RedriveAllowPolicy"), source)) {
      throw SqsErrors.invalidParameter(
          "RedrivePolicy",
          policy,
          "Queue " + source + " is not allowed to use " + target.arn() + " as dead-letter queue.");
    }
  }

  Queue setAttributes(Tx tx, Queue queue, Map<String, String> asked) {
    Map<String, String> given = QueueAttributes.kept(asked);
    QueueAttributes.check(given, queue.fifo());
    checkRedrive(tx, given.get("RedrivePolicy"), queue.arn(), queue.fifo());
    Queue changed =
        replace(tx, queue, QueueAttributes.set(queue.attributes(), given), queue.tags());
    // In a FIFO queue a changed delay holds for the messages that are there, as on AWS.
    if (queue.fifo() && !queue.delay().equals(changed.delay())) {
      tx.update(
          "UPDATE sqs_message SET visible_at = sent_at + ? WHERE queue = ? AND receives = 0",
          changed.delay().toMillis(),
          queue.id());
    }
    return changed;
  }

  void tag(Tx tx, Queue queue, Map<String, String> more) {
    var tags = new LinkedHashMap<>(queue.tags());
    tags.putAll(more);
    checkTags(tags);
    replace(tx, queue, queue.attributes(), tags);
  }

  void untag(Tx tx, Queue queue, List<String> keys) {
    var tags = new LinkedHashMap<>(queue.tags());
    keys.forEach(tags::remove);
    replace(tx, queue, queue.attributes(), tags);
  }

  private static void checkTags(Map<String, String> tags) {
    if (tags.size() > Limits.TAGS) {
      throw SqsErrors.invalidParameter("Too many tags added for queue.");
    }
  }

  private Queue replace(
      Tx tx, Queue queue, Map<String, String> attributes, Map<String, String> tags) {
    tx.update(
        "UPDATE sqs_queue SET attributes = ?, tags = ?, modified = ? WHERE id = ?",
        json(attributes),
        json(tags),
        env.clock().now(),
        queue.id());
    return named(tx, queue.name()).orElseThrow();
  }

  /** Takes a queue away with all that it holds. */
  void delete(Tx tx, Queue queue) {
    for (String table : List.of("sqs_message", "sqs_deduplication", "sqs_attempt")) {
      tx.update("DELETE FROM " + table + " WHERE queue = ?", queue.id());
    }
    tx.update("DELETE FROM sqs_queue WHERE id = ?", queue.id());
    tx.update("DELETE FROM sqs_move_task WHERE source = ?", queue.arn());
  }

  /** Takes all messages away, once a minute at most. */
  void purge(Tx tx, Queue queue) {
    Instant now = env.clock().now();
    int may =
        tx.update(
            "UPDATE sqs_queue SET purged = ? WHERE id = ? AND purged <= ?",
            now,
            queue.id(),
            now.minus(Limits.BETWEEN_PURGES));
    if (may == 0) {
      throw AwsErrors.error(
          PurgeQueueInProgressException.builder(),
          403,
          "PurgeQueueInProgress",
          "Only one PurgeQueue operation on " + queue.name() + " is allowed every 60 seconds.");
    }
    tx.update("DELETE FROM sqs_message WHERE queue = ?", queue.id());
    tx.update("DELETE FROM sqs_deduplication WHERE queue = ?", queue.id());
  }

  private Queue queue(Row row) {
    String name = row.string("name");
    return Queue.of(
        row.number("id"),
        name,
        env.arn("sqs", name),
        map(row.string("attributes")),
        map(row.string("tags")),
        row.instant("created"),
        row.instant("modified"));
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

  /** A page token that says after which name the next page begins. */
  static String token(String name) {
    return Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  static String name(@Nullable String token) {
    if (token == null) {
      return "";
    }
    try {
      return new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw SqsErrors.invalidParameter(
          "NextToken", token, "The token is not one that this operation gave.");
    }
  }
}
