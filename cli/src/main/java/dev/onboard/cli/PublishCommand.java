package dev.onboard.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.console.schema.EventSchema;
import dev.onboard.console.schema.Metadata;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Fills an event, holds it against its schema in the registry, publishes it, and follows it"
          + " until everything that it caused is done.",
      "It is filled from the example in the schema, else from the project's first example of that"
          + " type, else with the least that the schema demands; metadata gets a new eventId,"
          + " correlationId and occurredAt."
    },
    footer = {
      "",
      "Example:",
      "  ./onboard publish UserRegistered --set data.email=ada@example.com"
    })
final class PublishCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "TYPE",
      description = "a detail-type of the registry, or source@detail-type")
  String type = "";

  @Option(
      names = "--set",
      paramLabel = "FIELD=VALUE",
      description = "sets a field of the detail; may be repeated")
  List<String> assignments = new ArrayList<>();

  @Option(names = "--source", paramLabel = "SOURCE", description = "the event's source")
  @Nullable String source;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "the detail, or an event whose detail is taken, instead of an example")
  @Nullable String file;

  @Option(names = "--registry", paramLabel = "NAME", description = "default: the one of the stack")
  @Nullable String registry;

  @Option(names = "--force", description = "publish it although it does not fit the schema")
  boolean force;

  @Option(names = "--no-follow", description = "do not wait for what becomes of it")
  boolean noFollow;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "follow it for so long at most (default ${DEFAULT-VALUE})")
  int timeout = 60;

  @Option(names = "--json", description = "one JSON object for each event that came of it")
  boolean json;

  @Mixin BusOption bus;
  @Mixin LocalOptions local;
  @Mixin AwsOptions aws;
  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Clients clients = aws.aws ? aws.clients() : local.running().clients()) {
      String on = bus.name(clients, aws);
      if (!aws.aws || !on.startsWith("arn:")) {
        new BusNames(clients.eventBridge()).require(on);
      }
      var schemas = new SchemaChoice(clients.schemas(), registryName(clients), type);
      EventDraft draft = draft(schemas);
      check(draft, schemas.schema());
      String from = source == null ? schemas.source() : source;
      String id = put(clients, on, from, schemas.detailType(), draft.detail());
      if (aws.aws || noFollow) {
        if (json) {
          out.println(RuntimeEndpoint.JSON.createObjectNode().put("id", id).put("bus", on));
        } else {
          out.printf("Published %s from %s on %s: %s%n", schemas.detailType(), from, on, id);
          if (aws.aws && !noFollow) {
            out.println("AWS does not tell what becomes of an event, so it is not followed.");
          }
        }
        return 0;
      }
      return follow(clients, id, out);
    } finally {
      out.flush();
    }
  }

  private String registryName(Clients clients) {
    return registry == null
        ? BusOption.ofStack(clients, aws.stack, "SchemaRegistryName", "--registry")
        : registry;
  }

  private EventDraft draft(SchemaChoice schemas) {
    EventSchema schema = schemas.schema();
    ObjectNode detail;
    if (file != null) {
      detail = SchemaChoice.detailOf(file);
    } else if (schema == null) {
      detail = RuntimeEndpoint.JSON.createObjectNode();
    } else {
      String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
      detail = schemas.example(now);
      Metadata.renew(detail.path("metadata"), now);
    }
    var draft = new EventDraft(detail, schema);
    assignments.forEach(draft::set);
    return draft;
  }

  private void check(EventDraft draft, @Nullable EventSchema schema) {
    PrintWriter err = spec.commandLine().getErr();
    if (schema == null) {
      err.println("The registry has no schema for " + type + "; it is not checked.");
      return;
    }
    List<String> problems = draft.problems();
    if (problems.isEmpty()) {
      return;
    }
    err.println("It does not fit " + schema.name() + ":");
    problems.forEach(p -> err.println("  " + p));
    if (!force) {
      throw new Failure("nothing was published; say --force to publish it as it is");
    }
  }

  private static String put(
      Clients clients, String on, String from, String detailType, ObjectNode detail) {
    PutEventsResultEntry entry =
        clients
            .eventBridge()
            .putEvents(p ->
                p.entries(e ->
                    e.eventBusName(on)
                        .source(from)
                        .detailType(detailType)
                        .detail(detail.toString())))
            .entries()
            .getFirst();
    if (entry.errorCode() != null) {
      throw new Failure("PutEvents refused it: " + entry.errorCode() + ": " + entry.errorMessage());
    }
    return entry.eventId();
  }

  private int follow(Clients clients, String id, PrintWriter out) {
    var followed = new FollowedEvent(local.running(), clients, id);
    long end = System.nanoTime() + Duration.ofSeconds(timeout).toNanos();
    boolean done = followed.settle(end);
    if (json) {
      followed.events().forEach(out::println);
    } else {
      followed.print(out);
      out.println(followed.verdict(done, timeout));
    }
    return done && !followed.isFailed() ? 0 : 1;
  }
}
