package dev.onboard.console.queues;

import dev.onboard.console.web.Notices.Notice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A queue and a page of its messages.
 *
 * @param search what the bodies of the messages shown contain
 * @param task the last time that its messages were moved back, if they ever were
 * @param first where the first page is, if this is another one
 * @param more where the next page is, if there is one
 */
public record QueuePage(
    QueueState queue,
    List<Row> rows,
    @Nullable String search,
    @Nullable MoveTask task,
    @Nullable Notice notice,
    @Nullable String first,
    @Nullable String more,
    List<String> commands) {

  /**
   * A message in the list.
   *
   * @param why null if it waits as messages do
   * @param state in a word or two: whether it can be received
   * @param ways how it gets another chance
   */
  public record Row(
      QueuedMessage message, String href, @Nullable Why why, String state, List<Way> ways) {}

  /** Whether SQS itself moves its messages back to where they came from. */
  public boolean isRedrivable() {
    return queue.connections().isRedrivable();
  }

  /** Whether something can be done again with any of the messages shown. */
  public boolean hasWays() {
    return rows.stream().anyMatch(r -> !r.ways().isEmpty());
  }
}
