package dev.onboard.patterns;

import dev.onboard.patterns.Condition.AnythingBut;
import dev.onboard.patterns.Node.Leaf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * How event-ruler puts the alternatives of a pattern into its automaton: it takes one for added
 * before if, from the last field to the first, some value of each was added before by one and the
 * same alternative. So an alternative that adds values to those of an earlier one can be lost.
 */
final class Merging {
  private static final String ABSENT = "absent";

  private final State start = new State();
  private final boolean reversed;
  private int added;

  Merging() {
    this(false);
  }

  /**
   * Merges with the states of a field in one order or the other: event-ruler keeps them in a set
   * that has none.
   */
  Merging(boolean reversed) {
    this.reversed = reversed;
  }

  /** A state of the automaton, before or after a field. */
  private static final class State {
    final Map<String, Map<Object, State>> next = new HashMap<>();
    final Map<Object, Set<Integer>> passing = new HashMap<>();
    final Map<Object, Set<Integer>> ending = new HashMap<>();
  }

  /** Adds an alternative; answers whether it was not taken for one that was there. */
  boolean add(SortedMap<String, Leaf> alternative) {
    List<String> paths = List.copyOf(alternative.keySet());
    List<List<Object>> keys = alternative.values().stream().map(Merging::keys).toList();
    var states = new ArrayList<Set<State>>();
    paths.forEach(p -> states.add(new LinkedHashSet<>()));
    if (!add(start, paths, keys, 0, states).isEmpty()) {
      return false;
    }
    int number = added++;
    for (int i = 0; i < paths.size(); i++) {
      boolean last = i + 1 == paths.size();
      for (State state : states.get(i)) {
        Map<Object, Set<Integer>> known = last ? state.ending : state.passing;
        keys.get(i).forEach(k -> known.computeIfAbsent(k, x -> new HashSet<>()).add(number));
      }
    }
    return true;
  }

  /** Adds one field and what follows; answers the alternatives for which it is taken. */
  private Set<Integer> add(
      State from,
      List<String> paths,
      List<List<Object>> allKeys,
      int at,
      List<Set<State>> allStates) {
    Map<Object, State> next = from.next.computeIfAbsent(paths.get(at), p -> new HashMap<>());
    List<Object> keys = allKeys.get(at);
    var states = new LinkedHashSet<State>();
    @Nullable State last = null;
    for (Object key : keys) {
      State before = last;
      last = next.computeIfAbsent(key, k -> before == null ? new State() : before);
      states.add(last);
    }
    allStates.get(at).addAll(states);
    boolean end = at + 1 == paths.size();
    Set<Integer> found = new HashSet<>();
    @Nullable Set<Integer> here = null;
    for (State state : reversed ? states.reversed() : states) {
      if (end) {
        found = new HashSet<>();
        found.addAll(known(state.ending, keys));
        continue;
      }
      found = new HashSet<>(add(state, paths, allKeys, at + 1, allStates));
      if (!found.isEmpty()) {
        here = known(state.passing, keys);
        if (keys.size() == 1 && states.size() == 1) {
          break;
        }
      }
    }
    if (!end) {
      found.retainAll(here == null ? Set.of() : here);
    }
    return found;
  }

  private static Set<Integer> known(Map<Object, Set<Integer>> by, List<Object> keys) {
    var all = new HashSet<Integer>();
    keys.forEach(k -> all.addAll(by.getOrDefault(k, Set.of())));
    return all;
  }

  /** What the conditions of a field are to the automaton; equal ones are the same to it. */
  private static List<Object> keys(Leaf leaf) {
    return leaf.conditions().stream().flatMap(c -> keys(c).stream()).toList();
  }

  private static List<Object> keys(Condition condition) {
    return switch (condition) {
      case Condition.Exact e -> exact(e);
      case Condition.Exactly e -> List.of(List.of("exact", '"' + e.text() + '"'));
      case Condition.Prefix p -> List.of(List.of("prefix", p.ignoringCase(), p.text()));
      case Condition.Suffix s -> List.of(List.of("suffix", s.ignoringCase(), s.text()));
      case Condition.EqualsIgnoreCase e -> List.of(List.of("ignoring case", e.text()));
      case Condition.Wildcard w -> List.of(List.of("wildcard", w.glob()));
      case Condition.Numeric n -> List.of(numeric(n));
      case Condition.Cidr c -> List.of(IpRange.ofBlock(c.block()));
      case Condition.Exists e -> List.of(e.there() ? "there" : ABSENT);
      case AnythingBut b ->
          List.of(
              List.of(
                  b.kind(),
                  b.kind() == AnythingBut.Kind.NUMBERS
                      ? new HashSet<Object>(b.texts().stream().map(Merging::number).toList())
                      : new HashSet<Object>(b.texts())));
    };
  }

  private static List<Object> exact(Condition.Exact exact) {
    if (exact.value().isTextual()) {
      String digits = IpRange.digits(exact.literal());
      return List.of(
          digits == null
              ? List.of("exact", '"' + exact.literal() + '"')
              : List.of("address", digits));
    }
    List<Object> text = List.of(List.of("exact", exact.literal()));
    if (!exact.value().isNumber() || Numbers.comparable(exact.literal()) == null) {
      return text;
    }
    return List.of(List.of("=", number(exact.literal())), text.getFirst());
  }

  private static Object numeric(Condition.Numeric numeric) {
    Condition.Bound lower = numeric.lower();
    Condition.Bound upper = numeric.upper();
    if (lower != null && lower.equals(upper)) {
      return List.of("=", number(lower.literal()));
    }
    return List.of(
        "range",
        lower == null ? -Double.MAX_VALUE : number(lower.literal()),
        lower == null || lower.inclusive(),
        upper == null ? Double.MAX_VALUE : number(upper.literal()),
        upper == null || upper.inclusive());
  }

  private static Double number(String literal) {
    Double number = Numbers.comparable(literal);
    if (number == null) {
      throw new IllegalStateException(literal + " was checked when it was read");
    }
    return number;
  }
}
