package dev.onboard.console.link;

import dev.onboard.console.trail.AcceptedEvent;
import dev.onboard.console.trail.Delivery;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Links;
import dev.onboard.console.web.Url;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event in a list.
 *
 * @param row the id of the row
 * @param event its detail-type, and the way to its page
 * @param about what tells it from others of its kind
 * @param outcomes what became of it
 */
public record EventRow(
    String row,
    Instant at,
    Link event,
    String about,
    String source,
    String bus,
    List<Badge> outcomes) {

  /**
   * The row of an event.
   *
   * @param rule the only one whose deliveries are told; null for all
   */
  public static EventRow of(Links links, AcceptedEvent event, @Nullable String rule) {
    return new EventRow(
        "event-" + event.number(),
        event.at(),
        links.link(event.detailType(), Url.of("events", event.id())),
        About.of(event.detail()),
        event.source(),
        event.bus(),
        outcomes(event, rule));
  }

  private static List<Badge> outcomes(AcceptedEvent event, @Nullable String rule) {
    List<Delivery> deliveries =
        event.deliveries().stream().filter(d -> rule == null || d.rule().equals(rule)).toList();
    var badges = new ArrayList<Badge>();
    if (deliveries.isEmpty()) {
      badges.add(new Badge("no rule", ""));
    }
    add(badges, count(deliveries, "DELIVERED"), "delivered", "good");
    add(badges, deliveries.stream().filter(EventRow::isFresh).count(), "under way", "busy");
    add(badges, deliveries.stream().filter(EventRow::isFailing).count(), "failing", "wait");
    add(badges, count(deliveries, "DEAD_LETTERED"), "dead-lettered", "bad");
    add(badges, count(deliveries, "NO_TARGET"), "without target", "");
    add(
        badges,
        deliveries.stream().filter(d -> d.status().equals("DROPPED") && d.isLost()).count(),
        "dropped",
        "bad");
    add(badges, deliveries.stream().filter(Delivery::isSecondHop).count(), "not forwarded", "");
    if (!event.schemaViolations().isEmpty()) {
      badges.add(new Badge("does not fit its schema", "wait"));
    }
    return badges;
  }

  private static boolean isFresh(Delivery delivery) {
    return delivery.isPending() && delivery.error().isEmpty();
  }

  private static boolean isFailing(Delivery delivery) {
    return delivery.isPending() && !delivery.error().isEmpty();
  }

  private static long count(List<Delivery> deliveries, String status) {
    return deliveries.stream().filter(d -> d.status().equals(status)).count();
  }

  private static void add(List<Badge> badges, long count, String word, String tone) {
    if (count > 0) {
      badges.add(new Badge(count == 1 ? word : count + " " + word, tone));
    }
  }
}
