package dev.onboard.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

/** Reads a template's YAML into maps and lists, short forms of functions written out. */
final class TemplateReader {
  private TemplateReader() {}

  static Map<String, Object> read(Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      Node root =
          new Compose(LoadSettings.builder().setLabel(file.toString()).build())
              .composeReader(reader)
              .orElseThrow(() -> new Failure(file + " is empty"));
      if (new TemplateReader().value(root) instanceof Map<?, ?> map) {
        return asObject(map);
      }
      throw new Failure(file + " is no template: it must be a mapping");
    } catch (MarkedYamlEngineException e) {
      throw new Failure(file + " is no well-formed YAML: " + problem(e), e);
    } catch (YamlEngineException e) {
      throw new Failure(file + " is no well-formed YAML: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new Failure(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The library's own message quotes the text around, over several lines. */
  private static String problem(MarkedYamlEngineException e) {
    return e.getProblem()
        + e.getProblemMark()
            .map(m -> ", line " + (m.getLine() + 1) + ", column " + (m.getColumn() + 1))
            .orElse("");
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> asObject(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }

  private @Nullable Object value(Node node) {
    // A node that an alias names is read again each time, for packaging changes maps in place.
    Object plain =
        switch (node) {
          case ScalarNode scalar -> scalar(scalar);
          case SequenceNode sequence -> {
            var list = new ArrayList<@Nullable Object>();
            sequence.getValue().forEach(n -> list.add(value(n)));
            yield list;
          }
          case MappingNode mapping -> {
            var map = new LinkedHashMap<String, @Nullable Object>();
            for (NodeTuple entry : mapping.getValue()) {
              map.put(((ScalarNode) entry.getKeyNode()).getValue(), value(entry.getValueNode()));
            }
            yield map;
          }
          default -> throw new Failure("unexpected YAML at " + node.getStartMark().orElse(null));
        };
    String tag = node.getTag().getValue();
    return tag.startsWith("!") ? function(tag.substring(1), plain) : plain;
  }

  private static Map<String, @Nullable Object> function(String name, @Nullable Object argument) {
    var function = new LinkedHashMap<String, @Nullable Object>();
    if (name.equals("Ref") || name.equals("Condition")) {
      function.put(name, argument);
    } else if (name.equals("GetAtt") && argument instanceof String dotted) {
      int dot = dotted.indexOf('.');
      function.put("Fn::GetAtt", List.of(dotted.substring(0, dot), dotted.substring(dot + 1)));
    } else {
      function.put("Fn::" + name, argument);
    }
    return function;
  }

  private static @Nullable Object scalar(ScalarNode node) {
    Tag tag = node.getTag();
    String text = node.getValue();
    if (tag.equals(Tag.NULL)) {
      return null;
    } else if (tag.equals(Tag.BOOL)) {
      return Boolean.valueOf(text);
    } else if (tag.equals(Tag.INT)) {
      return Long.valueOf(text);
    } else if (tag.equals(Tag.FLOAT)) {
      return Double.valueOf(text);
    }
    return text;
  }
}
