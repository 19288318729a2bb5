package dev.onboard.check.workflow;

import dev.onboard.check.doc.Tree;
import dev.onboard.check.doc.TreeReader;
import dev.onboard.check.stack.Resource;
import dev.onboard.check.stack.Template;
import dev.onboard.check.stack.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A state machine of a template with its definition.
 *
 * @param scopes the machine itself and, within it, every branch and item processor
 */
public record Workflow(Resource resource, Tree definition, List<Scope> scopes, Template template) {
  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([A-Za-z0-9_]+)}");

  /**
   * States that lead to each other.
   *
   * @param tree what has {@code StartAt} and {@code States}
   * @param jsonata whether its states are in JSONata unless they say otherwise
   */
  public record Scope(Tree tree, boolean jsonata) {
    public Map<String, Tree.Entry> states() {
      return tree.at("States").map(Tree::members).orElse(Map.of());
    }
  }

  /** A state and its name. */
  public record State(String name, Tree tree, boolean jsonata) {
    public String type() {
      return tree.textAt("Type").orElse("");
    }
  }

  /** The machine's workflow, if its definition is a file beside the template or stands in it. */
  public static Optional<Workflow> of(Resource machine, Template template) {
    Tree properties = machine.properties();
    Optional<Tree> location = properties.at("DefinitionS3Location");
    Optional<Tree> definition = properties.at("Definition");
    if (location.flatMap(Tree::text).isPresent()) {
      Path file = template.file().resolveSibling(location.get().text().orElse("")).normalize();
      definition =
          Files.isRegularFile(file) ? Optional.of(TreeReader.read(file)) : Optional.empty();
    } else if (properties.at("DefinitionString").isPresent()) {
      definition = template.document(properties.at("DefinitionString").get());
    }
    return definition.map(tree -> {
      var scopes = new ArrayList<Scope>();
      scopes(tree, false, scopes);
      return new Workflow(machine, tree, List.copyOf(scopes), template);
    });
  }

  private static void scopes(Tree tree, boolean above, List<Scope> scopes) {
    boolean jsonata = tree.textAt("QueryLanguage").map("JSONata"::equals).orElse(above);
    var scope = new Scope(tree, jsonata);
    scopes.add(scope);
    for (Tree.Entry entry : scope.states().values()) {
      Tree state = entry.value();
      boolean here = state.textAt("QueryLanguage").map("JSONata"::equals).orElse(jsonata);
      state.itemsAt("Branches").forEach(branch -> scopes(branch, here, scopes));
      state.at("ItemProcessor").ifPresent(inner -> scopes(inner, here, scopes));
      state.at("Iterator").ifPresent(inner -> scopes(inner, here, scopes));
    }
  }

  public List<State> states() {
    return scopes.stream().flatMap(scope -> states(scope).stream()).toList();
  }

  public static List<State> states(Scope scope) {
    return scope.states().entrySet().stream()
        .map(entry -> {
          Tree tree = entry.getValue().value();
          boolean jsonata =
              tree.textAt("QueryLanguage").map("JSONata"::equals).orElse(scope.jsonata);
          return new State(entry.getKey(), tree, jsonata);
        })
        .toList();
  }

  /** What the template fills in. */
  public Map<String, Tree.Entry> substitutions() {
    return resource.properties().at("DefinitionSubstitutions").map(Tree::members).orElse(Map.of());
  }

  /** The text of a value of the definition; unknown if the workflow computes it. */
  public Text text(Tree value) {
    if (!(value instanceof Tree.Scalar scalar)) {
      return template.text(value);
    }
    String text = scalar.value();
    return text.startsWith("{%") || text.startsWith("$.") ? Text.unknown() : substituted(text);
  }

  /** A text with what the template fills in. */
  public Text substituted(String text) {
    var parts = new ArrayList<Text.Part>();
    Matcher matcher = SUBSTITUTION.matcher(text);
    int from = 0;
    while (matcher.find()) {
      if (matcher.start() > from) {
        parts.add(new Text.Literal(text.substring(from, matcher.start())));
      }
      Tree.Entry filled = substitutions().get(matcher.group(1));
      parts.addAll(filled == null ? Text.unknown().parts() : template.text(filled.value()).parts());
      from = matcher.end();
    }
    if (from < text.length() || parts.isEmpty()) {
      parts.add(new Text.Literal(text.substring(from)));
    }
    return new Text(parts);
  }

  /** The places of a definition that ask for something to be filled in. */
  public List<Map.Entry<String, Tree>> asked() {
    var asked = new ArrayList<Map.Entry<String, Tree>>();
    definition.each(tree ->
        tree.text()
            .ifPresent(text -> {
              Matcher matcher = SUBSTITUTION.matcher(text);
              while (matcher.find()) {
                asked.add(Map.entry(matcher.group(1), tree));
              }
            }));
    return asked;
  }
}
