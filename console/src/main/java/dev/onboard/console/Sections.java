package dev.onboard.console;

import dev.onboard.console.flow.FlowPages;
import dev.onboard.console.mail.MailPages;
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
        // mail, mail/<message id>
        new Section("mail", "Mail", new MailPages(env)));
  }
}
