package dev.onboard.check.workflow;

import dev.onboard.check.doc.Place;
import dev.onboard.check.doc.Tree;
import dev.onboard.check.stack.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An event that a workflow publishes.
 *
 * @param bus nothing for the default bus
 * @param source nothing if it is computed
 * @param type nothing if it is computed
 * @param detail what is said of the detail; nothing if it is computed as a whole
 */
public record PutEntry(
    Place place,
    String state,
    Optional<Text> bus,
    Optional<String> source,
    Optional<String> type,
    Optional<Tree> detail) {
  private static final String RESOURCE = "states:::events:putEvents";

  /** What all states of a workflow publish. */
  public static List<PutEntry> of(Workflow workflow) {
    var entries = new ArrayList<PutEntry>();
    for (Workflow.State state : workflow.states()) {
      if (!state.tree().textAt("Resource").orElse("").contains(RESOURCE)) {
        continue;
      }
      Optional<Tree> list =
          state
              .tree()
              .at("Arguments", "Entries")
              .or(() -> state.tree().at("Parameters", "Entries"));
      if (list.isEmpty()) {
        entries.add(computed(state.tree(), state.name(), "", workflow));
        continue;
      }
      for (Tree item : list.get().items()) {
        entries.add(
            item instanceof Tree.Mapping mapping
                ? written(mapping, state.name(), workflow)
                : computed(item, state.name(), item.text().orElse(""), workflow));
      }
    }
    return entries;
  }

  private static PutEntry written(Tree.Mapping entry, String state, Workflow workflow) {
    return new PutEntry(
        entry.placeOf("DetailType"),
        state,
        entry.entries().containsKey("EventBusName.$")
            ? Optional.of(Text.unknown())
            : entry.at("EventBusName").map(workflow::text),
        entry.at("Source").map(workflow::text).flatMap(Text::plain),
        entry.at("DetailType").map(workflow::text).flatMap(Text::plain),
        entry.at("Detail").filter(Tree.Mapping.class::isInstance));
  }

  /** Of an expression, what it says in so many words, if it says it once. */
  private static PutEntry computed(Tree place, String state, String expression, Workflow workflow) {
    Map<String, Optional<Text>> found = new LinkedHashMap<>();
    for (String name : List.of("EventBusName", "Source", "DetailType")) {
      Matcher matcher =
          Pattern.compile("['\"]" + name + "['\"]\\s*:\\s*['\"]([^'\"]*)['\"]").matcher(expression);
      Optional<Text> text = Optional.empty();
      if (matcher.find()) {
        text = Optional.of(workflow.substituted(matcher.group(1)));
        if (matcher.find()) {
          text = Optional.empty();
        }
      }
      found.put(name, text);
    }
    boolean named = expression.contains("EventBusName") || expression.isEmpty();
    Optional<Text> bus =
        named ? found.get("EventBusName").or(() -> Optional.of(Text.unknown())) : Optional.empty();
    return new PutEntry(
        place.place(),
        state,
        bus,
        found.get("Source").flatMap(Text::plain),
        found.get("DetailType").flatMap(Text::plain),
        Optional.empty());
  }
}
