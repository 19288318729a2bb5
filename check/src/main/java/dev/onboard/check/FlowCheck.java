package dev.onboard.check;

import dev.onboard.check.doc.Tree;
import dev.onboard.check.event.Box;
import dev.onboard.check.event.EventType;
import dev.onboard.check.event.Nearest;
import dev.onboard.check.event.RulePattern;
import dev.onboard.check.language.Language;
import dev.onboard.check.stack.Request;
import dev.onboard.check.stack.Resource;
import dev.onboard.check.stack.Statement;
import dev.onboard.check.workflow.PutEntry;
import dev.onboard.check.workflow.Workflow;
import dev.onboard.patterns.Alternative;
import dev.onboard.patterns.Condition;
import dev.onboard.patterns.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Holds what is published and what is consumed to each other. */
final class FlowCheck {
  private final Project project;
  private final Publications publications;
  private final Findings findings;

  FlowCheck(Project project, Publications publications, Findings findings) {
    this.project = project;
    this.publications = publications;
    this.findings = findings;
  }

  void check() {
    declarations();
    boolean known =
        project.rules().stream()
            .noneMatch(rule ->
                rule.pattern().isEmpty()
                    && rule.resource().properties().at("EventPattern").isPresent());
    if (known && !findings.isAnyBroken()) {
      project.catalogue().own().forEach(this::consumed);
    }
    for (Rule rule : project.rules()) {
      buckets(rule);
      boolean told = publications.closed(rule.bus()) && rule.isParticular();
      if (told && !findings.isBroken(rule)) {
        published(rule, rule.pattern().orElseThrow());
      }
    }
    project.workflows().forEach(this::fields);
  }

  private void declarations() {
    for (Resource resource : project.template().resources().values()) {
      for (String list : List.of("Publishes", "Receives")) {
        resource.body().at("Metadata", "Check").stream()
            .flatMap(check -> check.itemsAt(list).stream())
            .forEach(label -> declared(resource, list, label));
      }
      if (resource.is("AWS::Lambda::Function")) {
        permitted(resource);
      }
    }
  }

  private void declared(Resource resource, String list, Tree label) {
    String name = label.text().orElse("?");
    if (project.catalogue().labelled(name).isEmpty()) {
      List<String> labels = project.catalogue().own().stream().map(EventType::label).toList();
      findings.add(
          Code.DECLARATION_UNKNOWN,
          resource,
          label.place(),
          list + " of " + resource.id() + " names " + name + ", which no schema describes",
          Nearest.to(name, labels)
              .map(nearest -> "Did you mean " + nearest + "?")
              .orElse("Describe it in schemas/, or leave it out."));
    }
  }

  private void permitted(Resource function) {
    Optional<Resource> role =
        function.properties().at("Role").flatMap(r -> project.resource(r, "AWS::IAM::Role"));
    Optional<List<Statement>> statements = role.flatMap(project.policies()::ofRole);
    if (statements.isEmpty()) {
      return;
    }
    boolean may =
        project
            .policies()
            .allow(statements.get(), Request.byRole("events:PutEvents", Language.any()));
    Optional<Tree> published = Publications.published(function);
    if (published.isPresent() && !published.get().items().isEmpty() && !may) {
      findings.add(
          Code.PUBLISH_PERMISSION,
          function,
          published.get().place(),
          function.id()
              + " publishes events, but "
              + role.orElseThrow().id()
              + " does not allow events:PutEvents",
          "Allow events:PutEvents on the bus in " + role.orElseThrow().id() + ".");
    } else if (published.isEmpty() && may) {
      findings.add(
          Code.PUBLISH_UNDECLARED,
          function,
          function.place(),
          function.id()
              + " may publish events and does not say which, so nothing can be proved of"
              + " them",
          "Add Metadata: { Check: { Publishes: [SOURCE@TYPE-vMAJOR] } }.");
    }
  }

  private void consumed(EventType type) {
    boolean consumed =
        project.rules().stream()
            .filter(rule -> rule.declared("Complements").isEmpty())
            .filter(rule -> rule.pattern().isEmpty() || rule.isParticular())
            .flatMap(rule -> rule.pattern().stream())
            .anyMatch(
                pattern -> type.versions().stream().anyMatch(v -> pattern.meets(type.shape(v))));
    if (!consumed) {
      findings.add(
          Code.EVENT_UNCONSUMED,
          type.versions().getLast().place(),
          "no rule takes " + type.label(),
          "Add a rule for it, or remove its schema.");
    }
  }

  private void published(Rule rule, RulePattern pattern) {
    List<Emission> emissions = publications.on(rule.bus());
    for (int i = 0; i < pattern.boxes().size(); i++) {
      Alternative alternative = pattern.alternatives().get(i);
      Box box = pattern.boxes().get(i);
      Node.Leaf types = alternative.fields().get("detail-type");
      if (types == null) {
        published(rule, box, emissions, pattern.place(), "such events");
        continue;
      }
      for (Condition condition : types.conditions()) {
        var one = new TreeMap<>(box.fields());
        one.put("detail-type", RulePattern.values(condition));
        if (described(new Box(one))) {
          published(rule, new Box(one), emissions, pattern.place(condition), condition.json());
        }
      }
    }
  }

