package dev.onboard.console.flow;

import dev.onboard.console.graph.Layout;
import dev.onboard.console.web.Answer;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Command;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Pages;
import dev.onboard.console.web.Refusal;
import dev.onboard.console.web.Request;
import dev.onboard.console.web.Routes;
import dev.onboard.console.web.View;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** The map of a stack, with what happens on it. */
public final class FlowPages implements Pages {
  private final Environment env;
  private @Nullable Layout layout;

  public FlowPages(Environment env) {
    this.env = env;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get("flow", this::flow);
  }

  /** Its library is loaded when the first map is drawn. */
  private synchronized Layout layout() {
    if (layout == null) {
      layout = new Layout();
    }
    return layout;
  }

  private Answer flow(Request request) {
    Window window = Window.of(request.parameter("since"));
    CloudFormationClient cloudFormation = env.sdk().client(CloudFormationClient.class);
    List<Stack> stacks =
        cloudFormation.describeStacks().stacks().stream()
            // Of one whose first change set was not executed there is nothing to show.
            .filter(s -> s.stackStatus() != StackStatus.REVIEW_IN_PROGRESS)
            .sorted(Comparator.comparing(Stack::creationTime))
            .toList();
    if (stacks.isEmpty()) {
      return View.of("Flow", "flow/none.jte", Command.onboard("deploy")).live();
    }
    Stack stack = chosen(stacks, request.parameter("stack"));
    DeployedStack deployed = DeployedStack.read(cloudFormation, stack.stackName());
    FlowMap map = FlowMap.of(deployed);
    Activity activity = new ActivityReader(env, window).read(map);
    var picture = new FlowPicture(deployed, map, activity, env.links());
    var page =
        new FlowPage(
            stack.stackName(),
            Badge.of(stack.stackStatusAsString()),
            stacks.stream().map(Stack::stackName).toList(),
            window,
            layout().draw(picture.graph()),
            new Concerns(map, activity, picture::page).list(),
            picture.emptyDeadLetters().size(),
            picture.rules(),
            picture.callers());
    return View.of("Flow", "flow/flow.jte", page).live().using("graph.css", "graph.js");
  }

  private static Stack chosen(List<Stack> stacks, @Nullable String name) {
    if (name == null) {
      return stacks.getFirst();
    }
    return stacks.stream()
        .filter(s -> s.stackName().equals(name))
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("There is no stack " + name + "."));
  }
}
