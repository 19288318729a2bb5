package dev.onboard.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.console.trail.AcceptedEvent;
import dev.onboard.console.trail.Consequences;
import dev.onboard.console.trail.Consequences.Followed;
import dev.onboard.console.trail.Consequences.Progress;
import dev.onboard.console.trail.TargetName;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Follows one event until all that it caused in the local runtime is done. */
final class FollowedEvent {
  private static final Duration BETWEEN = Duration.ofMillis(100);

  /** How often in a row nothing must be under way: what was done may be about to be told. */
  private static final int QUIET = 5;

  private final RuntimeEndpoint runtime;
  private final Clients clients;
  private final String id;
  private final BusNames buses;
  private Consequences now = new Consequences(List.of(), true);

  FollowedEvent(RuntimeEndpoint runtime, Clients clients, String id) {
    this.runtime = runtime;
    this.clients = clients;
    this.id = id;
    this.buses = new BusNames(clients.eventBridge());
  }

  /** Waits until nothing is under way any more; answers whether that was so in time. */
  boolean settle(long end) {
    int quiet = 0;
    while (true) {
      look();
      quiet = now.isOpen() ? 0 : quiet + 1;
      if (quiet >= QUIET) {
        return true;
      } else if (System.nanoTime() > end) {
        return false;
      }
      Pause.of(BETWEEN);
    }
  }

  private void look() {
    var found = new ArrayList<AcceptedEvent>();
    runtime.ask("events", Map.of("id", id)).forEach(e -> found.add(new AcceptedEvent(e)));
    if (found.isEmpty()) {
      throw new Failure("the runtime does not know the event " + id);
    }
    now = Consequences.of(clients, runtime, found, Consequences.ALL_QUESTIONS);
  }

  /** Whether something that came of the event failed. */
  boolean isFailed() {
    return now.isFailed();
  }

  /** All events, each with the one that caused it. */
  List<ObjectNode> events() {
    return now.events().stream()
        .map(f -> {
          ObjectNode json = f.event().json().deepCopy();
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
    now.events().stream()
        .filter(f -> f.parent() == null)
        .forEach(root -> print(out, root, "", root.event().at()));
  }

  private void print(PrintWriter out, Followed followed, String indent, Instant begun) {
    AcceptedEvent event = followed.event();
    out.printf(
        Locale.ROOT,
        "%s%s from %s on %s  %s  (%s)%n",
        indent,
        event.detailType(),
        event.source(),
        event.bus(),
        followed.parent() == null ? event.at().toString() : seconds(begun, event.at()),
        event.id());
    event.violations().forEach(v -> out.println(indent + "  " + v));
    if (followed.deliveries().isEmpty()) {
      out.println(indent + "  " + buses.unmatched(event.bus()));
    }
    followed.deliveries().forEach(p -> out.println(indent + "  " + line(p)));
    now.causedBy(event.id()).forEach(f -> print(out, f, indent + "    ", begun));
  }

  private static String line(Progress progress) {
    String told = progress.standing().text();
    return progress.delivery().rule()
        + " -> "
        + TargetName.of(progress.delivery().target())
        + (told.isEmpty() ? "" : ": " + told);
  }

  private static String seconds(Instant from, Instant to) {
    return String.format(Locale.ROOT, "+%.3f s", Duration.between(from, to).toMillis() / 1000.0);
  }

  /** One sentence on how it all ended. */
  String verdict(boolean done, int timeout) {
    int count = now.events().size();
    String events = count + (count == 1 ? " event" : " events");
    if (isFailed()) {
      return "Failed: not everything that it caused was done; " + events + ".";
    }
    return done
        ? "Done: " + events + "."
        : "Not done after " + timeout + " s; " + events + " so far.";
  }
}
