package dev.onboard.local.sqs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of queues, a page at a time. */
final class QueueLists {
  private final Queues queues;

  QueueLists(Queues queues) {
    this.queues = queues;
  }

  /**
   * A page.
   *
   * @param token where the next page goes on; null after the last
   */
  record Page(List<String> urls, @Nullable String token) {}

  /** The names that a page may be asked for after. */
  @FunctionalInterface
  interface Names {
    /** At most so many names that come after another one, in their order. */
    List<String> after(String name, int atMost);
  }

  /** The page that a token is for, or the first one. */
  Page page(@Nullable Integer asked, @Nullable String token, Names names) {
    int atMost = size(asked);
    List<String> some = names.after(Queues.name(token), atMost + 1);
    boolean more = some.size() > atMost;
    List<String> page = more ? some.subList(0, atMost) : some;
    return new Page(
        page.stream().map(queues::url).toList(), more ? Queues.token(page.getLast()) : null);
  }

  private static int size(@Nullable Integer asked) {
    if (asked != null && (asked < 1 || asked > Limits.LISTED_QUEUES)) {
      throw SqsErrors.invalidParameter(
          "MaxResults", asked, "MaxResults must be between 1 and 1000");
    }
    return asked == null ? Limits.LISTED_QUEUES : asked;
  }
}
