package dev.onboard.cli;

import dev.onboard.console.story.Stories;
import dev.onboard.console.story.Story;
import java.io.PrintWriter;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "story",
    mixinStandardHelpOptions = true,
    description = {
      "Tells what happened to a person, an import or an event in the local runtime: one timeline over"
          + " all services, from upload to mail.",
      "It begins with whatever you have: an e-mail address, the id of an event, an import, a"
          + " correlation or an execution, a mail's message id."
    },
    footer = {"", "Example:", "  ./onboard story ada@example.com"})
final class StoryCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ADDRESS|ID", description = "whose story it is")
  String whose = "";

  @Option(names = "--commands", description = "with the command that shows each step")
  boolean commands;

  @Option(names = "--json", description = "one JSON object a step, one a line")
  boolean json;

  @Option(
      names = "--stack",
      paramLabel = "NAME",
      description = "name of the stack (default ${DEFAULT-VALUE})")
  String stack = "onboard";

  @Mixin LocalOptions local;
  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    RuntimeEndpoint runtime = local.running();
    try (Clients clients = runtime.clients()) {
      Story story = new Stories(clients, runtime, stack).of(whose);
      var lines = new StoryLines(story, commands);
      if (json) {
        lines.objects().forEach(out::println);
      } else {
        lines.print(out);
      }
    } catch (NoSuchElementException e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
    out.flush();
    return 0;
  }
}
