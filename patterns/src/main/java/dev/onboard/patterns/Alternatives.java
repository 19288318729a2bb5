package dev.onboard.patterns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Multiplies out the alternatives of a pattern, as event-ruler does. */
final class Alternatives {
  /** As many as no pattern of EventBridge's length has that was written by a person. */
  private static final int MOST = 5_000;

  private Alternatives() {}

  static List<Alternative> of(Node.Fields root) {
    return of(root, new Merging());
  }

  static List<Alternative> of(Node.Fields root, Merging merging) {
    var found = new ArrayList<Map<String, Node.Leaf>>();
    add(found, List.of(), root);
    return found.stream()
        .map(TreeMap::new)
        .map(fields -> new Alternative(fields, !merging.add(fields)))
        .toList();
  }

  private static void add(
      List<Map<String, Node.Leaf>> found, List<String> path, Node.Fields fields) {
    for (Node.Entry entry : fields.entries()) {
      switch (entry.node()) {
        case Node.Fields inner -> add(found, extended(path, entry.name()), inner);
        case Node.Leaf leaf -> {
          if (found.isEmpty()) {
            found.add(new HashMap<>());
          }
          String above = String.join(".", path);
          String name = above.isEmpty() ? entry.name() : above + "." + entry.name();
          found.forEach(f -> f.put(name, leaf));
        }
        case Node.AnyOf or -> {
          List<Map<String, Node.Leaf>> before = List.copyOf(found);
          found.clear();
          for (Node.Fields alternative : or.alternatives()) {
            var branch = new ArrayList<Map<String, Node.Leaf>>();
            before.forEach(f -> branch.add(new HashMap<>(f)));
            if (branch.isEmpty()) {
              branch.add(new HashMap<>());
            }
            add(branch, path, alternative);
            found.addAll(branch);
            if (found.size() > MOST) {
              throw new PatternException(
                  "The lists of $or multiply out to more than " + MOST + " alternatives.",
                  or.position());
            }
          }
        }
      }
    }
  }

  private static List<String> extended(List<String> path, String name) {
    var longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }
}
