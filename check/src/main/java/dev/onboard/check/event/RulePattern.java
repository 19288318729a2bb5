package dev.onboard.check.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.onboard.check.doc.Place;
import dev.onboard.check.doc.Tree;
import dev.onboard.check.doc.UnreadableException;
import dev.onboard.check.language.Values;
import dev.onboard.check.stack.Template;
import dev.onboard.check.stack.Text;
import dev.onboard.patterns.Alternative;
import dev.onboard.patterns.Condition;
import dev.onboard.patterns.EventPattern;
import dev.onboard.patterns.Node;
import dev.onboard.patterns.PatternException;
import dev.onboard.patterns.Position;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An event pattern of a template: what events it takes, and where each condition stands. */
public final class RulePattern {
  private final Tree tree;
  private final EventPattern pattern;
  private final List<Box> boxes;

  private RulePattern(Tree tree, EventPattern pattern) {
    this.tree = tree;
    this.pattern = pattern;
    this.boxes = alternatives().stream().map(RulePattern::box).toList();
  }

  /**
   * Reads a pattern; what is not known before deployment may be any text.
   *
   * @throws UnreadableException if EventBridge would refuse it
   */
  public static RulePattern of(Tree tree, Template template) {
    try {
      return new RulePattern(tree, EventPattern.parse(json(tree, template)));
    } catch (PatternException e) {
      throw new UnreadableException(
          place(tree, e.position().pointer()), String.valueOf(e.getMessage()));
    }
  }

  private static String json(Tree tree, Template template) {
    return switch (tree) {
      case Tree.Scalar scalar ->
          switch (scalar.kind()) {
            case TEXT -> quoted(scalar.value());
            case NULL -> "null";
            case NUMBER, BOOLEAN -> scalar.value();
          };
      case Tree.Listing list ->
          list.items().stream()
              .map(item -> json(item, template))
              .collect(Collectors.joining(",", "[", "]"));
      case Tree.Mapping mapping -> {
        if (isFunction(mapping)) {
          yield quoted(symbolic(template.text(mapping)));
        }
        yield mapping.entries().entrySet().stream()
            .map(entry -> quoted(entry.getKey()) + ":" + json(entry.getValue().value(), template))
            .collect(Collectors.joining(",", "{", "}"));
      }
    };
  }

  private static boolean isFunction(Tree.Mapping mapping) {
    if (mapping.entries().size() != 1) {
      return false;
    }
    String name = mapping.entries().firstEntry().getKey();
    return name.equals("Ref") || name.startsWith("Fn::");
  }

  private static String symbolic(Text text) {
    return text.parts().stream()
        .map(part ->
            part instanceof Text.Literal literal
                ? literal.text()
                : String.valueOf(Conditions.SYMBOL))
        .collect(Collectors.joining());
  }

  private static String quoted(String text) {
    return JsonNodeFactory.instance.textNode(text).toString();
  }

  private static Box box(Alternative alternative) {
    var fields = new TreeMap<String, Values>();
    alternative.fields().forEach((path, leaf) -> fields.put(path, Conditions.values(leaf)));
    return new Box(fields);
  }

  /** The alternatives that can be matched, in their order. */
  public List<Alternative> alternatives() {
    return pattern.alternatives().stream().filter(a -> !a.lost()).toList();
  }

  /** The last conditions on the detail; on the whole event if there are none on the detail. */
  public Node.Leaf lastOfDetail(Alternative alternative) {
    return alternative.fields().entrySet().stream()
        .filter(field -> field.getKey().startsWith("detail."))
        .reduce((before, last) -> last)
        .orElse(alternative.fields().lastEntry())
        .getValue();
  }

  public EventPattern pattern() {
    return pattern;
  }

  /** The events of each alternative. */
  public List<Box> boxes() {
    return boxes;
  }

  /** Whether all values that it takes are known. */
  public boolean exact() {
    return boxes.stream().allMatch(Box::exact);
  }

  public boolean meets(Shape shape) {
    return boxes.stream().anyMatch(box -> box.meets(shape));
  }

  /** The values that one condition takes. */
  public static Values values(Condition condition) {
    return Conditions.values(condition);
  }

  public Place place() {
    return tree.place();
  }

  public Place place(Condition condition) {
    return place(tree, condition.position().pointer());
  }

  public Place place(Node.Leaf leaf) {
    return place(tree, leaf.position().pointer());
  }

  /** The place of a member's name on the way to a field, of a leaf's if it is the last. */
  public Place place(Node.Leaf leaf, String name) {
    Position position = leaf.position();
    String pointer = position.pointer();
    int at = (pointer + "/").lastIndexOf("/" + name + "/");
    return place(tree, at < 0 ? pointer : pointer.substring(0, at + 1 + name.length()));
  }

  /** Where the value stands that a JSON pointer leads to: its name if it has one. */
  private static Place place(Tree root, String pointer) {
    Tree here = root;
    Place place = root.place();
    for (String escaped : pointer.split("/")) {
      String name = escaped.replace("~1", "/").replace("~0", "~");
      if (here instanceof Tree.Listing list
          && name.matches("\\d+")
          && Integer.parseInt(name) < list.items().size()) {
        here = list.items().get(Integer.parseInt(name));
        place = here.place();
      } else if (here.members().containsKey(name)) {
        place = here.placeOf(name);
        here = here.members().get(name).value();
      } else if (!name.isEmpty()) {
        return place;
      }
    }
    return place;
  }
}
