package dev.onboard.console.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Figures;
import dev.onboard.console.web.Json;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Url;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.LambdaException;

/** Tells of one visit to a state: what it was given, what it gave, and each attempt between. */
final class Panels {
  private static final String INPUT = "input";
  private static final String OUTPUT = "output";
  private static final String PARAMETERS = "parameters";
  private static final String ASSIGNED = "assignedVariables";

  private final Environment env;
  private final Definition definition;
  private final Visits visits;
  private final Address address;
  private final Instant end;

  /**
   * Makes panels.
   *
   * @param end of the execution, or now
   */
  Panels(Environment env, Definition definition, Visits visits, Address address, Instant end) {
    this.env = env;
    this.definition = definition;
    this.visits = visits;
    this.address = address;
    this.end = end;
  }

  /**
   * Tells of a visit.
   *
   * @param known events with data, the visit's own and those by which states before it were left
   * @param fault why it failed, unless that is said elsewhere
   */
  Panel of(Visit visit, List<Event> known, @Nullable Fault fault, @Nullable MapRunRow mapRun) {
    var own = new HashMap<Long, Event>();
    ObjectNode variables = Values.variables(Json.read("{}"));
    for (Event event : known) {
      if (visits.of(event.id()).filter(v -> v.id() == visit.id()).isPresent()) {
        own.put(event.id(), event);
      } else if (event.exits().isPresent() && isInScope(event, visit)) {
        variables.setAll(Values.variables(event.details().path(ASSIGNED)));
      }
    }
    var data = new ArrayList<Data>();
    add(data, "Input", own.get(visit.id()), INPUT);
    if (!variables.isEmpty()) {
      data.add(Data.of("Variables before", variables));
    }
    List<Panel.AttemptRow> attempts = attempts(visit, own);
    if (attempts.size() == 1) {
      data.addAll(attempts.getFirst().data());
    }
    own.values().stream()
        .filter(e -> e.exits().isPresent())
        .forEach(exit -> {
          add(data, "Output", exit, OUTPUT);
          if (!exit.details().path(ASSIGNED).isEmpty()) {
            data.add(
                Data.of("Variables assigned", Values.variables(exit.details().path(ASSIGNED))));
          }
        });
    return new Panel(
        visit.state(),
        visit.outcome().badge(),
        definition.state(visit.state()).map(StateGraph::what).orElse(visit.type()),
        visit.entered(),
        MapRuns.took(visit.entered(), visit.left(), end),
        others(visit),
        fault,
        data,
        attempts.size() == 1 ? List.of() : attempts,
        mapRun,
        links(own),
        address.whole().toString());
  }

  /** Variables are known to what comes after in the same branch, and to what is in there. */
  private boolean isInScope(Event exit, Visit visit) {
    return exit.id() < visit.id()
        && visits
            .of(exit.id())
            .filter(before -> before.parent() == null || visit.isIn(before.parent()))
            .filter(before ->
                before.parent() == null
                    || !before.parent().equals(visit.parent())
                    || Objects.equals(before.iteration(), visit.iteration()))
            .isPresent();
  }

  private static void add(List<Data> data, String title, @Nullable Event event, String member) {
    String text = event == null ? null : event.text(member);
    if (text != null) {
      data.add(Data.of(title, text, null));
    }
  }

  private List<Panel.AttemptRow> attempts(Visit visit, Map<Long, Event> own) {
    return visit.attempts().stream()
        .map(attempt -> {
          var data = new ArrayList<Data>();
          Event scheduled = own.get(attempt.scheduled());
          add(data, "Arguments", scheduled, PARAMETERS);
          add(data, "Function's input", scheduled, INPUT);
          add(data, "Result", own.get(attempt.over()), OUTPUT);
          return new Panel.AttemptRow(
              attempt.number(),
              attempt.outcome().badge(),
              attempt.began(),
              MapRuns.took(attempt.began(), attempt.ended(), end),
              Fault.of(attempt.failure()),
              data);
        })
        .toList();
  }

  private @Nullable Paging others(Visit visit) {
    List<Visit> all = visits.to(visit.state());
    if (all.size() < 2) {
      return null;
    }
    int at = all.indexOf(visit);
    return new Paging(
        "visit " + Figures.count(at + 1) + " of " + Figures.count(all.size()),
        at == 0 ? null : address.at(visit.state(), all.get(at - 1).id()).toString(),
        at == all.size() - 1 ? null : address.at(visit.state(), all.get(at + 1).id()).toString());
  }

  /** What a function that was called has logged. */
  private List<Link> links(Map<Long, Event> own) {
    return own.values().stream()
        .map(e -> e.text(PARAMETERS))
        .filter(p -> p != null)
        .map(p -> Values.read(String.valueOf(p)).path("FunctionName").asText())
        .filter(name -> !name.isEmpty())
        .distinct()
        .flatMap(name -> log(name).stream())
        .toList();
  }

  private List<Link> log(String function) {
    try {
      String group =
          env.sdk()
              .client(LambdaClient.class)
              .getFunctionConfiguration(g -> g.functionName(function))
              .loggingConfig()
              .logGroup();
      Link link = env.links().link("what the function logged", Url.of("logs", group));
      return link.href() == null ? List.of() : List.of(link);
    } catch (LambdaException e) {
      // It may be gone by now; the history is not.
      return List.of();
    }
  }
}
