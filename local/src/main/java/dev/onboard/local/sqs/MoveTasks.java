package dev.onboard.local.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.RequestIds;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;

/**
 * Message move tasks: what is in a dead-letter queue goes back to where it came from, or elsewhere,
 * so many messages a second, or as fast as it can. A task goes on after a restart.
 */
final class MoveTasks {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int AT_ONCE = 200;
  private static final String RUNNING = "RUNNING";

  private final Environment env;
  private final Queues queues;
  private final DeadLetters deadLetters;

  MoveTasks(Environment env, Queues queues, DeadLetters deadLetters) {
    this.env = env;
    this.queues = queues;
    this.deadLetters = deadLetters;
  }

  private record Task(String id, String source, @Nullable String destination, int rate) {}

  private record Letter(long sequence, long content, @Nullable String sourceArn) {}

  /** A move that cannot go on, under the reason that a listing shows. */
  private static final class Stuck extends RuntimeException {
    Stuck(String reason) {
      super(reason);
    }
  }

  String start(String source, @Nullable String destination, @Nullable Integer rate) {
    if (rate != null && (rate < 1 || rate > Limits.MOVES_A_SECOND)) {
      throw SqsErrors.invalidParameter(
          "MaxNumberOfMessagesPerSecond", rate, "Must be between 1 and 500, if provided.");
    }
    String id = RequestIds.next();
    env.store()
        .write(tx -> {
          Queue queue = source(tx, source);
          check(tx, queue, destination);
          tx.update(
              "INSERT INTO sqs_move_task VALUES (?, ?, ?, ?, ?, ?, 0, ?, NULL)",
              id,
              source,
              destination,
              rate,
              RUNNING,
              env.clock().now(),
              tx.number("SELECT count(*) FROM sqs_message WHERE queue = ?", queue.id()));
          env.store().afterCommit(() -> run(id));
          return null;
        });
    return handle(id, source);
  }

  private Queue source(Tx tx, @Nullable String arn) {
    if (arn == null || arn.isEmpty()) {
      throw SqsErrors.missingParameter("SourceArn");
    }
    if (!arn.matches("arn:[^:]+:sqs:[^:]*:[^:]*:[^:]+")) {
      throw SqsErrors.invalidParameter(
          "You must use this format to specify the SourceArn:"
              + " arn:<partition>:<service>:<region>:<account-id>:<resource-id>");
    }
    return queues
        .withArn(tx, arn)
        .orElseThrow(() ->
            SqsErrors.noResource(
                "The resource that you specified for the SourceArn parameter doesn't exist."));
  }

  private void check(Tx tx, Queue source, @Nullable String destination) {
    boolean isTarget =
        queues.all(tx).stream()
            .map(Queue::redrive)
            .anyMatch(r -> r != null && r.targetArn().equals(source.arn()));
    if (!isTarget) {
      throw SqsErrors.invalidParameter("Source queue must be configured as a Dead Letter Queue.");
    }
    if (destination != null && queues.withArn(tx, destination).isEmpty()) {
      throw SqsErrors.noResource(
          "The resource that you specified for the DestinationArn parameter doesn't exist.");
    }
    if (tx.exists(
        "SELECT 1 FROM sqs_move_task WHERE source = ? AND status = ?", source.arn(), RUNNING)) {
      throw SqsErrors.invalidParameter(
          "There is already a task running. Only one active task is allowed for a source queue arn"
              + " at a given time.");
    }
  }

  /** Takes up the tasks that were running. */
  void resume() {
    env.store()
        .read(tx ->
            tx.list("SELECT id FROM sqs_move_task WHERE status = ?", r -> r.string(1), RUNNING))
        .forEach(this::run);
  }

  private void run(String id) {
    env.clock().start("sqs-move-" + id, () -> steps(id));
  }

