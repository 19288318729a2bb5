package dev.onboard.console.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.execution.ExecutionPage.Deeds;
import dev.onboard.console.graph.Drawing;
import dev.onboard.console.graph.Layout;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Command;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Refusal;
import dev.onboard.console.web.Url;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineForExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveStatus;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Puts together what is shown of one execution. */
final class ExecutionReader {
  private static final String EVENTS = "events";

  private final Environment env;
  private final Layout layout;
  private final SfnClient sfn;
  private final Histories histories;
  private final MapRuns mapRuns;
  private final Instant now;
  private final Address address;
  private final DescribeExecutionResponse execution;
  private final DescribeStateMachineForExecutionResponse machine;
  private final boolean isExpress;

  ExecutionReader(Environment env, Layout layout, Address address, Instant now) {
    this.env = env;
    this.layout = layout;
    this.address = address;
    this.now = now;
    this.sfn = env.sdk().client(SfnClient.class);
    this.histories = new Histories(env.sdk());
    this.mapRuns = new MapRuns(env);
    this.execution = sfn.describeExecution(d -> d.executionArn(address.arn()));
    this.machine = sfn.describeStateMachineForExecution(d -> d.executionArn(address.arn()));
    this.isExpress = address.arn().contains(":express:");
  }

  /** What is told of an execution's history. */
  private record Told(
      List<Event> events, Visits visits, boolean isPictured, @Nullable String note) {}

  boolean isOver() {
    return execution.status() != ExecutionStatus.RUNNING
        && execution.status() != ExecutionStatus.PENDING_REDRIVE;
  }

  ExecutionPage page() {
    Told told = told();
    Definition definition = Definition.of(machine.definition(), machine.label());
    List<DescribeMapRunResponse> runs = isExpress ? List.of() : mapRuns.of(address.arn());
    Map<String, MapRunRow> rows = rows(runs, told.visits());
    Optional<Visit> failed = told.visits().failed();
    Optional<Visit> current = current(told.visits(), failed);
    boolean showsEvents = address.is(Address.SHOW, EVENTS) || !told.isPictured();
    Fault fault = fault();
    return new ExecutionPage(
        execution.executionArn(),
        execution.name(),
        Badge.of(execution.statusAsString()),
        machineLink(),
        mapRunLink(),
        related(),
        execution.startDate(),
        execution.stopDate(),
        MapRuns.took(execution.startDate(), execution.stopDate(), now),
        redriven(),
        fault,
        failed.map(v -> new Link(v.state(), address.at(v.state(), v.id()).toString())).orElse(null),
        deeds(),
        told.isPictured() ? picture(definition, told.visits(), runs) : null,
        current
            .map(v -> panel(v, definition, told, fault, rows.get(String.valueOf(v.mapRun()))))
            .orElseGet(this::wholePanel),
        List.copyOf(rows.values()),
        told.note(),
        told.isPictured() ? tabs(showsEvents) : List.of(),
        showsEvents
            ? null
            : new Timelines(told.visits(), address, end()).page(first(), current.orElse(null)),
        showsEvents ? events(told) : null,
        command(showsEvents, current.orElse(null)));
  }

  private Told told() {
    if (!isExpress) {
      List<Event> events = histories.all(address.arn());
      return new Told(events, Visits.of(events, execution.statusAsString()), true, null);
    }
    ExpressLog.Told log = new ExpressLog(env.sdk()).read(execution, machine.loggingConfiguration());
    return log.isWhole()
        ? new Told(
            log.events(), Visits.of(log.events(), execution.statusAsString()), true, log.words())
        : new Told(log.events(), Visits.NONE, false, log.words());
  }

  private Instant end() {
    return execution.stopDate() == null ? now : execution.stopDate();
  }

