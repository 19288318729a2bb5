package dev.onboard.console.execution;

import dev.onboard.console.execution.Definition.Arrow;
import dev.onboard.console.execution.Definition.Meaning;
import dev.onboard.console.execution.Definition.State;
import dev.onboard.console.graph.Edge;
import dev.onboard.console.graph.Graph;
import dev.onboard.console.graph.Node;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A state machine as a graph, with how each state stands in an execution. */
final class StateGraph {
  /** The names of states are sentences, more often than not. */
  private static final Graph.Widths WIDTHS = new Graph.Widths(156, 236);

  private static final Pattern SERVICE =
      Pattern.compile("(?:aws-sdk:)?([a-z0-9]+):([A-Za-z.0-9]+)");
  private static final Map<String, String> ICONS =
      Map.of(
          "lambda", "function",
          "dynamodb", "table",
          "sqs", "queue",
          "sns", "topic",
          "s3", "bucket",
          "events", "event",
          "states", "workflow",
          "sesv2", "mail");

  private final Definition definition;
  private final Map<String, List<Visit>> visits = new HashMap<>();
  private final Map<Visits.Way, Integer> ways;
  private final Map<String, Badge> mapRuns;
  private final Function<State, @Nullable String> pages;

  /**
   * Makes a graph.
   *
   * @param mapRuns how the newest map run of a state stands
   * @param pages where a state leads
   */
  StateGraph(
      Definition definition,
      Visits visited,
      Map<String, Badge> mapRuns,
      Function<State, @Nullable String> pages) {
    this.definition = definition;
    this.ways = visited.ways();
    this.mapRuns = mapRuns;
    this.pages = pages;
    for (Visit visit : visited.all()) {
      visits.computeIfAbsent(visit.state(), s -> new ArrayList<>()).add(visit);
    }
  }

  Graph graph() {
    return new Graph(
        definition.states().values().stream().map(this::node).toList(),
        edges(),
        Graph.Direction.DOWN,
        WIDTHS);
  }

  private Node node(State state) {
    Badge standing = standing(state);
    Node node =
        Node.of(state.name(), icon(state), state.name())
            .detailed(standing.text(), standing.tone())
            .leadingTo(pages.apply(state));
    return state.parent() == null ? node : node.within(state.parent());
  }

  private Badge standing(State state) {
    List<Visit> of = visits.getOrDefault(state.name(), List.of());
    if (of.isEmpty()) {
      return new Badge(what(state), "");
    }
    Badge mapRun = mapRuns.get(state.name());
    return mapRun == null ? standing(of) : mapRun;
  }

  /** How the visits to a state stand: the worst that is not over is said first. */
  private static Badge standing(List<Visit> visits) {
    if (visits.size() == 1) {
      Visit only = visits.getFirst();
      String took =
          only.left() == null
              ? ""
              : ", " + Figures.span(Duration.between(only.entered(), only.left()));
      String attempts = only.attempts().size() > 1 ? ", attempt " + only.attempts().size() : "";
      return new Badge(only.outcome().word() + attempts + took, only.outcome().tone());
    }
    for (Outcome outcome :
        List.of(Outcome.FAILED, Outcome.TIMED_OUT, Outcome.ABORTED, Outcome.RUNNING)) {
      long count = visits.stream().filter(v -> v.outcome() == outcome).count();
      if (count > 0) {
        return new Badge(
            Figures.count(count) + " of " + Figures.count(visits.size()) + " " + outcome.word(),
            outcome.tone());
      }
    }
    long caught = visits.stream().filter(v -> v.outcome() == Outcome.CAUGHT).count();
    return caught > 0
        ? new Badge(
            Figures.count(caught) + " of " + Figures.count(visits.size()) + " caught", "wait")
        : new Badge(Figures.count(visits.size()) + " times", "good");
  }

  /** What a state is, in a word or two: {@code lambda invoke}, {@code wait}. */
  static String what(State state) {
    Matcher service = SERVICE.matcher(state.resource());
    if (service.lookingAt()) {
      return service.group(1) + " " + service.group(2);
    } else if (state.type().equals("Task")) {
      String resource = state.resource();
      return resource.contains(":function:")
          ? "lambda function"
          : resource.contains(":activity:") ? "activity" : "task";
    }
    return (state.isDistributed() ? "distributed " : "") + state.type().toLowerCase(Locale.ROOT);
  }

  private static String icon(State state) {
    if (!state.type().equals("Task")) {
      return state.type().equals("Wait") ? "pause" : state.type().toLowerCase(Locale.ROOT);
    }
    Matcher service = SERVICE.matcher(state.resource());
    if (service.lookingAt()) {
      return ICONS.getOrDefault(service.group(1), "task");
    }
    return state.resource().contains(":function:") ? "function" : "task";
  }

  /** An edge from one state to another, whatever the reasons to go there are. */
  private List<Edge> edges() {
    var between = new LinkedHashMap<Visits.Way, List<Arrow>>();
    for (Arrow arrow : definition.arrows()) {
      between
          .computeIfAbsent(new Visits.Way(arrow.from(), arrow.to()), w -> new ArrayList<>())
          .add(arrow);
    }
    var edges = new ArrayList<Edge>();
    between.forEach((way, arrows) -> edges.add(edge(way, arrows)));
    return edges;
  }

  private Edge edge(Visits.Way way, List<Arrow> arrows) {
    boolean isCatch = arrows.stream().allMatch(a -> a.meaning() == Meaning.CATCH);
    int taken = ways.getOrDefault(way, 0);
    Edge edge = Edge.of(way.from(), way.to(), isCatch ? Edge.Course.ASIDE : Edge.Course.ALONG);
    if (taken == 0) {
      return edge;
    }
    String count = taken == 1 ? "" : Figures.count(taken);
    return edge.labelled(count, count + " times", isCatch ? "wait" : "taken");
  }
}
