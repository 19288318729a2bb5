package dev.onboard.check;

import dev.onboard.check.doc.Place;
import dev.onboard.check.event.Box;
import dev.onboard.check.event.Envelope;
import dev.onboard.check.event.EventType;
import dev.onboard.check.event.JsonSchema;
import dev.onboard.check.event.Nearest;
import dev.onboard.check.event.RulePattern;
import dev.onboard.check.language.Values;
import dev.onboard.patterns.Alternative;
import dev.onboard.patterns.Condition;
import dev.onboard.patterns.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds what of a pattern no event that is described can match. */
final class PatternCheck {
  private final Project project;
  private final Findings findings;

  PatternCheck(Project project, Findings findings) {
    this.project = project;
    this.findings = findings;
  }

  void check() {
    for (Rule rule : project.rules()) {
      if (rule.pattern().isEmpty()) {
        continue;
      }
      RulePattern pattern = rule.pattern().get();
      twice(rule, pattern, new TreeMap<>(), "", pattern.pattern().root());
      lost(rule, pattern);
      for (int i = 0; i < pattern.boxes().size(); i++) {
        check(rule, pattern, pattern.alternatives().get(i), pattern.boxes().get(i));
      }
    }
  }

  private void check(Rule rule, RulePattern pattern, Alternative alternative, Box box) {
    boolean named = names(rule, pattern, alternative, box);
    List<EventType> types =
        project.catalogue().all().stream()
            .filter(type -> box.only(path -> !path.startsWith("detail.")).meets(type.shape()))
            .toList();
    boolean described =
        !types.isEmpty() && types.stream().noneMatch(type -> type.versions().isEmpty());
    if (!named || !described || !particular(box)) {
      return;
    }
    boolean fine = true;
    for (Map.Entry<String, Node.Leaf> field : alternative.fields().entrySet()) {
      if (field.getKey().startsWith("detail.")) {
        fine &= field(rule, pattern, field.getKey(), field.getValue(), types);
      }
    }
    if (fine && rule.declared("Complements").isEmpty() && !met(box, types)) {
      findings.add(
          Code.PATTERN_CONTRADICTION,
          rule.resource(),
          pattern.place(pattern.lastOfDetail(alternative)),
          "each of these conditions can hold, but no version of "
              + labels(types)
              + " meets all of them",
          "Leave out the conditions that belong to another type or version.");
    }
  }

  private static boolean particular(Box box) {
    return box.at("source").texts().texts().isPresent()
        || box.at("detail-type").texts().texts().isPresent();
  }

  private static boolean met(Box box, List<EventType> types) {
    return types.stream()
        .anyMatch(type -> type.versions().stream().anyMatch(v -> box.meets(type.shape(v))));
  }

  private static String labels(List<EventType> types) {
    return types.stream().map(EventType::label).collect(Collectors.joining(", "));
  }

  /** Checks the fields around the detail; answers whether events of that name are known. */
  private boolean names(Rule rule, RulePattern pattern, Alternative alternative, Box box) {
    boolean fine = true;
    for (Map.Entry<String, Node.Leaf> field : alternative.fields().entrySet()) {
      String path = field.getKey();
      Node.Leaf leaf = field.getValue();
      String top = path.replaceFirst("\\..*$", "");
      if (!Envelope.FIELDS.contains(top)) {
        absent(rule, pattern.place(leaf, top), top, "an event", Envelope.FIELDS);
        fine = false;
      } else if (!top.equals("detail") && !box.at(path).meets(Envelope.at(path))) {
        findings.add(
            Code.PATTERN_VALUE_IMPOSSIBLE,
            rule.resource(),
            pattern.place(leaf),
            path + " of an event is never so: " + leaf.json(),
            "Every event has " + String.join(", ", Envelope.FIELDS.subList(0, 7)) + " as texts.");
        fine = false;
      } else if (path.equals("source")) {
        fine &= leaf.conditions().stream().allMatch(c -> source(rule, pattern, c));
      } else if (path.equals("detail-type")) {
        fine &= leaf.conditions().stream().allMatch(c -> type(rule, pattern, c, box));
      }
    }
    return fine;
  }

