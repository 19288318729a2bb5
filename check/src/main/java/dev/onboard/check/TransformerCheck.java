package dev.onboard.check;

import dev.onboard.check.doc.Tree;
import dev.onboard.check.event.Box;
import dev.onboard.check.event.Envelope;
import dev.onboard.check.event.EventType;
import dev.onboard.check.event.JsonSchema;
import dev.onboard.check.event.Nearest;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds paths of targets that lead to nothing in the events of their rule. */
final class TransformerCheck {
  private static final Pattern PATH = Pattern.compile("\\$((?:\\.[A-Za-z0-9_-]+(?:\\[\\d+])?)+)");
  private static final Pattern PLACEHOLDER = Pattern.compile("<([A-Za-z0-9_.-]+)>");

  private final Project project;
  private final Findings findings;

  TransformerCheck(Project project, Findings findings) {
    this.project = project;
    this.findings = findings;
  }

  void check() {
    for (Rule rule : project.rules()) {
      for (Tree target : rule.targets()) {
        target.at("InputPath").ifPresent(path -> path(rule, path, "InputPath"));
        target.at("InputTransformer").ifPresent(transformer -> transformer(rule, transformer));
      }
    }
  }

  private void transformer(Rule rule, Tree transformer) {
    Map<String, Tree.Entry> paths =
        transformer.at("InputPathsMap").map(Tree::members).orElse(Map.of());
    paths.forEach((name, entry) -> path(rule, entry.value(), name));
    Optional<Tree> template = transformer.at("InputTemplate");
    Optional<String> text =
        template
            .flatMap(t -> t.at("Fn::Sub").map(s -> s.items().getFirst()).or(() -> template))
            .flatMap(Tree::text);
    if (text.isEmpty()) {
      return;
    }
    var used = new HashSet<String>();
    Matcher matcher = PLACEHOLDER.matcher(text.get());
    while (matcher.find()) {
      String name = matcher.group(1);
      if (used.add(name) && !paths.containsKey(name) && !name.startsWith("aws.events.")) {
        findings.add(
            Code.TRANSFORMER_PLACEHOLDER_UNKNOWN,
            rule.resource(),
            transformer.placeOf("InputTemplate"),
            "the template's <" + name + "> has no path",
            Nearest.to(name, paths.keySet())
                .map(nearest -> "Did you mean <" + nearest + ">?")
                .orElse("Add " + name + " to InputPathsMap."));
      }
    }
    paths.forEach((name, entry) -> {
      if (!used.contains(name)) {
        findings.add(
            Code.TRANSFORMER_PATH_UNUSED,
            rule.resource(),
            entry.place(),
            "the template does not use <" + name + ">",
            "Use it, or remove the path.");
      }
    });
  }

  private void path(Rule rule, Tree value, String what) {
    Matcher matcher = PATH.matcher(value.text().orElse(""));
    if (!matcher.matches()) {
      return;
    }
    String path = matcher.group(1).substring(1).replaceAll("\\[\\d+]", "");
    String top = path.replaceFirst("\\..*$", "");
    if (!Envelope.FIELDS.contains(top)) {
      absent(rule, value, what, top, "an event", Envelope.FIELDS);
      return;
    }
    List<EventType> types = types(rule);
    List<JsonSchema.Field> fields =
        path.startsWith("detail.")
            ? types.stream().flatMap(type -> type.field(path).stream()).toList()
            : List.of();
    if (!fields.isEmpty() && fields.stream().allMatch(f -> f.undescribed().isPresent())) {
      JsonSchema.Field field = fields.getFirst();
      absent(
          rule,
          value,
          what,
          field.undescribed().orElse(path),
          types.stream().map(EventType::label).collect(Collectors.joining(", ")),
          field.beside());
    }
  }

  /** The types that a rule takes; none if it may take others that are not described. */
  private List<EventType> types(Rule rule) {
    if (!rule.isParticular()) {
      return List.of();
    }
    List<Box> boxes = rule.pattern().orElseThrow().boxes();
    List<EventType> types =
        project.catalogue().all().stream()
            .filter(type ->
                boxes.stream()
                    .anyMatch(box -> box.only(p -> !p.startsWith("detail.")).meets(type.shape())))
            .toList();
    return types.stream().anyMatch(type -> type.versions().isEmpty()) ? List.of() : types;
  }

  private void absent(
      Rule rule, Tree value, String what, String name, String where, Collection<String> names) {
    findings.add(
        Code.TRANSFORMER_PATH_ABSENT,
        rule.resource(),
        value.place(),
        "the path of " + what + " leads to nothing: " + where + " has no field \"" + name + "\"",
        Nearest.to(name, names)
            .map(nearest -> "Did you mean \"" + nearest + "\"?")
            .orElse("There are " + String.join(", ", names) + "."));
  }
}
