package dev.onboard.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.console.trail.AcceptedEvent;
import dev.onboard.console.trail.Causes;
import dev.onboard.console.trail.Delivery;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that became of one event in the local runtime.
 *
 * @see Causes
 */
final class Consequences {
  private static final Duration BETWEEN = Duration.ofMillis(100);

  /** How often in a row nothing must be under way: what was done may be about to be told. */
  private static final int QUIET = 5;

  private static final int PAGE = 1000;
  private static final int MOST_PAGES = 20;

  private final RuntimeEndpoint runtime;
  private final Targets targets;
  private final String rootId;
  private final Map<String, Followed> known = new LinkedHashMap<>();
  private Causes causes = new Causes();

  Consequences(RuntimeEndpoint runtime, Clients clients, String rootId) {
    this.runtime = runtime;
    this.targets = new Targets(runtime, clients);
    this.rootId = rootId;
  }

  /**
   * An event that came of the first one.
   *
   * @param parent the id of the event that caused it, null for the first
   */
  private record Followed(
      AcceptedEvent accepted, @Nullable String parent, List<Progress> deliveries) {}

  /** A delivery, and what its target did with it. */
  private record Progress(Delivery delivery, Targets.Standing standing) {}

  /** Waits until nothing is under way any more; answers whether that was so in time. */
  boolean settle(long end) {
    int quiet = 0;
    while (true) {
      look();
      boolean open =
          known.isEmpty()
              || known.values().stream()
                  .flatMap(f -> f.deliveries().stream())
                  .anyMatch(p -> p.standing().isOpen());
      quiet = open ? 0 : quiet + 1;
      if (quiet >= QUIET) {
        return true;
      } else if (System.nanoTime() > end) {
        return false;
      }
      Pause.of(BETWEEN);
    }
  }

  private void look() {
    known.clear();
    causes = new Causes();
    targets.refresh();
    long[] last = {-1};
    runtime.each(
        "/_onboard/events?id=" + rootId,
        e -> last[0] = last[0] < 0 ? e.path("number").asLong() - 1 : last[0]);
    if (last[0] < 0) {
      throw new Failure("the runtime does not know the event " + rootId);
    }
    for (int page = 0; page < MOST_PAGES; page++) {
      int[] seen = {0};
      runtime.each(
          "/_onboard/events?limit=" + PAGE + "&after=" + last[0],
          e -> {
            seen[0]++;
            last[0] = e.path("number").asLong();
            consider(new AcceptedEvent(e));
          });
      if (seen[0] < PAGE) {
        return;
      }
    }
  }

  private void consider(AcceptedEvent accepted) {
    String id = accepted.id();
    String parent = id.equals(rootId) ? null : causes.of(accepted).orElse(null);
    if (!id.equals(rootId) && parent == null) {
      return;
    }
    List<Progress> deliveries =
        accepted.deliveries().stream().map(d -> new Progress(d, targets.standing(id, d))).toList();
    known.put(id, new Followed(accepted, parent, deliveries));
    causes.add(accepted, targets.executions(id));
  }

  /** Whether something that came of the event failed. */
  boolean isFailed() {
    return known.values().stream()
        .flatMap(f -> f.deliveries().stream())
        .anyMatch(p -> p.standing().isFailed());
  }

  /** All events, each with the one that caused it. */
  List<ObjectNode> events() {
    return known.values().stream()
        .map(f -> {
          ObjectNode json = f.accepted().json().deepCopy();
          json.put("causedBy", f.parent());
          int i = 0;
          for (JsonNode delivery : json.path("deliveries")) {
            ((ObjectNode) delivery).put("outcome", f.deliveries().get(i++).standing().text());
          }
          return json;
        })
        .toList();
  }

  void print(PrintWriter out) {
    Followed root = known.get(rootId);
    if (root != null) {
      print(out, root, "", at(root));
    }
  }

  private void print(PrintWriter out, Followed event, String indent, Instant begun) {
    AcceptedEvent accepted = event.accepted();
    out.printf(
        Locale.ROOT,
        "%s%s from %s on %s  %s  (%s)%n",
        indent,
        accepted.detailType(),
        accepted.source(),
        accepted.bus(),
        event.parent() == null ? at(event).toString() : seconds(begun, at(event)),
        accepted.id());
    accepted.violations().forEach(v -> out.println(indent + "  " + v));
    if (event.deliveries().isEmpty()) {
      out.println(indent + "  no rule matched");
    }
    event.deliveries().forEach(p -> out.println(indent + "  " + line(p)));
    known.values().stream()
        .filter(f -> accepted.id().equals(f.parent()))
        .forEach(f -> print(out, f, indent + "    ", begun));
  }

  private static String line(Progress progress) {
    String told = progress.standing().text();
    return progress.delivery().rule()
        + " -> "
        + Targets.shortName(progress.delivery().target())
        + (told.isEmpty() ? "" : ": " + told);
  }

  private static Instant at(Followed event) {
    return event.accepted().at();
  }

  private static String seconds(Instant from, Instant to) {
    return String.format(Locale.ROOT, "+%.3f s", Duration.between(from, to).toMillis() / 1000.0);
  }

  /** One sentence on how it all ended. */
  String verdict(boolean done, int timeout) {
    String events = known.size() + (known.size() == 1 ? " event" : " events");
    if (isFailed()) {
      return "Failed: not everything that it caused was done; " + events + ".";
    }
    return done
        ? "Done: " + events + "."
        : "Not done after " + timeout + " s; " + events + " so far.";
  }
}
