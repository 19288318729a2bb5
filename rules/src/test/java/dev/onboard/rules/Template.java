package dev.onboard.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The stack's template as it is written: nothing is included or resolved. */
final class Template {

  static final Path FILE = Rule.FOLDER.resolveSibling("cloudformation/onboard.yaml");

  private final MappingNode root;

  Template() {
    try {
      root =
          (MappingNode)
              new Compose(LoadSettings.builder().build())
                  .composeString(Files.readString(FILE))
                  .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The resources of a type by logical id. */
  Map<String, Node> resources(String type) {
    Map<String, Node> resources = new LinkedHashMap<>();
    members(at(root, "Resources"))
        .forEach((id, resource) -> {
          if (type.equals(text(at(resource, "Type")))) {
            resources.put(id, at(resource, "Properties"));
          }
        });
    return resources;
  }

  /** The logical ids of all resources and parameters: what a Ref may name. */
  List<String> names() {
    List<String> names = new ArrayList<>(members(at(root, "Resources")).keySet());
    names.addAll(members(at(root, "Parameters")).keySet());
    return names;
  }

  /** The files that are included anywhere below a node; all of them without one. */
  List<Path> includes(@Nullable Node below) {
    List<Path> files = new ArrayList<>();
    each(
        below == null ? root : below,
        node -> {
          if (node instanceof MappingNode && !(at(node, "Location") instanceof Missing)) {
            String location = Objects.requireNonNull(text(at(node, "Location")));
            files.add(FILE.resolveSibling(location).normalize());
          }
        });
    return files;
  }

  /** The member of a mapping that a path of names leads to. */
  static Node at(Node node, String... path) {
    Node here = node;
    for (String name : path) {
      here = members(here).getOrDefault(name, new Missing());
    }
    return here;
  }

  static Map<String, Node> members(Node node) {
    Map<String, Node> members = new LinkedHashMap<>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        members.put(((ScalarNode) tuple.getKeyNode()).getValue(), tuple.getValueNode());
      }
    }
    return members;
  }

  static List<Node> elements(Node node) {
    return node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
  }

  static @Nullable String text(Node node) {
    return node instanceof Missing || !(node instanceof ScalarNode scalar)
        ? null
        : scalar.getValue();
  }

  static boolean isMissing(Node node) {
    return node instanceof Missing;
  }

  static void each(Node node, Consumer<Node> visitor) {
    visitor.accept(node);
    if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(element -> each(element, visitor));
    }
    members(node).values().forEach(member -> each(member, visitor));
  }

  /** What is where nothing is. */
  private static final class Missing extends ScalarNode {
    Missing() {
      super(Tag.NULL, "", ScalarStyle.PLAIN);
    }
  }
}
