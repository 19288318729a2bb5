package dev.onboard.console.flow;

import dev.onboard.console.web.Figures;
import dev.onboard.console.web.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What somebody should look at: what failed, and what is left lying.
 *
 * @param page the page of a part
 */
record Concerns(FlowMap map, Activity activity, Function<Part, Link> page) {

  /** All of them, in the order of the map. */
  List<FlowPage.Concern> list() {
    var concerns = new ArrayList<FlowPage.Concern>();
    for (Part part : map.parts()) {
      String why = why(part);
      if (!why.isEmpty()) {
        concerns.add(new FlowPage.Concern(part.kind().word(), page.apply(part), why));
      }
    }
    return concerns;
  }

  private String why(Part part) {
    if (!part.problem().isEmpty()) {
      return part.problem();
    }
    return switch (part.kind()) {
      case RULE -> {
        Activity.Rule rule = activity.rule(part);
        yield rule.failed() == 0
            ? ""
            : "could not deliver "
                + Figures.count(rule.failed())
                + (rule.deadLettered() == 0
                    ? ""
                    : ", "
                        + Figures.count(rule.deadLettered())
                        + " of them in its dead-letter queue");
      }
      case QUEUE -> {
        long messages = activity.queue(part).messages();
        yield messages == 0 || map.isRead(part)
            ? ""
            : "keeps "
                + Figures.count(messages)
                + (map.isForFailures(part)
                    ? " that nothing could be done with"
                    : " that nobody reads");
      }
      case WORKFLOW -> {
        long failed = activity.workflow(part).failed();
        yield failed == 0
            ? ""
            : Figures.count(failed) + (failed == 1 ? " execution" : " executions") + " failed";
      }
      case FUNCTION -> {
        long failed = activity.function(part).failed();
        yield failed == 0
            ? ""
            : "failed on " + Figures.count(failed) + ", which will be tried again";
      }
      default -> "";
    };
  }
}
