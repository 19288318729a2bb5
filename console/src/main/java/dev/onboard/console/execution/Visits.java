package dev.onboard.console.execution;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an execution's history tells of its states.
 *
 * <p>Each event names the one that it follows. So branches that run side by side can be told from
 * each other, and after a redrive work goes on where the state was entered.
 *
 * @param all in the order in which the states were entered
 * @param ways how often the execution went from one state to another
 * @param byEvent the visit that each event belongs to, by the event's number
 */
record Visits(List<Visit> all, Map<Way, Integer> ways, Map<Long, Visit> byEvent) {
  static final Visits NONE = new Visits(List.of(), Map.of(), Map.of());

  /** From one state to another. */
  record Way(String from, String to) {}

  static Visits of(List<Event> events, String status) {
    var reader = new Reader(Outcome.unfinished(status));
    events.forEach(reader::read);
    return reader.visits();
  }

  Optional<Visit> find(long id) {
    return of(id).filter(v -> v.id() == id);
  }

  /** The visit that an event belongs to. */
  Optional<Visit> of(long event) {
    return Optional.ofNullable(byEvent.get(event));
  }

  List<Visit> to(String state) {
    return all.stream().filter(v -> v.state().equals(state)).toList();
  }

  /** Where an execution came to no good: the innermost of the states that failed, the last one. */
  Optional<Visit> failed() {
    return all.stream()
        .filter(Visit::hasFailed)
        .filter(v -> v.failure() != null)
        .filter(v -> all.stream().noneMatch(o -> o.hasFailed() && o.failure() != null && o.isIn(v)))
        .reduce((a, b) -> b);
  }

  /** Reads one event after the other. */
  private static final class Reader {
    private final Outcome unfinished;
    private final Map<Long, Building> open = new LinkedHashMap<>();
    private final Map<Long, Building> owners = new HashMap<>();
    private final Map<Long, Event> ends = new HashMap<>();
    private final Map<Way, Integer> ways = new LinkedHashMap<>();

    Reader(Outcome unfinished) {
      this.unfinished = unfinished;
    }

    void read(Event event) {
      Optional<String> entered = event.enters();
      if (entered.isPresent()) {
        enter(event, entered.get());
        return;
      }
      Building owner = owner(event);
      if (owner == null) {
        return;
      }
      owners.put(event.id(), owner);
      owner.add(event);
      if (event.exits().isPresent()) {
        ends.put(event.id(), event);
      }
    }

    private void enter(Event event, String type) {
      Building before = owners.get(event.previous());
      Event way = ends.get(event.previous());
      var visit = new Building(event, type);
      if (before != null && way != null) {
        visit.parent = before.parent;
        visit.iteration = before.iteration;
        ways.merge(new Way(before.state, visit.state), 1, Integer::sum);
      } else if (before != null) {
        visit.parent = before;
        visit.iteration = before.iterations.get(event.previous());
      }
      visit.depth = visit.parent == null ? 0 : visit.parent.depth + 1;
      open.put(event.id(), visit);
      owners.put(event.id(), visit);
    }

    /** Whose an event is: that of the one before it, or of what that one is in. */
    private @Nullable Building owner(Event event) {
      Building owner = owners.get(event.previous());
      if (event.exits().isPresent()) {
        String name = event.text("name");
        while (owner != null && !owner.state.equals(name)) {
          owner = owner.parent;
        }
      } else if (event.isOfMapOrParallel()) {
        while (owner != null && !event.type().startsWith(owner.type)) {
          owner = owner.parent;
        }
      } else if (ends.containsKey(event.previous()) && owner != null) {
        owner = event.isOfExecution() ? owner : owner.parent;
      }
      return owner;
    }

    Visits visits() {
      var made = new HashMap<Building, Visit>();
      var all = new ArrayList<Visit>();
      for (Building building : open.values()) {
        Visit visit = building.visit(made.get(building.parent), unfinished);
        made.put(building, visit);
        all.add(visit);
      }
      var byEvent = new HashMap<Long, Visit>();
      owners.forEach((event, owner) -> byEvent.put(event, made.get(owner)));
      return new Visits(all, ways, byEvent);
    }
  }

  /** A visit as it grows. */
  private static final class Building {
    private final long id;
    private final String state;
    private final String type;
    private final Instant entered;
    private final List<Attempt> attempts = new ArrayList<>();
    private final Map<Long, Integer> iterations = new HashMap<>();
    private @Nullable Building parent;
    private int depth;
    private @Nullable Integer iteration;
    private @Nullable Event failed;
    private @Nullable Event exit;
    private @Nullable String mapRun;
    private long last;

    Building(Event event, String type) {
      this.id = event.id();
      this.last = event.id();
      this.type = type;
      this.state = String.valueOf(event.text("name"));
      this.entered = event.at();
    }

    void add(Event event) {
      last = event.id();
      if (event.exits().isPresent()) {
        exit = event;
      } else if (event.type().equals("MapIterationStarted")) {
        iterations.put(event.id(), event.details().path("index").asInt());
      } else if (event.beginsAttempt()) {
        failed = null;
        attempts.add(
            new Attempt(
                attempts.size() + 1, event.id(), event.at(), 0, null, Outcome.RUNNING, null));
      } else if (event.isFailure() && !event.type().startsWith("MapIteration")) {
        fail(event);
      } else if (event.isSuccess() && !event.isOfExecution()) {
        end(event);
      }
      String started = event.text("mapRunArn");
      mapRun = started == null ? mapRun : started;
    }

    private void fail(Event event) {
      // How an execution ends is no news of a state that has said so itself.
      if (!event.isOfExecution() || exit == null && failed == null) {
        boolean saysWhy = event.text("error") != null || failed == null;
        failed = saysWhy ? event : failed;
        end(event);
      }
    }

    private void end(Event event) {
      if (!attempts.isEmpty()) {
        Attempt current = attempts.getLast();
        if (current.over() == 0) {
          attempts.set(attempts.size() - 1, current.end(event));
        }
      }
    }

    private Outcome outcome(Outcome unfinished) {
      if (exit != null) {
        return failed == null ? Outcome.SUCCEEDED : Outcome.CAUGHT;
      } else if (unfinished == Outcome.RUNNING || failed == null) {
        return unfinished;
      }
      return failed.type().equals("ExecutionTimedOut")
          ? Outcome.TIMED_OUT
          : failed.type().endsWith("Aborted") ? Outcome.ABORTED : Outcome.FAILED;
    }

    Visit visit(@Nullable Visit in, Outcome unfinished) {
      return new Visit(
          id,
          state,
          type,
          in,
          depth,
          iteration,
          entered,
          exit == null ? null : exit.at(),
          last,
          outcome(unfinished),
          attempts.stream().map(a -> a.left(unfinished)).toList(),
          failed == null ? null : Attempt.Failure.of(failed),
          mapRun);
    }
  }
}
