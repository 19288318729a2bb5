package dev.onboard.console.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.console.flow.Arrow.Meaning;
import dev.onboard.console.flow.DeployedStack.Resource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a stack's resources have to do with each other, read from its template.
 *
 * <p>A rule's bus and targets, a function's queues and an upload's way to the default bus are said
 * there outright. What functions and workflows call is taken from what they are told: the variables
 * of a function, the substitutions in a definition.
 */
record FlowMap(List<Part> parts, List<Arrow> arrows) {
  static final String DEFAULT_BUS = "default";
  static final String MAIL = "mail";

  static FlowMap of(DeployedStack stack) {
    var maker = new Maker(stack);
    maker.parts();
    maker.eventSources();
    stack.all("Events::Rule").forEach(maker::rule);
    maker.queues();
    maker.callers();
    return new FlowMap(List.copyOf(maker.parts.values()), List.copyOf(maker.arrows));
  }

  Optional<Part> part(String id) {
    return parts.stream().filter(p -> p.id().equals(id)).findFirst();
  }

  List<Part> parts(Kind kind) {
    return parts.stream().filter(p -> p.kind() == kind).toList();
  }

  /** Whether a queue is for what failed. */
  boolean isForFailures(Part queue) {
    return arrows.stream()
        .anyMatch(a -> a.to().equals(queue.id()) && a.meaning() == Meaning.SETS_ASIDE);
  }

  /** Whether a function gets a queue's messages. */
  boolean isRead(Part queue) {
    return arrows.stream()
        .anyMatch(a -> a.from().equals(queue.id()) && a.meaning() == Meaning.READS);
  }

  /** Adds one thing after the other. */
  private static final class Maker {
    private static final Set<Kind> CALLED =
        Set.of(
            Kind.BUCKET,
            Kind.BUS,
            Kind.QUEUE,
            Kind.FUNCTION,
            Kind.WORKFLOW,
            Kind.TABLE,
            Kind.TOPIC,
            Kind.MAIL);

    private final DeployedStack stack;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Set<Arrow> arrows = new LinkedHashSet<>();

    Maker(DeployedStack stack) {
      this.stack = stack;
    }

    void parts() {
      for (Resource resource : stack.resources().values()) {
        Kind kind = kind(resource);
        // A log is shown where events are delivered to it; most are a function's own.
        if (kind != null && kind != Kind.LOG) {
          add(resource, kind);
        }
      }
    }

    private static @Nullable Kind kind(Resource resource) {
      return switch (resource.type()) {
        case "AWS::S3::Bucket" -> Kind.BUCKET;
        case "AWS::Events::EventBus" -> Kind.BUS;
        case "AWS::Events::Rule" -> Kind.RULE;
        case "AWS::Events::Archive" -> Kind.ARCHIVE;
        case "AWS::SQS::Queue" -> Kind.QUEUE;
        case "AWS::Lambda::Function" -> Kind.FUNCTION;
        case "AWS::StepFunctions::StateMachine" -> Kind.WORKFLOW;
        case "AWS::DynamoDB::Table" -> Kind.TABLE;
        case "AWS::SNS::Topic" -> Kind.TOPIC;
        case "AWS::Logs::LogGroup" -> Kind.LOG;
        case "AWS::Events::ApiDestination" -> Kind.ELSEWHERE;
        default -> null;
      };
    }

    private Part add(Resource resource, Kind kind) {
      String problem =
          resource.hasFailed() ? (resource.status() + " " + resource.reason()).strip() : "";
      // Buses are known by their names; most others have names that nobody reads.
      String label = kind == Kind.BUS ? resource.name() : kind.label(resource.id());
      return parts.computeIfAbsent(
          resource.id(), id -> new Part(id, kind, label, resource.name(), problem));
    }

    private Part add(String id, Kind kind, String label) {
      return parts.computeIfAbsent(id, i -> new Part(i, kind, label, label, ""));
    }

    /** The bus of a name, which may be another stack's or everybody's. */
    private Part bus(String name) {
      return parts.values().stream()
          .filter(p -> p.kind() == Kind.BUS && p.name().equals(name))
          .findFirst()
          .orElseGet(() -> add("bus " + name, Kind.BUS, name));
    }

