package dev.onboard.check.stack;

import dev.onboard.check.doc.Place;
import dev.onboard.check.doc.Tree;
import dev.onboard.check.doc.TreeReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A CloudFormation template, read with what it includes, its texts resolved to symbols. */
public final class Template {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?)([^{}]*)}");

  private final Path file;
  private final Tree root;
  private final Map<String, Resource> resources;
  private final Set<String> parameters;

  private Template(Path file, Tree root) {
    this.file = file;
    this.root = root;
    var found = new LinkedHashMap<String, Resource>();
    root.at("Resources")
        .ifPresent(all ->
            all.members()
                .forEach(
                    (id, entry) -> found.put(id, new Resource(id, entry.place(), entry.value()))));
    this.resources = Collections.unmodifiableMap(found);
    this.parameters =
        root.at("Parameters").map(p -> Set.copyOf(p.members().keySet())).orElse(Set.of());
  }

  /**
   * Reads a template.
   *
   * @throws dev.onboard.check.doc.UnreadableException if it or what it includes is not well-formed
   */
  public static Template read(Path file) {
    return new Template(file, TreeReader.read(file));
  }

  public Path file() {
    return file;
  }

  public Tree root() {
    return root;
  }

  /** All resources by logical id, in their order. */
  public Map<String, Resource> resources() {
    return resources;
  }

  public List<Resource> resources(String type) {
    return resources.values().stream().filter(resource -> resource.is(type)).toList();
  }

  public Optional<Resource> resource(String id) {
    return Optional.ofNullable(resources.get(id));
  }

  /** What a Ref may name, apart from pseudo parameters. */
  public Set<String> names() {
    var names = new TreeSet<>(resources.keySet());
    names.addAll(parameters);
    return names;
  }

  /** Whether a function is anywhere in a value. */
  public static boolean hasFunction(Tree tree) {
    boolean[] found = {false};
    tree.each(t ->
        found[0] |=
            t.members().size() == 1
                && t.members().keySet().stream()
                    .anyMatch(name -> name.equals("Ref") || name.startsWith("Fn::")));
    return found[0];
  }

  /** Whether there are resources that do not stand in the template, but come of a macro or loop. */
  public boolean makesMore() {
    boolean loop =
        root.at("Resources").stream()
            .flatMap(all -> all.members().keySet().stream())
            .anyMatch(name -> name.startsWith("Fn::"));
    return loop
        || root.itemsAt("Transform").stream()
            .anyMatch(macro ->
                !macro.text().orElse("").equals("AWS::LanguageExtensions")
                    && !macro.text().orElse("").equals("AWS::Include"));
  }

  /** The text that a value gives; unknown if it is no text or depends on what is not known. */
  public Text text(Tree value) {
    return switch (value) {
      case Tree.Scalar scalar -> Text.literal(scalar.value());
      case Tree.Listing listing -> Text.unknown();
      case Tree.Mapping mapping ->
          mapping.entries().size() == 1 ? function(mapping) : Text.unknown();
    };
  }

  private Text function(Tree.Mapping mapping) {
    Map.Entry<String, Tree.Entry> only = mapping.entries().firstEntry();
    Tree argument = only.getValue().value();
    return switch (only.getKey()) {
      case "Ref" -> argument.text().map(this::reference).orElse(Text.unknown());
      case "Fn::GetAtt" -> attribute(argument);
      case "Fn::Sub" -> substituted(argument);
      case "Fn::Join" -> joined(argument);
      case "Fn::If" -> either(argument);
      default -> Text.unknown();
    };
  }

  private Text reference(String name) {
    Resource resource = resources.get(name);
    if (resource == null) {
      return Text.of(new Text.Variable(name));
    }
    boolean arn = ResourceType.of(resource).map(type -> type.refIsArn).orElse(false);
    return Text.of(new Text.Attribute(name, arn ? "Arn" : "Ref"));
  }

  private Text attribute(Tree argument) {
    List<String> parts =
        argument instanceof Tree.Listing
            ? argument.items().stream().flatMap(part -> part.text().stream()).toList()
            : List.of(argument.text().orElse("").split("\\.", 2));
    return parts.size() < 2
        ? Text.unknown()
        : attribute(parts.getFirst(), String.join(".", parts.subList(1, parts.size())));
  }

  private Text attribute(String id, String name) {
    Resource resource = resources.get(id);
    if (resource == null) {
      return Text.unknown();
    }
    // The Ref of a bus is its name.
    boolean reference = resource.is("AWS::Events::EventBus") && name.equals("Name");
    return Text.of(new Text.Attribute(id, reference ? "Ref" : name));
  }

  private Text substituted(Tree argument) {
    List<Tree> items = argument.items();
    String template = items.getFirst().text().orElse("");
    Map<String, Tree.Entry> given = items.size() > 1 ? items.get(1).members() : Map.of();
    var parts = new ArrayList<Text>();
    Matcher matcher = VARIABLE.matcher(template);
    int from = 0;
    while (matcher.find()) {
      parts.add(Text.literal(template.substring(from, matcher.start())));
      String name = matcher.group(2).strip();
      if (!matcher.group(1).isEmpty()) {
        parts.add(Text.literal("${" + name + "}"));
      } else if (given.containsKey(name)) {
        parts.add(text(given.get(name).value()));
      } else {
        int dot = name.indexOf('.');
        parts.add(
            dot < 0 ? reference(name) : attribute(name.substring(0, dot), name.substring(dot + 1)));
      }
      from = matcher.end();
    }
    parts.add(Text.literal(template.substring(from)));
    parts.removeIf(part -> part.equals(Text.literal("")));
    return Text.joined(parts);
  }

  private Text joined(Tree argument) {
    List<Tree> items = argument.items();
    if (items.size() != 2 || !(items.get(1) instanceof Tree.Listing list)) {
      return Text.unknown();
    }
    var parts = new ArrayList<Text>();
    for (Tree item : list.items()) {
      if (!parts.isEmpty()) {
        parts.add(text(items.getFirst()));
      }
      parts.add(text(item));
    }
    return Text.joined(parts);
  }

  private Text either(Tree argument) {
    List<Tree> items = argument.items();
    if (items.size() != 3) {
      return Text.unknown();
    }
    Text yes = text(items.get(1));
    return yes.equals(text(items.get(2))) ? yes : Text.unknown();
  }

  /** A document that is an object, or a JSON text with variables in it. */
  public Optional<Tree> document(Tree value) {
    Optional<Tree> substitution = value.at("Fn::Sub");
    Tree text = substitution.orElse(value);
    if (value instanceof Tree.Mapping && substitution.isEmpty()) {
      return Optional.of(value.at("Fn::ToJsonString").orElse(value));
    }
    Optional<String> json = text.text();
    if (json.isEmpty() || !json.get().stripLeading().startsWith("{")) {
      return Optional.empty();
    }
    Place place = text.place();
    Tree parsed = TreeReader.parse(json.get(), place);
    return Optional.of(substitution.isPresent() ? substituting(parsed) : parsed);
  }

  /** Makes every text with a variable one of Fn::Sub. */
  private static Tree substituting(Tree tree) {
    return switch (tree) {
      case Tree.Scalar scalar -> {
        if (!scalar.value().contains("${")) {
          yield scalar;
        }
        var entries = new LinkedHashMap<String, Tree.Entry>();
        entries.put("Fn::Sub", new Tree.Entry(scalar.place(), scalar));
        yield new Tree.Mapping(scalar.place(), entries);
      }
      case Tree.Listing list ->
          new Tree.Listing(
              list.place(), list.items().stream().map(Template::substituting).toList());
      case Tree.Mapping mapping -> {
        var entries = new LinkedHashMap<String, Tree.Entry>();
        mapping
            .entries()
            .forEach((name, entry) ->
                entries.put(name, new Tree.Entry(entry.place(), substituting(entry.value()))));
        yield new Tree.Mapping(mapping.place(), entries);
      }
    };
  }
}
