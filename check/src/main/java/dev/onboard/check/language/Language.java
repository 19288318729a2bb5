package dev.onboard.check.language;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * A regular set of texts: a complete deterministic automaton over characters.
 *
 * <p>Each state has an edge for some characters and one for all others, so unions, intersections
 * and complements are exact.
 */
public final class Language {
  private static final Language ANY = ofSingleState(true);
  private static final Language NONE = ofSingleState(false);

  /** What stands for a character that is not told apart from others, in examples. */
  private static final String PLAIN = "xyzabcdefghijklmnopqrstuvw0123456789-_ABC";

  private final List<Map<Character, Integer>> edges;
  private final List<Integer> others;
  private final BitSet accepting;

  private Language(List<Map<Character, Integer>> edges, List<Integer> others, BitSet accepting) {
    this.edges = edges;
    this.others = others;
    this.accepting = accepting;
  }

  /** All texts. */
  public static Language any() {
    return ANY;
  }

  /** No text. */
  public static Language none() {
    return NONE;
  }

  /** One text. */
  public static Language of(String text) {
    var builder = new Builder();
    int sink = text.length() + 1;
    for (int i = 0; i < text.length(); i++) {
      builder.add(Map.of(text.charAt(i), i + 1), sink, false);
    }
    builder.add(Map.of(), sink, true);
    builder.add(Map.of(), sink, false);
    return builder.language();
  }

  /** All texts that an expression describes. */
  public static Language of(Expression expression) {
    return new Determinization(expression).language();
  }

  private static Language ofSingleState(boolean accepting) {
    var accepted = new BitSet();
    accepted.set(0, accepting);
    return new Language(List.of(Map.of()), List.of(0), accepted);
  }

  public Language or(Language other) {
    return combined(other, (a, b) -> a || b);
  }

  public Language and(Language other) {
    return combined(other, (a, b) -> a && b);
  }

  public Language not() {
    var flipped = (BitSet) accepting.clone();
    flipped.flip(0, edges.size());
    return new Language(edges, others, flipped);
  }

  /** All states can be reached, for they were found from the first. */
  public boolean isEmpty() {
    return accepting.isEmpty();
  }

  public boolean meets(Language other) {
    return !and(other).isEmpty();
  }

  public boolean contains(String text) {
    int state = 0;
    for (int i = 0; i < text.length(); i++) {
      state = edges.get(state).getOrDefault(text.charAt(i), others.get(state));
    }
    return accepting.get(state);
  }

  /** One of the shortest texts, readable where there is a choice. */
  public Optional<String> example() {
    var reached = new HashMap<Integer, String>(Map.of(0, ""));
    var queue = new ArrayDeque<Integer>(List.of(0));
    while (!queue.isEmpty()) {
      int state = queue.remove();
      String text = reached.getOrDefault(state, "");
      if (accepting.get(state)) {
        return Optional.of(text);
      }
      Map<Character, Integer> named = edges.get(state);
      new TreeSet<>(named.keySet())
          .forEach(c -> {
            if (reached.putIfAbsent(named.getOrDefault(c, 0), text + c) == null) {
              queue.add(named.getOrDefault(c, 0));
            }
          });
      if (reached.putIfAbsent(others.get(state), text + unnamed(named.keySet())) == null) {
        queue.add(others.get(state));
      }
    }
    return Optional.empty();
  }

  private static char unnamed(Set<Character> named) {
    for (char c : PLAIN.toCharArray()) {
      if (!named.contains(c)) {
        return c;
      }
    }
    char c = '\u00e0';
    while (named.contains(c)) {
      c++;
    }
    return c;
  }

  /** The texts themselves, if they are so few that each is written out. */
  public Optional<Set<String>> texts() {
    var texts = new TreeSet<String>();
    return list(0, "", useful(), new HashSet<>(), texts) ? Optional.of(texts) : Optional.empty();
  }

  private boolean list(
      int state, String text, BitSet useful, Set<Integer> above, Set<String> texts) {
    if (!useful.get(state)) {
      return true;
    }
    if (!above.add(state) || useful.get(others.get(state)) || texts.size() > 100) {
      return false;
    }
    if (accepting.get(state)) {
      texts.add(text);
    }
    boolean few =
        edges.get(state).entrySet().stream()
            .allMatch(e -> list(e.getValue(), text + e.getKey(), useful, above, texts));
    above.remove(state);
    return few;
  }

  /** The states from which an accepting one can be reached. */
  private BitSet useful() {
    var useful = (BitSet) accepting.clone();
    boolean grew = true;
    while (grew) {
      grew = false;
      for (int s = 0; s < edges.size(); s++) {
        boolean leads =
            useful.get(others.get(s)) || edges.get(s).values().stream().anyMatch(useful::get);
        if (!useful.get(s) && leads) {
          useful.set(s);
          grew = true;
        }
      }
    }
    return useful;
  }

  private record Pair(int left, int right) {}

  private Language combined(Language that, BiPredicate<Boolean, Boolean> accept) {
    var numbers = new HashMap<Pair, Integer>(Map.of(new Pair(0, 0), 0));
    var pairs = new ArrayList<Pair>(List.of(new Pair(0, 0)));
    var ways = new ArrayList<Map<Character, Integer>>();
    var rest = new ArrayList<Integer>();
    var accepted = new BitSet();
    for (int i = 0; i < pairs.size(); i++) {
      Pair at = pairs.get(i);
      accepted.set(i, accept.test(accepting.get(at.left), that.accepting.get(at.right)));
      Map<Character, Integer> mine = edges.get(at.left);
      Map<Character, Integer> its = that.edges.get(at.right);
      int otherwise =
          number(new Pair(others.get(at.left), that.others.get(at.right)), numbers, pairs);
      var way = new HashMap<Character, Integer>();
      var named = new TreeSet<>(mine.keySet());
      named.addAll(its.keySet());
      for (Character c : named) {
        int to =
            number(
                new Pair(
                    mine.getOrDefault(c, others.get(at.left)),
                    its.getOrDefault(c, that.others.get(at.right))),
                numbers,
                pairs);
        way.put(c, to);
      }
      ways.add(way);
      rest.add(otherwise);
    }
    return new Language(ways, rest, accepted);
  }

  private static int number(Pair pair, Map<Pair, Integer> numbers, List<Pair> pairs) {
    return numbers.computeIfAbsent(
        pair,
        p -> {
          pairs.add(p);
          return pairs.size() - 1;
        });
  }

  /** Collects the states of an automaton in the making. */
  static final class Builder {
    private final List<Map<Character, Integer>> edges = new ArrayList<>();
    private final List<Integer> others = new ArrayList<>();
    private final BitSet accepting = new BitSet();

    void add(Map<Character, Integer> named, int otherwise, boolean accepted) {
      accepting.set(edges.size(), accepted);
      edges.add(named);
      others.add(otherwise);
    }

    Language language() {
      return new Language(edges, others, accepting);
    }
  }
}
