package dev.onboard.console.trail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which event caused which.
 *
 * <p>An event is taken for caused by another if it is its forwarded copy, if an execution that the
 * other started published it, or if it names the other: by its id, its {@code metadata.eventId} or
 * their common {@code metadata.correlationId}. What an execution published is not taken for caused
 * by an event for the correlation alone: a thousand events of one import are brothers. Events must
 * be told in the order of acceptance.
 */
public final class Causes {
  /** What an event may be named by, and whose id that is. */
  private final Map<String, String> names = new HashMap<>();

  /** The first event of each correlation. */
  private final Map<String, String> correlations = new HashMap<>();

  private final Map<String, Long> numbers = new HashMap<>();

  /**
   * Tells of an event that may have caused later ones.
   *
   * @param executions the ARNs of the executions that it started
   */
  public void add(AcceptedEvent event, Collection<String> executions) {
    numbers.put(event.id(), event.number());
    correlations.putIfAbsent(event.metadata("correlationId"), event.id());
    correlations.remove("");
    names.put(event.metadata("eventId"), event.id());
    names.put(event.id(), event.id());
    executions.forEach(arn -> names.put(arn, event.id()));
    names.remove("");
  }

  /** The id of the event that caused another, as far as it is among those told of. */
  public Optional<String> of(AcceptedEvent event) {
    String original = event.forwardedFrom();
    if (original != null && numbers.containsKey(original)) {
      return Optional.of(original);
    }
    String named = names.get(event.metadata("causationId"));
    if (named != null) {
      return Optional.of(named);
    }
    var texts = new HashSet<String>();
    collect(event.event().path("resources"), texts);
    collect(event.detail(), texts);
    // Whoever shares the correlation was caused by the first, if nothing nearer is named.
    Stream<String> correlated =
        event.execution() == null ? texts.stream().map(correlations::get) : Stream.empty();
    return Stream.concat(texts.stream().map(names::get), correlated)
        .filter(Objects::nonNull)
        .max(Comparator.comparingLong(id -> Objects.requireNonNull(numbers.get(id))));
  }

  private static void collect(JsonNode node, Set<String> texts) {
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(n -> collect(n, texts));
  }
}
