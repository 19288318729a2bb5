package dev.onboard.console.trail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.web.Questions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an event came from: the one that caused it, the one that caused that, and so on.
 *
 * @see Causes
 */
public final class Origin {
  private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

  /** What looks like an id: a UUID or a digest. */
  private static final Pattern ID = Pattern.compile(UUID + "|[0-9a-f]{32,64}");

  /** An execution that a rule started has the id of its event at the front of its name. */
  private static final Pattern EXECUTION =
      Pattern.compile("arn:aws:states:[^:]*:[^:]*:execution:[^:]+:(" + UUID + ").*");

  /** How fields are called in which publishers name events. */
  private static final Pattern GIVEN = Pattern.compile("(?i)event|caus|correlat");

  private static final int MOST_STEPS = 10;
  private static final int MOST_NAMES = 20;
  private static final String MOST_EVENTS = "50";

  /** So many events are remembered with what led to them, for pages that are followed. */
  private static final int REMEMBERED = 200;

  private final Questions questions;

  /** What caused an event was there before it, so the answer stays as it is. */
  private final Map<Long, List<AcceptedEvent>> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, List<AcceptedEvent>> eldest) {
              return size() > REMEMBERED;
            }
          });

  public Origin(Questions questions) {
    this.questions = questions;
  }

  /** The events that led to one, the nearest first; empty if none is known. */
  public List<AcceptedEvent> of(AcceptedEvent event) {
    List<AcceptedEvent> remembered = known.get(event.number());
    if (remembered == null) {
      remembered = find(event);
      known.put(event.number(), remembered);
    }
    return remembered;
  }

  private List<AcceptedEvent> find(AcceptedEvent event) {
    var chain = new ArrayList<AcceptedEvent>();
    Optional<AcceptedEvent> cause = cause(event);
    while (cause.isPresent() && chain.size() < MOST_STEPS) {
      chain.add(cause.get());
      cause = cause(cause.get());
    }
    return chain;
  }

  /** The event that caused another, if it is known. */
  private Optional<AcceptedEvent> cause(AcceptedEvent event) {
    var earlier = new TreeMap<Long, AcceptedEvent>();
    var executions = new HashMap<String, List<String>>();
    String original = event.forwardedFrom();
    if (original != null) {
      ask(Map.of("id", original), event, earlier);
      if (!earlier.isEmpty()) {
        return Optional.of(earlier.firstEntry().getValue());
      }
    }
    for (Map.Entry<String, Boolean> entry : names(event).entrySet()) {
      String name = entry.getKey();
      Matcher execution = EXECUTION.matcher(name);
      if (execution.matches()) {
        executions.computeIfAbsent(execution.group(1), id -> new ArrayList<>()).add(name);
        ask(Map.of("id", execution.group(1)), event, earlier);
      } else {
        ask(Map.of("id", name), event, earlier);
        if (entry.getValue()) {
          ask(
              Map.of("contains", name, "until", event.at().toString(), "limit", MOST_EVENTS),
              event,
              earlier);
        }
      }
    }
    var causes = new Causes();
    earlier.values().forEach(e -> causes.add(e, executions.getOrDefault(e.id(), List.of())));
    return causes
        .of(event)
        .flatMap(id -> earlier.values().stream().filter(e -> e.id().equals(id)).findFirst());
  }

  private void ask(
      Map<String, String> parameters, AcceptedEvent event, Map<Long, AcceptedEvent> earlier) {
    questions.ask("events", parameters).stream()
        .<AcceptedEvent>map(AcceptedEvent::new)
        .filter(e -> e.number() < event.number())
        .forEach(e -> earlier.putIfAbsent(e.number(), e));
  }

  /**
   * The ids in an event that may be those of others or of executions, each with whether it may be
   * one that a publisher gave: only such are looked for in the texts of all earlier events, which
   * is costly.
   */
  private static Map<String, Boolean> names(AcceptedEvent event) {
    var names = new LinkedHashMap<String, Boolean>();
    names.put(event.metadata("causationId"), true);
    names.put(event.metadata("correlationId"), true);
    collect(event.event().path("resources"), false, names);
    collect(event.detail(), false, names);
    names.remove(event.metadata("eventId"));
    names.remove("");
    return names;
  }

  private static void collect(JsonNode node, boolean isGiven, Map<String, Boolean> names) {
    if (node.isTextual()) {
      String text = node.asText();
      if (names.size() < MOST_NAMES
          && (ID.matcher(text).matches() || EXECUTION.matcher(text).matches())) {
        names.merge(text, isGiven, Boolean::logicalOr);
      }
    } else if (node.isArray()) {
      node.forEach(n -> collect(n, isGiven, names));
    } else {
      node.properties()
          .forEach(p -> collect(p.getValue(), GIVEN.matcher(p.getKey()).find(), names));
    }
  }
}
