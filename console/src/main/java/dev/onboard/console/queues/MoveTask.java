package dev.onboard.console.queues;

import dev.onboard.console.web.Badge;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;

/**
 * The moving of a dead-letter queue's messages to where they came from, by SQS.
 *
 * @param handle what cancels it; null once it is over
 * @param toMove how many messages there were when it began
 */
public record MoveTask(
    @Nullable String handle,
    String status,
    Instant started,
    long moved,
    long toMove,
    @Nullable String failure) {
  static MoveTask of(ListMessageMoveTasksResultEntry entry) {
    return new MoveTask(
        entry.taskHandle(),
        entry.status(),
        Instant.ofEpochMilli(entry.startedTimestamp()),
        entry.approximateNumberOfMessagesMoved(),
        entry.approximateNumberOfMessagesToMove(),
        entry.failureReason());
  }

  public Badge badge() {
    return Badge.of(status);
  }

  public boolean isRunning() {
    return status.equals("RUNNING");
  }
}
