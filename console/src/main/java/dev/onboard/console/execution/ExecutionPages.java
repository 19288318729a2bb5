package dev.onboard.console.execution;

import dev.onboard.console.graph.Layout;
import dev.onboard.console.web.Answer;
import dev.onboard.console.web.Document;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Pages;
import dev.onboard.console.web.Redirect;
import dev.onboard.console.web.Refusal;
import dev.onboard.console.web.Request;
import dev.onboard.console.web.Routes;
import dev.onboard.console.web.Url;
import dev.onboard.console.web.View;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;

/** Executions, state machines and map runs, and what can be done with them. */
public final class ExecutionPages implements Pages {
  private static final String EXECUTIONS = "executions";
  private static final String JSON = "application/json; charset=utf-8";

  private final Environment env;
  private @Nullable Layout layout;

  public ExecutionPages(Environment env) {
    this.env = env;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get(EXECUTIONS, told(this::list));
    routes.get("executions/{arn}", told(this::execution));
    routes.get("executions/{arn}/input", told(r -> json(describe(arn(r)).input())));
    routes.get("executions/{arn}/output", told(r -> json(describe(arn(r)).output())));
    routes.post("executions/{arn}/stop", told(this::stop));
    routes.post("executions/{arn}/redrive", told(this::redrive));
    routes.post("executions/{arn}/again", told(this::again));
    routes.get("mapruns/{arn}", told(this::mapRun));
    routes.get("machines/{arn}", told(this::machine));
    routes.get("machines/{arn}/definition", told(r -> json(machineOf(r).definition())));
    routes.post("machines/{arn}/start", told(this::start));
  }

  /** What Step Functions says no to is told in its words. */
  private static Routes.Handler told(Routes.Handler handler) {
    return request -> {
      try {
        return handler.handle(request);
      } catch (AwsServiceException e) {
        String code = e.awsErrorDetails().errorCode();
        String message = code + ": " + e.awsErrorDetails().errorMessage();
        throw code.endsWith("DoesNotExist") || code.equals("ResourceNotFound")
            ? Refusal.notFound(message)
            : Refusal.badRequest(message);
      }
    };
  }

  /** Its library is loaded when the first picture is drawn. */
  private synchronized Layout layout() {
    if (layout == null) {
      layout = new Layout();
    }
    return layout;
  }

  private SfnClient sfn() {
    return env.sdk().client(SfnClient.class);
  }

  private static String arn(Request request) {
    return request.variable("arn");
  }

  private Answer list(Request request) {
    ExecutionList list = new ExecutionLists(env).page(request, env.now());
    return View.of("Executions", "execution/list.jte", list).live().using("execution.css");
  }

  private Answer execution(Request request) {
    var reader = reader(Address.of(request, arn(request)));
    ExecutionPage page = reader.page();
    View view =
        View.of(page.name(), "execution/execution.jte", page)
            .using("graph.css", "execution.css", "graph.js", "execution.js");
    return reader.isOver() ? view : view.live();
  }

  private ExecutionReader reader(Address address) {
    try {
      return new ExecutionReader(env, layout(), address, env.now());
    } catch (InvalidArnException e) {
      if (address.arn().contains(":express:")) {
        throw Refusal.notFound(
            "Of Express executions, only the children of map runs can be asked for. What others"
                + " did is in the log of their state machine.");
      }
      throw e;
    }
  }

  private Answer mapRun(Request request) {
    var reader = new MapRunReader(env, arn(request), env.now());
    MapRunPage page = reader.page(request.parameter("status"), request.parameter("after"));
    View view = View.of(page.name(), "execution/maprun.jte", page).using("execution.css");
    return reader.isOver() ? view : view.live();
  }

  private MachineReader machineOf(Request request) {
    return new MachineReader(env, arn(request));
  }

  private Answer machine(Request request) {
    MachinePage page = machineOf(request).page(layout(), request.parameter("like"), env.now());
    return View.of(page.name(), "execution/machine.jte", page)
        .live()
        .using("graph.css", "execution.css", "graph.js");
  }

  private DescribeExecutionResponse describe(String arn) {
    return sfn().describeExecution(d -> d.executionArn(arn));
  }

  private static Answer json(@Nullable String text) {
    if (text == null) {
      throw Refusal.notFound("There is none.");
    }
    return Document.of(JSON, text);
  }

  private Answer stop(Request request) {
    Map<String, String> form = request.form();
    sfn()
        .stopExecution(s ->
            s.executionArn(arn(request)).error(given(form, "error")).cause(given(form, "cause")));
    return Redirect.to(Url.of(EXECUTIONS, arn(request)));
  }

  private Answer redrive(Request request) {
    sfn().redriveExecution(r -> r.executionArn(arn(request)));
    return Redirect.to(Url.of(EXECUTIONS, arn(request)));
  }

  private Answer again(Request request) {
    DescribeExecutionResponse before = describe(arn(request));
    // Of which version it was, or by which alias, so that the same is done again.
    String alias = before.stateMachineAliasArn();
    String version = before.stateMachineVersionArn();
    String machine = alias != null ? alias : version != null ? version : before.stateMachineArn();
    return started(machine, null, before.input());
  }

  private Answer start(Request request) {
    Map<String, String> form = request.form();
    return started(arn(request), given(form, "name"), given(form, "input"));
  }

  private Answer started(String machine, @Nullable String name, @Nullable String input) {
    String execution =
        sfn()
            .startExecution(s -> s.stateMachineArn(machine).name(name).input(input))
            .executionArn();
    boolean isListed = !execution.contains(":express:");
    return Redirect.to(isListed ? Url.of(EXECUTIONS, execution) : Url.of("machines", machine));
  }

  private static @Nullable String given(Map<String, String> form, String name) {
    String value = form.getOrDefault(name, "").strip();
    return value.isEmpty() ? null : value;
  }
}