  /** The visit that was asked for; that to the state that failed, if none was. */
  private Optional<Visit> current(Visits visits, Optional<Visit> failed) {
    if (address.isWhole()) {
      return Optional.empty();
    }
    String state = address.get(Address.STATE);
    String visit = address.get(Address.VISIT);
    if (visit != null && visit.matches("\\d{1,9}")) {
      return visits.find(Long.parseLong(visit));
    }
    if (state == null) {
      return failed;
    }
    List<Visit> all = visits.to(state);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  private long first() {
    String from = address.get(Address.FROM);
    if (from != null && !from.matches("\\d{1,9}")) {
      throw Refusal.badRequest("from must be a number, not " + from + ".");
    }
    return from == null ? 0 : Long.parseLong(from);
  }

  private @Nullable Fault fault() {
    return execution.error() == null && execution.cause() == null
        ? null
        : Fault.of(execution.error(), execution.cause());
  }

  private Link machineLink() {
    // A child's is that of a part of the parent's, after a slash.
    String arn = execution.stateMachineArn();
    String name = arn.substring(arn.lastIndexOf(':') + 1);
    return env.links().link(name, Url.of("machines", arn.replaceFirst("/[^/:]*$", "")));
  }

  private @Nullable Link mapRunLink() {
    String arn = execution.mapRunArn();
    return arn == null
        ? null
        : new Link(arn.replaceFirst("^.*:mapRun:", ""), Url.path("mapruns", arn));
  }

  private List<Link> related() {
    var related = new ArrayList<Link>();
    JsonNode input = Values.read(String.valueOf(execution.input()));
    if (input.path("detail-type").isTextual() && input.path("id").isTextual()) {
      String id = input.path("id").asText();
      related.add(
          env.links()
              .link("event " + input.path("detail-type").asText() + " " + id, Url.of(EVENTS, id)));
    }
    Url story = Url.of("story").with("q", execution.executionArn());
    related.add(env.links().link("story", story));
    return related.stream().filter(l -> l.href() != null).toList();
  }

  private @Nullable String redriven() {
    Integer count = execution.redriveCount();
    return count == null || count == 0 ? null : count == 1 ? "once" : count + " times";
  }

  private Deeds deeds() {
    String arn = execution.executionArn();
    if (execution.mapRunArn() != null) {
      boolean waits = execution.redriveStatus() == ExecutionRedriveStatus.REDRIVABLE_BY_MAP_RUN;
      String why =
          waits ? "It can be redriven with the execution that its map run belongs to." : null;
      return new Deeds(null, null, why, null, null);
    }
    boolean redrivable = execution.redriveStatus() == ExecutionRedriveStatus.REDRIVABLE;
    boolean failed = isOver() && execution.status() != ExecutionStatus.SUCCEEDED;
    return new Deeds(
        isOver() ? null : Url.path("executions", arn, "stop"),
        redrivable ? Url.path("executions", arn, "redrive") : null,
        failed && !redrivable ? "Cannot be redriven: " + execution.redriveStatusReason() : null,
        Url.path("executions", arn, "again"),
        Url.of("machines", execution.stateMachineArn()).with("like", arn).toString());
  }

  private Map<String, MapRunRow> rows(List<DescribeMapRunResponse> runs, Visits visits) {
    var states = new HashMap<String, String>();
    visits.all().stream()
        .filter(v -> v.mapRun() != null)
        .forEach(v -> states.put(String.valueOf(v.mapRun()), v.state()));
    var rows = new LinkedHashMap<String, MapRunRow>();
    for (DescribeMapRunResponse run : runs) {
      String state = states.getOrDefault(run.mapRunArn(), "map run");
      rows.put(run.mapRunArn(), mapRuns.row(run, state, now));
    }
    return rows;
  }

  private Drawing picture(Definition definition, Visits visits, List<DescribeMapRunResponse> runs) {
    var standing = new HashMap<String, Badge>();
    for (Visit visit : visits.all()) {
      runs.stream()
          .filter(r -> r.mapRunArn().equals(visit.mapRun()))
          .forEach(r -> standing.put(visit.state(), MapRuns.standing(r)));
    }
    return layout.draw(
        new StateGraph(
                definition,
                visits,
                standing,
                state ->
                    visits.to(state.name()).isEmpty()
                        ? null
                        : address.at(state.name(), null) + "#panel")
            .graph());
  }

  private Panel panel(
      Visit visit,
      Definition definition,
      Told told,
      @Nullable Fault known,
      @Nullable MapRunRow mapRun) {
    List<Event> events =
        isExpress
            ? told.events()
            : histories.withData(
                address.arn(),
                visit.last(),
                e ->
                    e.exits().isPresent()
                        || told.visits().of(e.id()).filter(visit::equals).isPresent());
    Fault fault = Fault.of(visit.failure());
    return new Panels(env, definition, told.visits(), address, end())
        .of(visit, events, Objects.equals(fault, known) ? null : fault, mapRun);
  }

  private Panel wholePanel() {
    var data = new ArrayList<Data>();
    String arn = execution.executionArn();
    if (execution.input() != null) {
      data.add(Data.of("Input", execution.input(), Url.of("executions", arn, "input")));
    }
    if (execution.output() != null) {
      data.add(Data.of("Output", execution.output(), Url.of("executions", arn, "output")));
    }
    return Panel.ofExecution(data);
  }

  private List<ExecutionPage.Tab> tabs(boolean showsEvents) {
    Address plain = address.with(Address.FROM, null).with(Address.EVENT, null);
    return List.of(
        new ExecutionPage.Tab(
            "Timeline",
            plain.with(Address.SHOW, null).with(Address.ORDER, null).toString(),
            !showsEvents),
        new ExecutionPage.Tab("Events", plain.with(Address.SHOW, EVENTS).toString(), showsEvents));
  }

  private ExecutionPage.EventTable events(Told told) {
    var tables = new EventTables(told.visits(), address);
    return isExpress ? tables.of(told.events()) : tables.of(histories);
  }

  private String command(boolean showsEvents, @Nullable Visit current) {
    if (isExpress || current == null && !showsEvents) {
      return Command.aws("stepfunctions", "describe-execution", "--execution-arn", address.arn());
    } else if (current == null || showsEvents && address.get(Address.STATE) == null) {
      return Command.aws(
          "stepfunctions", "get-execution-history", "--execution-arn", address.arn());
    }
    return Command.aws(
        "stepfunctions",
        "get-execution-history",
        "--execution-arn",
        address.arn(),
        "--query",
        "events[?id>=`" + current.id() + "` && id<=`" + current.last() + "`]");
  }
}
