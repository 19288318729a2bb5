package dev.onboard.console.events;

import dev.onboard.console.events.EventPage.Caused;
import dev.onboard.console.events.EventPage.Node;
import dev.onboard.console.events.EventPage.Step;
import dev.onboard.console.link.TargetLink;
import dev.onboard.console.trail.AcceptedEvent;
import dev.onboard.console.trail.Consequences;
import dev.onboard.console.trail.Consequences.Followed;
import dev.onboard.console.trail.Consequences.Progress;
import dev.onboard.console.trail.Targets.Standing;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Links;
import dev.onboard.console.web.Url;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an event caused, as a tree. */
final class CausedTree {
  /** So many of those that one event caused are shown, and so many levels. */
  private static final int MOST_TOGETHER = 50;

  private static final int MOST_LEVELS = 12;

  private final Links links;

  CausedTree(Links links) {
    this.links = links;
  }

  Caused of(Consequences consequences) {
    Followed root = consequences.events().getFirst();
    return new Caused(
        node(consequences, root, root.event().at(), 0),
        consequences.events().size() - 1,
        consequences.isOpen(),
        consequences.isFailed(),
        consequences.isWhole());
  }

  private Node node(Consequences all, Followed followed, Instant begun, int level) {
    AcceptedEvent event = followed.event();
    List<Followed> caused = all.causedBy(event.id());
    var nodes = new ArrayList<Node>();
    if (level < MOST_LEVELS) {
      caused.stream().limit(MOST_TOGETHER).forEach(f -> nodes.add(node(all, f, begun, level + 1)));
    }
    return new Node(
        event,
        links.link(event.detailType(), Url.of("events", event.id())),
        level == 0 ? "" : after(Duration.between(begun, event.at())),
        followed.deliveries().stream().map(p -> step(event, p)).toList(),
        nodes,
        caused.size() - nodes.size());
  }

  private static String after(Duration span) {
    return String.format(Locale.ROOT, "+%,.3f s", span.toMillis() / 1000.0);
  }

  private Step step(AcceptedEvent event, Progress progress) {
    String rule = progress.delivery().rule();
    String target = progress.delivery().target();
    Standing standing = progress.standing();
    return new Step(
        target.isEmpty() ? new Link("no target", null) : TargetLink.of(links, target),
        links.link(rule, Url.of("rules", event.bus(), rule)),
        new Badge(
            standing.text(), standing.isFailed() ? "bad" : standing.isOpen() ? "busy" : "good"));
  }
}
