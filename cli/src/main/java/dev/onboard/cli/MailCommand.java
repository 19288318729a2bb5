package dev.onboard.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "mail",
    mixinStandardHelpOptions = true,
    description = "Shows the mails that the local runtime sent, newest first.",
    footer = {"", "Example:", "  ./onboard mail ada@example.com"})
final class MailCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "ADDRESS", description = "only mails to this address")
  @Nullable String address;

  @Option(names = "--limit", paramLabel = "N", description = "at most N (default ${DEFAULT-VALUE})")
  int limit = 20;

  @Option(names = "--json", description = "one JSON object a line")
  boolean json;

  @Mixin LocalOptions local;
  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    Limit.check(spec, limit, Limit.OF_RUNTIME);
    PrintWriter out = spec.commandLine().getOut();
    String to = address == null ? "" : "&to=" + URLEncoder.encode(address, StandardCharsets.UTF_8);
    int[] shown = {0};
    local
        .running()
        .each(
            "/_onboard/mails?limit=" + limit + to,
            mail -> {
              shown[0]++;
              if (json) {
                out.println(mail);
              } else {
                show(out, mail);
              }
            });
    if (shown[0] == 0 && !json) {
      out.println("No mail" + (address == null ? "" : " to " + address) + " yet.");
    }
    out.flush();
    return 0;
  }

  private static void show(PrintWriter out, JsonNode mail) {
    out.println("At:      " + mail.path("at").asText());
    out.println("From:    " + mail.path("from").asText());
    out.println("To:      " + String.join(", ", strings(mail.path("to"))));
    out.println("Subject: " + mail.path("subject").asText());
    out.println();
    mail.path("text").asText().lines().forEach(line -> out.println("  " + line));
    out.println();
  }

  private static java.util.List<String> strings(JsonNode node) {
    var strings = new java.util.ArrayList<String>();
    if (node.isArray()) {
      node.forEach(n -> strings.add(n.asText()));
    } else {
      strings.add(node.asText());
    }
    return strings;
  }
}