    /** The place of a resource: that of a function for its alias, one for all there is of mail. */
    private Optional<Part> place(Resource resource) {
      return switch (resource.type()) {
        case "AWS::Lambda::Alias", "AWS::Lambda::Version" ->
            stack.named(resource.properties().path("FunctionName")).stream()
                .findFirst()
                .flatMap(this::place);
        case "AWS::SES::ConfigurationSet", "AWS::SES::EmailIdentity", "AWS::SES::Template" ->
            Optional.of(add(MAIL, Kind.MAIL, "Mail"));
        case "AWS::Logs::LogGroup" -> Optional.of(add(resource, Kind.LOG));
        default -> Optional.ofNullable(parts.get(resource.id()));
      };
    }

    private List<Part> places(JsonNode value) {
      return stack.named(value).stream().flatMap(r -> place(r).stream()).distinct().toList();
    }

    private void arrow(Part from, Part to, Meaning meaning) {
      arrows.add(new Arrow(from.id(), to.id(), meaning));
    }

    void eventSources() {
      for (Resource bucket : stack.all("S3::Bucket")) {
        if (bucket
            .properties()
            .at("/NotificationConfiguration/EventBridgeConfiguration/EventBridgeEnabled")
            .asBoolean()) {
          arrow(parts.get(bucket.id()), bus(DEFAULT_BUS), Meaning.PUBLISHES);
        }
      }
      for (Resource destination : stack.all("SES::ConfigurationSetEventDestination")) {
        if (destination.properties().path("EventDestination").has("EventBridgeDestination")) {
          arrow(add(MAIL, Kind.MAIL, "Mail"), bus(DEFAULT_BUS), Meaning.PUBLISHES);
        }
      }
      for (Resource archive : stack.all("Events::Archive")) {
        places(archive.properties().path("SourceArn"))
            .forEach(bus -> arrow(bus, parts.get(archive.id()), Meaning.USES));
      }
    }

    void rule(Resource resource) {
      Part rule = parts.get(resource.id());
      if (!rule.isThere()) {
        return;
      }
      if (resource.properties().has("EventPattern")) {
        arrow(bus(rule.bus()), rule, Meaning.MATCHES);
      }
      for (JsonNode target : resource.properties().path("Targets")) {
        List<Part> places = places(target.path("Arn"));
        if (places.isEmpty()) {
          places = List.of(elsewhere(target));
        }
        arrow(rule, places.getFirst(), Meaning.DELIVERS);
        setsAside(rule, target.path("DeadLetterConfig"));
      }
    }

    /** A target that is not of this stack. */
    private Part elsewhere(JsonNode target) {
      JsonNode arn = target.path("Arn");
      String text = arn.path("Fn::Sub").asText(arn.asText());
      String name = text.isEmpty() ? target.path("Id").asText() : text;
      return add("elsewhere " + name, Kind.ELSEWHERE, name.replaceFirst(".*[:/]", ""));
    }

    void queues() {
      for (Resource mapping : stack.all("Lambda::EventSourceMapping")) {
        for (Part queue : places(mapping.properties().path("EventSourceArn"))) {
          places(mapping.properties().path("FunctionName"))
              .forEach(function -> arrow(queue, function, Meaning.READS));
        }
      }
      for (Resource queue : stack.all("SQS::Queue")) {
        setsAside(parts.get(queue.id()), queue.properties().path("RedrivePolicy"));
      }
      for (Resource bus : stack.all("Events::EventBus")) {
        setsAside(parts.get(bus.id()), bus.properties().path("DeadLetterConfig"));
      }
      for (Resource config : stack.all("Lambda::EventInvokeConfig")) {
        for (Part function : places(config.properties().path("FunctionName"))) {
          setsAside(function, config.properties().at("/DestinationConfig/OnFailure"));
        }
      }
    }

    private void setsAside(Part from, JsonNode place) {
      places(place).forEach(to -> arrow(from, to, Meaning.SETS_ASIDE));
    }

    void callers() {
      for (Resource machine : stack.all("StepFunctions::StateMachine")) {
        ObjectNode told = machine.properties().deepCopy();
        told.remove(List.of("RoleArn", "LoggingConfiguration", "StateMachineName", "Tags"));
        uses(parts.get(machine.id()), told);
      }
      for (Resource function : stack.all("Lambda::Function")) {
        uses(parts.get(function.id()), function.properties().path("Environment"));
      }
    }

    private void uses(Part caller, JsonNode told) {
      for (Part called : places(told)) {
        // A function that is told of its own queue only looks after its messages there.
        boolean isItsSource = arrows.contains(new Arrow(called.id(), caller.id(), Meaning.READS));
        if (CALLED.contains(called.kind()) && !called.equals(caller) && !isItsSource) {
          arrow(caller, called, Meaning.USES);
        }
      }
    }
  }
}
