package dev.onboard.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.trail.AcceptedEvent;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    description =
        "Shows the events on the buses of the local runtime with the rules that matched, newest first.",
    footer = {"", "Example:", "  ./onboard events --bus onboard-dev --limit 50"})
final class EventsCommand implements Callable<Integer> {
  @Option(names = "--bus", paramLabel = "NAME", description = "only events on this bus")
  @Nullable String bus;

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
    RuntimeEndpoint runtime = local.running();
    String onBus = bus == null ? "" : "&bus=" + URLEncoder.encode(bus, StandardCharsets.UTF_8);
    try (Clients clients = runtime.clients()) {
      var buses = new BusNames(clients.eventBridge());
      runtime.each(
          "/_onboard/events?limit=" + limit + onBus,
          event -> {
            if (json) {
              out.println(event);
            } else {
              show(out, event, buses);
            }
          });
    }
    out.flush();
    return 0;
  }

  private static void show(PrintWriter out, JsonNode event, BusNames buses) {
    out.printf(
        "%s  %s  %s: %s  (%s)%n",
        event.path("time").asText(),
        event.path("bus").asText(),
        event.path("source").asText(),
        event.path("detailType").asText(),
        event.path("id").asText());
    for (JsonNode delivery : event.path("deliveries")) {
      var line = new ArrayList<String>();
      line.add(delivery.path("rule").asText() + " -> " + delivery.path("target").asText());
      line.add(delivery.path("status").asText());
      if (delivery.path("attempts").asInt() > 1) {
        line.add(delivery.path("attempts").asInt() + " attempts");
      }
      if (delivery.hasNonNull("error")) {
        line.add(delivery.path("error").asText());
      }
      out.println("    " + String.join(", ", line));
    }
    new AcceptedEvent(event).violations().forEach(v -> out.println("    " + v));
    if (event.path("deliveries").isEmpty()) {
      out.println("    " + buses.unmatched(event.path("bus").asText()));
    }
  }
}
