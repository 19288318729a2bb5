package dev.onboard.console.story;

import dev.onboard.console.trail.AcceptedEvent;
import dev.onboard.console.trail.Causes;
import dev.onboard.console.trail.Delivery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The story of an event that is about no person and no import: what it caused, and what caused it.
 */
final class EventStory {
  private static final List<String> NAMES = List.of("eventId", "correlationId", "causationId");

  private final Sources sources;
  private final AcceptedEvent event;
  private final EventSteps events;
  private final Labels labels;
  private final Draft draft = new Draft();

  EventStory(Sources sources, AcceptedEvent event) {
    this.sources = sources;
    this.event = event;
    this.labels = new Labels(sources.stack());
    this.events = new EventSteps(labels);
  }

  Story tell() {
    List<AcceptedEvent> related = related();
    var causes = new Causes();
    var told = new HashSet<String>();
    for (AcceptedEvent each : related) {
      boolean caused = causes.of(each).isPresent();
      if (each.id().equals(event.id()) || caused || isCause(each)) {
        draft.add(events.step(each));
        causes.add(each, executions(each));
        told.add(each.id());
      }
    }
    new DeadLetterChapter(sources, labels).tell(event.id(), draft);
    return draft.finish(event.detailType() + " " + event.id(), summary(told.size() - 1));
  }

  /** The event, what names it and what it names, in the order of acceptance. */
  private List<AcceptedEvent> related() {
    Map<String, AcceptedEvent> found = new LinkedHashMap<>();
    Set<String> texts = new LinkedHashSet<>(List.of(event.id()));
    NAMES.stream().map(event::metadata).filter(t -> !t.isBlank()).forEach(texts::add);
    Stream.concat(
            origin().stream(),
            texts.stream()
                .flatMap(
                    t -> Stream.concat(sources.event(t).stream(), sources.eventsWith(t).stream())))
        .forEach(e -> found.putIfAbsent(e.id(), e));
    return found.values().stream().sorted(Comparator.comparingLong(AcceptedEvent::number)).toList();
  }

  private List<AcceptedEvent> origin() {
    String original = event.forwardedFrom();
    return original == null ? List.of() : sources.event(original);
  }

  /** Whether the event names another as its cause, or is its copy. */
  private boolean isCause(AcceptedEvent other) {
    String cause = event.metadata("causationId");
    return other.id().equals(event.forwardedFrom())
        || !cause.isBlank()
            && (other.id().equals(cause) || other.metadata("eventId").equals(cause));
  }

  /** Tells of the executions that an event started: their names begin with its id. */
  private List<String> executions(AcceptedEvent of) {
    var arns = new ArrayList<String>();
    boolean starts =
        of.deliveries().stream().map(Delivery::target).anyMatch(t -> t.contains(":states:"));
    if (starts) {
      var workflow = new WorkflowChapter(sources);
      sources.executionsWith(of.id()).stream()
          .filter(e -> e.path("name").asText().startsWith(of.id()))
          .map(e -> e.path("arn").asText())
          .forEach(arn -> {
            arns.add(arn);
            workflow.tellShort(arn, draft);
          });
    }
    return arns;
  }

  private String summary(int others) {
    List<Delivery> deliveries = event.deliveries();
    String took =
        deliveries.isEmpty()
            ? "no rule of bus " + event.bus() + " matched it"
            : deliveries.stream().map(Delivery::rule).distinct().count() + " rules matched it";
    return took + (others == 0 ? "" : "; " + others + " other events belong to it");
  }
}
