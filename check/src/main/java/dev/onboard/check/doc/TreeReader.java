package dev.onboard.check.doc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.onboard.patterns.JsonFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads a file, and in the place of every {@code AWS::Include} the file that it names. */
public final class TreeReader {
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** So deep at most do includes include. */
  private static final int DEPTH = 10;

  private final Path file;
  private final int firstLine;
  private final int depth;

  private TreeReader(Path file, int firstLine, int depth) {
    this.file = file;
    this.firstLine = firstLine;
    this.depth = depth;
  }

  /**
   * Reads a file.
   *
   * @throws UnreadableException if it is not there, or is no well-formed YAML, or JSON if its name
   *     ends so
   */
  public static Tree read(Path file) {
    return read(file, new Place(file, 1), 0);
  }

  /** Reads a text that stands in a file, line by line as written there. */
  public static Tree parse(String text, Place place) {
    return new TreeReader(place.file(), place.line(), 0).compose(text);
  }

  private static Tree read(Path file, Place from, int depth) {
    try {
      String text = Files.readString(file);
      if (file.toString().endsWith(".json")) {
        strictly(text, file);
      }
      return new TreeReader(file, 1, depth).compose(text);
    } catch (IOException e) {
      throw new UnreadableException(from, file.getFileName() + " cannot be read: " + e);
    }
  }

  /** YAML takes more than JSON does, trailing commas for one. */
  private static void strictly(String text, Path file) {
    try {
      STRICT.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UnreadableException(
          new Place(file, e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
          "no well-formed JSON: " + JsonFault.words(e));
    }
  }

  private Tree compose(String text) {
    try {
      Node root =
          new Compose(LoadSettings.builder().build())
              .composeString(text)
              .orElseThrow(() -> new UnreadableException(new Place(file, firstLine), "empty"));
      return tree(root);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> firstLine + mark.getLine()).orElse(firstLine);
      throw new UnreadableException(
          new Place(file, line), "no well-formed YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new UnreadableException(
          new Place(file, firstLine), "no well-formed YAML: " + e.getMessage());
    }
  }

  private Place place(Node node) {
    return new Place(
        file, node.getStartMark().map(mark -> firstLine + mark.getLine()).orElse(firstLine));
  }

  private Tree tree(Node node) {
    Tree plain =
        switch (node) {
          case ScalarNode scalar -> new Tree.Scalar(place(node), kind(scalar), scalar.getValue());
          case SequenceNode sequence ->
              new Tree.Listing(place(node), sequence.getValue().stream().map(this::tree).toList());
          case MappingNode mapping -> mapping(mapping);
          default -> throw new UnreadableException(place(node), "an anchor within itself");
        };
    String tag = node.getTag().getValue();
    return tag.startsWith("!") ? function(tag.substring(1), plain) : included(plain);
  }

  private static Tree.Kind kind(ScalarNode scalar) {
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.NULL)) {
      return Tree.Kind.NULL;
    } else if (tag.equals(Tag.BOOL)) {
      return Tree.Kind.BOOLEAN;
    }
    return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? Tree.Kind.NUMBER : Tree.Kind.TEXT;
  }

  private Tree mapping(MappingNode node) {
    var entries = new LinkedHashMap<String, Tree.Entry>();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new UnreadableException(place(tuple.getKeyNode()), "a name must be a text");
      }
      entries.put(key.getValue(), new Tree.Entry(place(key), tree(tuple.getValueNode())));
    }
    return new Tree.Mapping(place(node), entries);
  }

  private static Tree function(String name, Tree argument) {
    String key = name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
    Tree value = argument;
    if (name.equals("GetAtt") && argument.text().orElse("").contains(".")) {
      String dotted = argument.text().orElse("");
      int dot = dotted.indexOf('.');
      var parts = new ArrayList<Tree>();
      for (String part : List.of(dotted.substring(0, dot), dotted.substring(dot + 1))) {
        parts.add(new Tree.Scalar(argument.place(), Tree.Kind.TEXT, part));
      }
      value = new Tree.Listing(argument.place(), parts);
    }
    var entries = new LinkedHashMap<String, Tree.Entry>();
    entries.put(key, new Tree.Entry(argument.place(), value));
    return new Tree.Mapping(argument.place(), entries);
  }

  /** The file that an include names; everything else as it is. */
  private Tree included(Tree tree) {
    Optional<Tree> transform = tree.at("Fn::Transform");
    if (transform.isEmpty() || tree.members().size() != 1) {
      return tree;
    }
    Optional<Tree> location = transform.get().at("Parameters", "Location");
    boolean include = transform.get().textAt("Name").orElse("").equals("AWS::Include");
    if (!include || location.flatMap(Tree::text).isEmpty()) {
      return tree;
    }
    String name = location.get().text().orElse("");
    if (name.contains("://")) {
      return tree;
    }
    if (depth >= DEPTH) {
      throw new UnreadableException(tree.place(), "files that include each other");
    }
    Path target = file.resolveSibling(name).normalize();
    if (!Files.isRegularFile(target)) {
      throw new UnreadableException(location.get().place(), name + " is not there");
    }
    return read(target, location.get().place(), depth + 1);
  }
}
