package dev.onboard.console.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Command;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Refusal;
import dev.onboard.console.web.Request;
import dev.onboard.console.web.Url;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;
import software.amazon.awssdk.services.sfn.model.StateMachineType;

/** Lists executions of all state machines, as far as they are asked for. */
final class ExecutionLists {
  private static final int PAGE = 50;
  private static final int MOST_MACHINES = 1000;

  private final Environment env;

  ExecutionLists(Environment env) {
    this.env = env;
  }

  ExecutionList page(Request request, Instant now) {
    var filter =
        new ExecutionList.Filter(
            request.parameter("machine"),
            status(request.parameter("status")),
            request.parameter("name"),
            Since.of(request.parameter("since")));
    Long before = request.number("before");
    List<? extends JsonNode> found = found(filter, before, PAGE + 1, now);
    List<? extends JsonNode> shown = found.subList(0, Math.min(PAGE, found.size()));
    Url here = address(filter);
    String older =
        found.size() > PAGE
            ? here.with("before", shown.getLast().path("number").asText()).toString()
            : null;
    return new ExecutionList(
        shown.stream().map(e -> row(e, now)).toList(),
        filter,
        machines(),
        command(filter),
        before == null ? null : here.toString(),
        older);
  }

  /** The newest executions of a state machine. */
  List<ExecutionList.Row> newest(String machine, int limit, Instant now) {
    var filter = new ExecutionList.Filter(machine, null, null, Since.EVER);
    return found(filter, null, limit, now).stream().map(e -> row(e, now)).toList();
  }

  static Url address(ExecutionList.Filter filter) {
    return Url.of("executions")
        .with("machine", filter.machine())
        .with("status", filter.status())
        .with("name", filter.name())
        .with("since", filter.since().parameter());
  }

  private static @Nullable String status(@Nullable String given) {
    if (given != null && !ExecutionList.STATUSES.contains(given)) {
      throw Refusal.badRequest("There is no status " + given + ".");
    }
    return given;
  }

  private List<? extends JsonNode> found(
      ExecutionList.Filter filter, @Nullable Long before, int limit, Instant now) {
    var asked = new HashMap<String, String>();
    asked.put("limit", String.valueOf(limit));
    asked.put("since", filter.since().before(now).toString());
    put(asked, "machine", filter.machine());
    put(asked, "status", filter.status());
    put(asked, "name", filter.name());
    put(asked, "before", before == null ? null : before.toString());
    return env.questions().ask("executions", asked);
  }

  private static void put(HashMap<String, String> asked, String name, @Nullable String value) {
    if (value != null) {
      asked.put(name, value);
    }
  }

  private static ExecutionList.Row row(JsonNode execution, Instant now) {
    String arn = execution.path("arn").asText();
    Instant began = Instant.parse(execution.path("started").asText());
    String stopped = execution.path("stopped").textValue();
    return new ExecutionList.Row(
        "execution-" + execution.path("number").asText(),
        execution.path("name").asText(),
        Url.path("executions", arn),
        name(execution.path("stateMachine").asText()),
        Badge.of(execution.path("status").asText()),
        execution.path("error").textValue(),
        began,
        MapRuns.took(began, stopped == null ? null : Instant.parse(stopped), now));
  }

  static String name(String machine) {
    return machine.substring(machine.lastIndexOf(':') + 1);
  }

  /** Express state machines are not among them: nobody keeps a list of their executions. */
  private List<ExecutionList.Machine> machines() {
    return env.sdk().client(SfnClient.class).listStateMachinesPaginator().stateMachines().stream()
        .filter(m -> m.type() == StateMachineType.STANDARD)
        .limit(MOST_MACHINES)
        .sorted(Comparator.comparing(StateMachineListItem::name))
        .map(m ->
            new ExecutionList.Machine(
                m.stateMachineArn(),
                m.name(),
                new Link(m.name(), Url.path("machines", m.stateMachineArn()))))
        .toList();
  }

  /** AWS lists one state machine at a time. */
  private static @Nullable String command(ExecutionList.Filter filter) {
    if (filter.machine() == null) {
      return null;
    }
    return filter.status() == null
        ? Command.aws("stepfunctions", "list-executions", "--state-machine-arn", filter.machine())
        : Command.aws(
            "stepfunctions",
            "list-executions",
            "--state-machine-arn",
            filter.machine(),
            "--status-filter",
            filter.status());
  }
}