  private void absent(Rule rule, Place place, String name, String where, Collection<String> names) {
    Optional<String> nearest = Nearest.to(name, names);
    findings.add(
        Code.PATTERN_FIELD_ABSENT,
        rule.resource(),
        place,
        where + " has no field \"" + name + "\"",
        nearest
            .map(n -> "Did you mean \"" + n + "\"?")
            .orElse(
                names.isEmpty()
                    ? "Leave the condition out."
                    : "There are " + String.join(", ", names) + "."));
  }

  private boolean source(Rule rule, RulePattern pattern, Condition condition) {
    Optional<String> name =
        RulePattern.values(condition).texts().texts().flatMap(PatternCheck::only);
    List<String> known =
        project.catalogue().all().stream().map(EventType::source).distinct().toList();
    if (name.isEmpty() || known.contains(name.get())) {
      return true;
    }
    Optional<String> nearest = Nearest.to(name.get(), known);
    nearest.ifPresent(n ->
        findings.add(
            Code.PATTERN_SOURCE_UNKNOWN,
            rule.resource(),
            pattern.place(condition),
            "nothing is described that has the source \"" + name.get() + "\"",
            "Did you mean \"" + n + "\"?"));
    return nearest.isEmpty();
  }

  private static Optional<String> only(Collection<String> texts) {
    return texts.size() == 1 ? texts.stream().findFirst() : Optional.empty();
  }

  private boolean type(Rule rule, RulePattern pattern, Condition condition, Box box) {
    Values wanted = RulePattern.values(condition);
    List<EventType> ofSource =
        project.catalogue().all().stream()
            .filter(type -> box.only("source"::equals).meets(type.shape()))
            .toList();
    boolean known =
        ofSource.stream().anyMatch(type -> type.shape().at("detail-type").meets(wanted));
    if (known || ofSource.isEmpty()) {
      return true;
    }
    List<String> names = ofSource.stream().map(EventType::name).distinct().sorted().toList();
    Optional<String> nearest =
        wanted.texts().texts().flatMap(PatternCheck::only).flatMap(n -> Nearest.to(n, names));
    boolean own =
        box.at("source").texts().texts().isPresent()
            && project.catalogue().own().containsAll(ofSource);
    if (nearest.isEmpty() && !own) {
      return true;
    }
    findings.add(
        Code.PATTERN_DETAIL_TYPE_UNKNOWN,
        rule.resource(),
        pattern.place(condition),
        "there is no detail-type " + condition.json() + " of this source",
        nearest
            .map(n -> "Did you mean \"" + n + "\"?")
            .orElse("There are " + String.join(", ", names) + "; or describe it in a schema."));
    return false;
  }

  private boolean field(
      Rule rule, RulePattern pattern, String path, Node.Leaf leaf, List<EventType> types) {
    List<JsonSchema.Field> fields =
        types.stream().flatMap(type -> type.field(path).stream()).toList();
    if (fields.stream().allMatch(field -> field.undescribed().isPresent())) {
      JsonSchema.Field nearest = nearest(fields);
      String name = nearest.undescribed().orElse(path);
      absent(rule, pattern.place(leaf, name), name, labels(types), nearest.beside());
      return false;
    }
    if (fields.stream().allMatch(field -> field.group() || field.undescribed().isPresent())
        && !leaf.takesAbsence()) {
      findings.add(
          Code.PATTERN_TYPE_IMPOSSIBLE,
          rule.resource(),
          pattern.place(leaf),
          path + " is an object; conditions are only ever met by single values",
          "Put the condition on a field within " + path + ".");
      return false;
    }
    if (!rule.declared("Complements").isEmpty()) {
      return true;
    }
    Values possible =
        types.stream().map(type -> type.shape().at(path)).reduce(Values.none(), Values::or);
    boolean fine = true;
    for (Condition condition : leaf.conditions()) {
      if (!RulePattern.values(condition).meets(possible)) {
        impossible(rule, pattern, path, condition, possible, types);
        fine = false;
      }
    }
    return fine;
  }

