package dev.onboard.console;

import dev.onboard.console.cost.page.CostPages;
import dev.onboard.console.execution.ExecutionPages;
import dev.onboard.console.flow.FlowPages;
import dev.onboard.console.mail.MailPages;
import dev.onboard.console.story.page.StoryPages;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Section;
import java.util.List;

/** All there is in the console, in the order of the navigation: a line for each subject. */
final class Sections {
  private Sections() {}

  static List<Section> all(Environment env) {
    return List.of(
        // flow
        new Section("flow", "Flow", new FlowPages(env)),
        // executions, executions/<arn>, mapruns/<arn>, machines/<arn>
        new Section("executions", "Executions", new ExecutionPages(env)),
        // story?q=<an address or an id>
        new Section("story", "Story", new StoryPages(env)),
        // mail, mail/<message id>
        new Section("mail", "Mail", new MailPages(env)),
        // cost?since=1h, cost?import=<id>
        new Section("cost", "Cost", new CostPages(env)));
  }
}
