package dev.onboard.console.trail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.web.Questions;
import dev.onboard.console.web.Sdk;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that became of one event, as far as it can be told now.
 *
 * @param events the event itself and those that came of it, in the order of acceptance
 * @param isWhole whether there is no more than what was looked for
 * @see Causes
 */
public record Consequences(List<Followed> events, boolean isWhole) {

  /** So many questions are asked at most by those who have time. */
  public static final int ALL_QUESTIONS = 60;

  /** So many by those who wait for a page; each looks through all that followed. */
  public static final int QUICK_QUESTIONS = 12;

  /** So many events are asked for at once. */
  private static final int MOST_EVENTS = 200;

  /**
   * An event that came of the first one.
   *
   * @param parent the id of the event that caused it, null for the first
   */
  public record Followed(AcceptedEvent event, @Nullable String parent, List<Progress> deliveries) {}

  /** A delivery, and what its target did with it. */
  public record Progress(Delivery delivery, Targets.Standing standing) {}

  /**
   * Looks what became of an event by now.
   *
   * @param events what the runtime tells of that id: the event, and its copies on other buses
   */
  public static Consequences of(
      Sdk sdk, Questions questions, List<AcceptedEvent> events, int mostQuestions) {
    return new Search(sdk, questions, events).run(mostQuestions);
  }

  /** Whether something is still under way. */
  public boolean isOpen() {
    return events.stream()
        .flatMap(f -> f.deliveries().stream())
        .anyMatch(p -> p.standing().isOpen());
  }

  /** Whether something that came of the event failed. */
  public boolean isFailed() {
    return events.stream()
        .flatMap(f -> f.deliveries().stream())
        .anyMatch(p -> p.standing().isFailed());
  }

  /** The events that one of them caused. */
  public List<Followed> causedBy(String id) {
    return events.stream().filter(f -> id.equals(f.parent())).toList();
  }

  /** Looks for events by the names that others may call their cause. */
  private static final class Search {
    private final Questions questions;
    private final Targets targets;
    private final AcceptedEvent root;
    private final Map<Long, AcceptedEvent> candidates = new TreeMap<>();
    private final Deque<Map<String, String>> asked = new ArrayDeque<>();
    private final Set<Map<String, String>> seen = new HashSet<>();
    private boolean isWhole = true;

    Search(Sdk sdk, Questions questions, List<AcceptedEvent> events) {
      this.questions = questions;
      this.targets = new Targets(sdk, questions);
      this.root = events.getFirst();
      events.forEach(e -> candidates.put(e.number(), e));
    }

    Consequences run(int mostQuestions) {
      List<Followed> followed = follow();
      for (int i = 0; !asked.isEmpty(); i++) {
        if (i == mostQuestions) {
          isWhole = false;
          break;
        }
        if (ask(asked.removeFirst())) {
          followed = follow();
        }
      }
      return new Consequences(followed, isWhole);
    }

    /** Answers whether there was an event that was not known yet. */
    private boolean ask(Map<String, String> parameters) {
      List<? extends JsonNode> found = questions.ask("events", parameters);
      isWhole &= found.size() < MOST_EVENTS;
      int known = candidates.size();
      found.stream()
          .<AcceptedEvent>map(AcceptedEvent::new)
          .filter(e -> e.number() > root.number())
          .forEach(e -> candidates.putIfAbsent(e.number(), e));
      return candidates.size() > known;
    }

    private List<Followed> follow() {
      var causes = new Causes();
      targets.refresh();
      var followed = new ArrayList<Followed>();
      var ids = new HashSet<String>();
      for (AcceptedEvent event : candidates.values()) {
        // What is replayed comes again under its own id.
        if (!ids.add(event.id())) {
          continue;
        }
        boolean isRoot = event.number() == root.number();
        String parent = isRoot ? null : causes.of(event).orElse(null);
        if (isRoot || parent != null) {
          List<Progress> deliveries =
              event.deliveries().stream()
                  .map(d -> new Progress(d, targets.standing(event.id(), d)))
                  .toList();
          followed.add(new Followed(event, parent, deliveries));
          causes.add(event, targets.executions(event.id()));
          note(event);
        }
      }
      return List.copyOf(followed);
    }

    /** Notes what is to be asked to find those that an event caused. */
    private void note(AcceptedEvent event) {
      var names = new ArrayList<>(targets.executions(event.id()));
      names.addAll(List.of(event.id(), event.metadata("eventId"), event.metadata("correlationId")));
      names.stream()
          .filter(name -> !name.isBlank())
          .map(name ->
              Map.of(
                  "contains",
                  name,
                  "since",
                  root.at().toString(),
                  "limit",
                  String.valueOf(MOST_EVENTS)))
          .forEach(this::enqueue);
      // A copy does not name its original.
      if (event.deliveries().stream().anyMatch(d -> d.target().contains(":event-bus/"))) {
        enqueue(Map.of("id", event.id()));
      }
    }

    private void enqueue(Map<String, String> parameters) {
      if (seen.add(parameters)) {
        asked.add(parameters);
      }
    }
  }
}
