package dev.onboard.console.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.link.EventRow;
import dev.onboard.console.trail.AcceptedEvent;
import dev.onboard.console.trail.Delivery;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Link;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event.
 *
 * @param resources what it is about
 * @param origin the events that led to it, the nearest first
 * @param schemas those that it is held against, with what it breaks
 * @param copies what other buses got of it
 * @param again where another one like it is made
 */
public record EventPage(
    AcceptedEvent event,
    Link bus,
    @Nullable Link replay,
    List<Link> resources,
    List<Link> origin,
    List<Schema> schemas,
    Link story,
    String again,
    List<Tab> tabs,
    Shown shown,
    String command) {

  /** A schema, and how the event does not fit it. */
  public record Schema(Link link, List<AcceptedEvent.Violation> violations) {}

  /** A way to look at it. */
  public record Tab(String title, String href, boolean isCurrent) {}

  /** What a tab shows. */
  public sealed interface Shown permits Deliveries, Rules, Caused {}

  /** What became of it at each target, and the event itself. */
  public record Deliveries(List<DeliveryRow> rows, List<EventRow> copies) implements Shown {}

  /**
   * A delivery.
   *
   * @param sent what the target gets; null if that is the event itself
   * @param attempts all of them, if there were several or the first one failed
   */
  public record DeliveryRow(
      Link rule,
      Link target,
      @Nullable String sent,
      Badge status,
      Delivery delivery,
      List<Delivery.Attempt> attempts) {
    public @Nullable Instant next() {
      return delivery.nextAttempt();
    }
  }

  /** What each rule of the bus says to it now. */
  public record Rules(List<Verdict> verdicts) implements Shown {}

  /**
   * What one rule says.
   *
   * @param reasons why it does not match
   * @param alternatives how many alternatives its pattern has; the reasons are the nearest one's
   * @param tryIt where the pattern can be changed
   */
  public record Verdict(
      Link rule,
      boolean matches,
      boolean takes,
      @Nullable String note,
      List<String> reasons,
      int alternatives,
      @Nullable String tryIt) {}

  /**
   * What came of it.
   *
   * @param isWhole whether there is no more than what is shown
   */
  public record Caused(Node root, int count, boolean isOpen, boolean isFailed, boolean isWhole)
      implements Shown {}

  /**
   * An event with those that it caused.
   *
   * @param after how long after the first one it was accepted
   */
  public record Node(
      AcceptedEvent event,
      Link link,
      String after,
      List<Step> steps,
      List<Node> caused,
      int left) {}

  /** What a target did with it. */
  public record Step(Link target, Link rule, Badge standing) {}

  /** In whose name it was published; null if it came of itself or nobody noted that. */
  public @Nullable String publisher() {
    return event.publisher();
  }

  /** The event as JSON. */
  public JsonNode json() {
    return event.event();
  }
}
