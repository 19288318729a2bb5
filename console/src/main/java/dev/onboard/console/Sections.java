package dev.onboard.console;

import dev.onboard.console.cost.page.CostPages;
import dev.onboard.console.events.EventPages;
import dev.onboard.console.execution.ExecutionPages;
import dev.onboard.console.flow.FlowPages;
import dev.onboard.console.imports.ImportPages;
import dev.onboard.console.logs.LogPages;
import dev.onboard.console.mail.MailPages;
import dev.onboard.console.queues.QueuePages;
import dev.onboard.console.rules.RulePages;
import dev.onboard.console.schemas.SchemaPages;
import dev.onboard.console.story.page.StoryPages;
import dev.onboard.console.users.UserPages;
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
        // story?q=<an address or an id>
        new Section("story", "Story", new StoryPages(env)),
        // imports, imports/<id>
        new Section("imports", "Imports", new ImportPages(env)),
        // users, users/<address>
        new Section("users", "Users", new UserPages(env)),
        // executions, executions/<arn>, mapruns/<arn>, machines/<arn>
        new Section("executions", "Executions", new ExecutionPages(env)),
        // events?bus=<bus>&pattern=<pattern>, events/<id>, events/publish, events/archives
        new Section("events", "Events", new EventPages(env)),
        // rules?bus=<bus>, rules/<bus>/<rule>, rules/try
        new Section("rules", "Rules", new RulePages(env)),
        // schemas, schemas/<registry>/<name>
        new Section("schemas", "Schemas", new SchemaPages(env)),
        // mail, mail/<message id>
        new Section("mail", "Mail", new MailPages(env)),
        // queues, queues/<name>, queues/<name>/<number of a message>
        new Section("queues", "Queues", new QueuePages(env)),
        // logs, logs/<group>, with ?q=<text>&correlation=<id>&since=<window>
        new Section("logs", "Logs", new LogPages(env)),
        // cost?since=1h, cost?import=<id>
        new Section("cost", "Cost", new CostPages(env)));
  }
}