  /** Whether a schema describes such an event; else it is the pattern that is wrong. */
  private boolean described(Box box) {
    List<EventType> types =
        project.catalogue().all().stream()
            .filter(type -> box.only(path -> !path.startsWith("detail.")).meets(type.shape()))
            .toList();
    return types.stream()
        .anyMatch(type ->
            type.versions().isEmpty()
                || type.versions().stream().anyMatch(v -> box.meets(type.shape(v))));
  }

  private void published(
      Rule rule,
      Box box,
      List<Emission> emissions,
      dev.onboard.check.doc.Place place,
      String what) {
    // A complement is for events that are not as they should be.
    boolean names = !rule.declared("Complements").isEmpty();
    Box wanted = names ? box.only(path -> !path.startsWith("detail.")) : box;
    if (emissions.stream().noneMatch(emission -> wanted.meets(emission.shape()))) {
      findings.add(
          Code.EVENT_UNPUBLISHED,
          rule.resource(),
          place,
          "nothing publishes or forwards "
              + what
              + " of this rule to its bus "
              + rule.bus()
              + "; there arrive "
              + emissions.stream()
                  .map(Emission::label)
                  .distinct()
                  .collect(Collectors.joining(", ")),
          "Publish it, declare it in Metadata: { Check: { Publishes or Receives: [...] } },"
              + " or remove the rule.");
    }
  }

  /** A bucket that tells EventBridge nothing has no events. */
  private void buckets(Rule rule) {
    Optional<Tree> names =
        rule.resource().properties().at("EventPattern", "detail", "bucket", "name");
    boolean storage =
        rule.pattern().stream()
            .flatMap(pattern -> pattern.boxes().stream())
            .anyMatch(box -> box.at("source").texts().contains("aws.s3"));
    if (names.isEmpty() || !storage) {
      return;
    }
    for (Tree name : names.get().items()) {
      if (!(name instanceof Tree.Mapping)) {
        continue;
      }
      Optional<Resource> bucket = project.resource(name, "AWS::S3::Bucket");
      if (bucket.isPresent() && isSilent(bucket.get())) {
        findings.add(
            Code.EVENT_UNPUBLISHED,
            rule.resource(),
            name.place(),
            "the bucket " + bucket.get().id() + " sends no events to EventBridge",
            "Add NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true"
                + " } } to "
                + bucket.get().id()
                + ".");
      }
    }
  }

  private static boolean isSilent(Resource bucket) {
    Optional<Tree> configuration =
        bucket.properties().at("NotificationConfiguration", "EventBridgeConfiguration");
    return configuration.isEmpty()
        || configuration.get().textAt("EventBridgeEnabled").orElse("true").equals("false");
  }

  /** What a workflow writes into a detail must be described by the schema of the event. */
  private void fields(Workflow workflow) {
    for (PutEntry entry : PutEntry.of(workflow)) {
      List<EventType> types =
          entry.source().isPresent() && entry.type().isPresent()
              ? project.catalogue().named(entry.source().get(), entry.type().get())
              : List.of();
      boolean described = types.stream().anyMatch(type -> !type.versions().isEmpty());
      if (described && entry.detail().isPresent()) {
        fields(workflow, types, entry.detail().get(), "detail");
      } else if (types.isEmpty()) {
        unknown(workflow, entry);
      }
    }
  }

  private void unknown(Workflow workflow, PutEntry entry) {
    List<String> labels =
        project.catalogue().own().stream()
            .map(t -> t.source() + "@" + t.name())
            .distinct()
            .toList();
    if (entry.source().isEmpty() || entry.type().isEmpty()) {
      return;
    }
    String label = entry.source().get() + "@" + entry.type().get();
    Nearest.to(label, labels)
        .ifPresent(nearest ->
            findings.add(
                Code.DECLARATION_UNKNOWN,
                workflow.resource(),
                entry.place(),
                "\"" + entry.state() + "\" publishes " + label + ", which no schema describes",
                "Did you mean " + nearest + "?"));
  }

  private void fields(Workflow workflow, List<EventType> types, Tree tree, String path) {
    tree.members()
        .forEach((name, entry) -> {
          String here = path + "." + name.replaceFirst("\\.\\$$", "");
          var described = new ArrayList<>(types);
          described.removeIf(
              type -> type.field(here).map(field -> field.undescribed().isPresent()).orElse(false));
          if (described.isEmpty()) {
            var beside =
                types.stream()
                    .flatMap(type -> type.field(here).stream())
                    .flatMap(field -> field.beside().stream())
                    .distinct()
                    .toList();
            findings.add(
                Code.PUBLISHED_FIELD_UNKNOWN,
                workflow.resource(),
                entry.place(),
                "no version of " + types.getFirst().label() + " describes " + here,
                Nearest.to(name, beside)
                    .map(nearest -> "Did you mean \"" + nearest + "\"?")
                    .orElse("Describe it in a new minor version of the schema, or leave it out."));
          } else {
            fields(workflow, described, entry.value(), here);
          }
        });
  }
}
