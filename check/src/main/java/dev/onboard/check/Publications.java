package dev.onboard.check;

import dev.onboard.check.doc.Tree;
import dev.onboard.check.event.Box;
import dev.onboard.check.event.Envelope;
import dev.onboard.check.event.EventType;
import dev.onboard.check.event.Shape;
import dev.onboard.check.language.Expression;
import dev.onboard.check.language.Language;
import dev.onboard.check.language.Values;
import dev.onboard.check.stack.Request;
import dev.onboard.check.stack.Resource;
import dev.onboard.check.stack.Statement;
import dev.onboard.check.workflow.PutEntry;
import dev.onboard.check.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What comes onto the buses: what workflows say that they publish, what functions and buses declare
 * in their metadata, what AWS publishes, and what rules forward.
 */
final class Publications {
  private static final Shape OF_AWS =
      Envelope.of(
          Language.of(Expression.sequence(Expression.text("aws."), Expression.anything())),
          Language.any());

  private final Project project;
  private final List<Emission> direct = new ArrayList<>();
  private final Set<String> open = new HashSet<>();

  Publications(Project project) {
    this.project = project;
    direct.add(new Emission(Rule.DEFAULT_BUS, OF_AWS, "events of AWS", ""));
    open.add(Rule.DEFAULT_BUS);
    open.add(Rule.UNKNOWN_BUS);
    for (Resource bus : project.template().resources("AWS::Events::EventBus")) {
      Optional<Tree> received = bus.body().at("Metadata", "Check", "Receives");
      if (received.isEmpty()) {
        open.add(bus.id());
      }
      types(received)
          .forEach(type -> direct.add(new Emission(bus.id(), type.shape(), type.label(), "")));
    }
    project.workflows().forEach(workflow -> direct.addAll(of(workflow)));
    for (Resource function : functions()) {
      if (published(function).isEmpty() && mayPublish(function)) {
        open.addAll(buses(function));
      }
      direct.addAll(of(function));
    }
  }

  private List<Resource> functions() {
    return project.template().resources("AWS::Lambda::Function");
  }

  /** The list of what a function publishes, if it declares one. */
  static Optional<Tree> published(Resource function) {
    return function.body().at("Metadata", "Check", "Publishes");
  }

  /** The types that a list names. */
  private List<EventType> types(Optional<Tree> labels) {
    return labels.map(Tree::items).orElse(List.of()).stream()
        .flatMap(label -> label.text().stream())
        .flatMap(label -> project.catalogue().labelled(label).stream())
        .toList();
  }

  /** What a function publishes, onto every bus that its role allows. */
  List<Emission> of(Resource function) {
    return types(published(function)).stream()
        .flatMap(type ->
            buses(function).stream()
                .map(bus -> new Emission(bus, type.shape(), type.label(), function.id())))
        .toList();
  }

  private boolean mayPublish(Resource function) {
    return statements(function)
        .map(statements ->
            project
                .policies()
                .allow(statements, Request.byRole("events:PutEvents", Language.any())))
        .orElse(false);
  }

  private Optional<List<Statement>> statements(Resource function) {
    return function
        .properties()
        .at("Role")
        .flatMap(role -> project.resource(role, "AWS::IAM::Role"))
        .flatMap(project.policies()::ofRole);
  }

  /**
   * The buses of the template that a function's role lets it publish to; all if it is not known.
   */
  List<String> buses(Resource function) {
    Optional<List<Statement>> statements = statements(function);
    return project.template().resources("AWS::Events::EventBus").stream()
        .filter(bus ->
            statements.isEmpty()
                || project
                    .policies()
                    .allow(
                        statements.get(),
                        Request.byRole("events:PutEvents", project.identities().arn(bus))))
        .map(Resource::id)
        .toList();
  }

  /** What a workflow publishes. */
  List<Emission> of(Workflow workflow) {
    return PutEntry.of(workflow).stream()
        .map(entry -> {
          String bus =
              entry
                  .bus()
                  .map(text -> Project.bus(text, project.identities()))
                  .orElse(Rule.DEFAULT_BUS);
          return new Emission(bus, shape(entry, workflow), label(entry), workflow.resource().id());
        })
        .toList();
  }

  private static String label(PutEntry entry) {
    return entry.source().orElse("?") + "@" + entry.type().orElse("?");
  }

  /** What is known of an entry: its names, the schemas of its type, and what its detail says. */
  private Shape shape(PutEntry entry, Workflow workflow) {
    Shape named =
        Envelope.of(
            entry.source().map(Language::of).orElse(Language.any()),
            entry.type().map(Language::of).orElse(Language.any()));
    if (entry.source().isEmpty() || entry.type().isEmpty()) {
      return named;
    }
    var literals = new TreeMap<String, Values>();
    entry.detail().ifPresent(detail -> literals(detail, "detail", workflow, literals));
    var said = new Box(literals);
    List<Shape> versions =
        project.catalogue().named(entry.source().get(), entry.type().get()).stream()
            .flatMap(type -> type.versions().stream().map(type::shape))
            .filter(said::meets)
            .toList();
    return versions.isEmpty()
        ? named.and(said)
        : path ->
            versions.stream()
                .map(v -> v.at(path))
                .reduce(Values.none(), Values::or)
                .and(said.at(path));
  }

  private static void literals(
      Tree tree, String path, Workflow workflow, TreeMap<String, Values> found) {
    tree.members()
        .forEach((name, entry) -> {
          String here = path + "." + name;
          if (entry.value() instanceof Tree.Mapping inner) {
            literals(inner, here, workflow, found);
          } else if (entry.value() instanceof Tree.Scalar scalar
              && scalar.kind() == Tree.Kind.TEXT
              && !name.endsWith(".$")) {
            workflow
                .text(scalar)
                .plain()
                .ifPresent(text -> found.put(here, Values.of(Language.of(text))));
          }
        });
  }

  /** Whether all that comes onto a bus is known. */
  boolean closed(String bus) {
    return !open.contains(bus)
        && direct.stream().noneMatch(emission -> emission.bus().equals(Rule.UNKNOWN_BUS));
  }

  /** All that comes onto a bus; what was forwarded is not forwarded again. */
  List<Emission> on(String bus) {
    Stream<Emission> forwarded =
        project.rules().stream()
            .filter(rule -> !rule.bus().equals(bus) && rule.pattern().isPresent())
            .filter(rule -> forwards(rule, bus))
            .flatMap(rule ->
                direct.stream()
                    .filter(emission -> emission.bus().equals(rule.bus()))
                    .flatMap(emission -> forwarded(rule, emission, bus)));
    return Stream.concat(direct.stream().filter(emission -> emission.bus().equals(bus)), forwarded)
        .toList();
  }

  private boolean forwards(Rule rule, String bus) {
    return rule.targets().stream()
        .flatMap(target -> target.at("Arn").stream())
        .flatMap(arn -> project.resource(arn, "AWS::Events::EventBus").stream())
        .anyMatch(resource -> resource.id().equals(bus));
  }

  private static Stream<Emission> forwarded(Rule rule, Emission emission, String bus) {
    return rule.pattern().orElseThrow().boxes().stream()
        .filter(box -> box.meets(emission.shape()))
        .map(box -> new Emission(bus, emission.shape().and(box), emission.label(), rule.id()));
  }
}