  /** The field of which most is described. */
  private static JsonSchema.Field nearest(List<JsonSchema.Field> fields) {
    return fields.stream()
        .filter(field -> Nearest.to(field.undescribed().orElse(""), field.beside()).isPresent())
        .findFirst()
        .orElse(fields.getFirst());
  }

  private void impossible(
      Rule rule,
      RulePattern pattern,
      String path,
      Condition condition,
      Values possible,
      List<EventType> types) {
    Values wanted = RulePattern.values(condition);
    Place place = pattern.place(condition);
    Optional<String> cased = Cases.meeting(condition, possible);
    boolean texts = !wanted.texts().isEmpty() && !possible.texts().isEmpty();
    boolean numbers = !wanted.numbers().isEmpty() && !possible.numbers().isEmpty();
    boolean absence = condition instanceof Condition.Exists;
    String of = path + " of " + labels(types);
    if (cased.isPresent()) {
      findings.add(
          Code.PATTERN_CASE_DIFFERS,
          rule.resource(),
          place,
          of + " is never " + condition.json() + ", which differs in case alone",
          "Write " + cased.get() + ", or use equals-ignore-case.");
    } else if (!texts && !numbers && !absence) {
      findings.add(
          Code.PATTERN_TYPE_IMPOSSIBLE,
          rule.resource(),
          place,
          of + " is " + possible.kinds() + "; " + condition.json() + " takes " + wanted.kinds(),
          "Write the condition for " + possible.kinds() + ".");
    } else {
      findings.add(
          Code.PATTERN_VALUE_IMPOSSIBLE,
          rule.resource(),
          place,
          of + " is never " + condition.json(),
          absence
              ? "The schema requires it; leave the condition out."
              : "By the schema it is " + described(possible) + ".");
    }
  }

  private static String described(Values possible) {
    return possible
        .texts()
        .texts()
        .filter(all -> !all.isEmpty())
        .map(all -> "one of " + String.join(", ", all))
        .orElse("such as " + possible.example().orElse("nothing"));
  }

  /** A field that is named outside and inside of a $or counts with its last conditions alone. */
  private void twice(
      Rule rule,
      RulePattern pattern,
      Map<String, Node.Leaf> above,
      String path,
      Node.Fields fields) {
    for (Node.Entry entry : fields.entries()) {
      String here = path.isEmpty() ? entry.name() : path + "." + entry.name();
      switch (entry.node()) {
        case Node.Fields inner -> twice(rule, pattern, above, here, inner);
        case Node.Leaf leaf -> {
          Node.Leaf before = above.put(here, leaf);
          if (before != null) {
            twice(rule, pattern, here, before, leaf);
          }
        }
        case Node.AnyOf or -> {
          var all = new TreeMap<>(above);
          for (Node.Fields alternative : or.alternatives()) {
            var each = new TreeMap<>(above);
            twice(rule, pattern, each, path, alternative);
            all.putAll(each);
          }
          above.putAll(all);
        }
      }
    }
  }

  private void twice(
      Rule rule, RulePattern pattern, String path, Node.Leaf before, Node.Leaf leaf) {
    boolean both = values(before).meets(values(leaf));
    findings.add(
        both ? Code.PATTERN_CONDITION_IGNORED : Code.PATTERN_CONTRADICTION,
        rule.resource(),
        pattern.place(before),
        path
            + " has conditions outside and inside of a $or"
            + (both ? "" : " that exclude each other")
            + "; EventBridge goes by the last alone, "
            + leaf.json(),
        "Write all conditions of " + path + " in one place.");
  }

  private static Values values(Node.Leaf leaf) {
    return leaf.conditions().stream().map(RulePattern::values).reduce(Values.none(), Values::or);
  }

  private void lost(Rule rule, RulePattern pattern) {
    for (Alternative alternative : new ArrayList<>(pattern.pattern().alternatives())) {
      if (alternative.lost() && !alternative.fields().isEmpty()) {
        findings.add(
            Code.PATTERN_CONDITION_IGNORED,
            rule.resource(),
            pattern.place(alternative.fields().lastEntry().getValue()),
            "this alternative shares values with an earlier one, and the matcher drops it",
            "Merge the alternatives, or make them a rule each.");
      }
    }
  }
}
