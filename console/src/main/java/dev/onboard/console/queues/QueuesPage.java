package dev.onboard.console.queues;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All queues.
 *
 * @param first where the first page is, if this is another one
 * @param more where the next page is, if there is one
 */
public record QueuesPage(List<QueueState> queues, @Nullable String first, @Nullable String more) {
  /** How many messages wait that nobody but a person will see to. */
  public long alarming() {
    return queues.stream().filter(QueueState::isAlarming).mapToLong(QueueState::all).sum();
  }

  public long all() {
    return queues.stream().mapToLong(QueueState::all).sum();
  }
}
