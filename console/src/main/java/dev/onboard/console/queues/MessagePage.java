package dev.onboard.console.queues;

import dev.onboard.console.web.Link;
import dev.onboard.console.web.Notices.Notice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message of a queue.
 *
 * @param whyNone why it gets no other chance from here, if something is to be said of that
 * @param links to what it tells of
 */
public record MessagePage(
    QueueState queue,
    QueuedMessage message,
    @Nullable Why why,
    String state,
    List<Way> ways,
    @Nullable String whyNone,
    List<Link> links,
    @Nullable Notice notice,
    String command) {}