  private void steps(String id) {
    try {
      @Nullable Duration pause = Duration.ZERO;
      while ((pause = env.store().write(tx -> step(tx, id))) != null) {
        if (!pause.isZero()) {
          env.clock().sleep(pause);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Moves some messages; answers how long to wait before the next, or null at the end. */
  private @Nullable Duration step(Tx tx, String id) {
    Optional<Task> running =
        tx.first(
            "SELECT id, source, destination, rate FROM sqs_move_task WHERE id = ? AND status = ?",
            r -> new Task(r.string(1), r.string(2), r.stringOrNull(3), r.integer(4)),
            id,
            RUNNING);
    if (running.isEmpty()) {
      return null;
    }
    Task task = running.get();
    try {
      Queue source =
          queues
              .withArn(tx, task.source)
              .orElseThrow(() -> new Stuck("AWS.SimpleQueueService.NonExistentQueue"));
      List<Letter> letters = letters(tx, source, task.rate == 0 ? AT_ONCE : task.rate);
      for (Letter letter : letters) {
        deadLetters.revive(tx, letter.sequence, letter.content, target(tx, task, letter));
        tx.update("UPDATE sqs_move_task SET moved = moved + 1 WHERE id = ?", id);
      }
      if (letters.isEmpty()) {
        end(tx, id, "COMPLETED", null);
        return null;
      }
      return task.rate == 0 ? Duration.ZERO : Duration.ofSeconds(1);
    } catch (Stuck e) {
      end(tx, id, "FAILED", e.getMessage());
      return null;
    }
  }

  /** The oldest messages that nobody holds. */
  private List<Letter> letters(Tx tx, Queue source, int atMost) {
    return tx.list(
        "SELECT seq, content, source_arn FROM sqs_message m CROSS JOIN sqs_content c"
            + " ON c.id = m.content WHERE queue = ? AND visible_at <= ?"
            + " ORDER BY visible_at, seq LIMIT ?",
        r -> new Letter(r.number(1), r.number(2), r.stringOrNull(3)),
        source.id(),
        env.clock().now(),
        atMost);
  }

  private Queue target(Tx tx, Task task, Letter letter) {
    String arn = task.destination == null ? letter.sourceArn : task.destination;
    if (arn == null) {
      throw new Stuck("CouldNotDetermineMessageSource");
    }
    return queues
        .withArn(tx, arn)
        .orElseThrow(() -> new Stuck("AWS.SimpleQueueService.NonExistentQueue"));
  }

  private static void end(Tx tx, String id, String status, @Nullable String failure) {
    tx.update("UPDATE sqs_move_task SET status = ?, failure = ? WHERE id = ?", status, failure, id);
  }

  /** Stops a task; answers how many messages it has moved. */
  long cancel(@Nullable String handle) {
    JsonNode parts = parts(handle);
    String id = parts.get("taskId").asText();
    return env.store()
        .write(tx -> {
          source(tx, parts.get("sourceArn").asText());
          long moved =
              tx.first(
                      "SELECT moved FROM sqs_move_task WHERE id = ? AND status = ?",
                      r -> r.number(1),
                      id,
                      RUNNING)
                  .orElseThrow(() -> SqsErrors.noResource("Task does not exist."));
          end(tx, id, "CANCELLED", null);
          return moved;
        });
  }

  List<ListMessageMoveTasksResultEntry> list(@Nullable String source, @Nullable Integer atMost) {
    if (atMost != null && (atMost < 1 || atMost > Limits.LISTED_MOVE_TASKS)) {
      throw SqsErrors.invalidParameter(
          "MaxResults", atMost, "Must be between 1 and 10, if provided.");
    }
    return env.store()
        .read(tx -> {
          Queue queue = source(tx, source);
          return tx.list(
              "SELECT * FROM sqs_move_task WHERE source = ?"
                  + " ORDER BY started DESC, rowid DESC LIMIT ?",
              MoveTasks::entry,
              queue.arn(),
              atMost == null ? 1 : atMost);
        });
  }

  private static ListMessageMoveTasksResultEntry entry(Row row) {
    String status = row.string("status");
    String source = row.string("source");
    Instant started = row.instant("started");
    return ListMessageMoveTasksResultEntry.builder()
        .taskHandle(status.equals(RUNNING) ? handle(row.string("id"), source) : null)
        .status(status)
        .sourceArn(source)
        .destinationArn(row.stringOrNull("destination"))
        .maxNumberOfMessagesPerSecond(row.isNull("rate") ? null : row.integer("rate"))
        .approximateNumberOfMessagesMoved(row.number("moved"))
        .approximateNumberOfMessagesToMove(row.number("to_move"))
        .failureReason(row.stringOrNull("failure"))
        .startedTimestamp(started.toEpochMilli())
        .build();
  }

  private static String handle(String id, String source) {
    String text = JSON.createObjectNode().put("taskId", id).put("sourceArn", source).toString();
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode parts(@Nullable String handle) {
    if (handle == null || handle.isEmpty()) {
      throw SqsErrors.missingParameter("TaskHandle");
    }
    try {
      JsonNode node =
          JSON.readTree(new String(Base64.getDecoder().decode(handle), StandardCharsets.UTF_8));
      if (node.hasNonNull("taskId") && node.hasNonNull("sourceArn")) {
        return node;
      }
    } catch (IllegalArgumentException | JsonProcessingException e) {
      throw SqsErrors.invalidParameter("Value for parameter TaskHandle is invalid.");
    }
    throw SqsErrors.invalidParameter("Value for parameter TaskHandle is invalid.");
  }
}
