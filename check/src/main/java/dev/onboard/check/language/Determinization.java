package dev.onboard.check.language;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Makes an automaton of an expression: Thompson's construction, then that of subsets. */
final class Determinization {
  private record Edge(Expression.Character over, int to) {}

  private final List<List<Edge>> edges = new ArrayList<>();
  private final List<List<Integer>> free = new ArrayList<>();
  private final Set<Character> alphabet = new TreeSet<>();
  private final int end;

  Determinization(Expression expression) {
    end = add(expression, state());
  }

  private int state() {
    edges.add(new ArrayList<>());
    free.add(new ArrayList<>());
    return edges.size() - 1;
  }

  /** Adds an expression that begins in a state; answers the one in which it ends. */
  private int add(Expression expression, int from) {
    return switch (expression) {
      case Expression.Character character -> {
        int to = state();
        alphabet.addAll(character.characters());
        edges.get(from).add(new Edge(character, to));
        yield to;
      }
      case Expression.Sequence sequence -> {
        int at = from;
        for (Expression part : sequence.parts()) {
          at = add(part, at);
        }
        yield at;
      }
      case Expression.Choice choice -> {
        int to = state();
        for (Expression part : choice.parts()) {
          int begin = state();
          free.get(from).add(begin);
          free.get(add(part, begin)).add(to);
        }
        yield to;
      }
      case Expression.Repeat repeat -> add(repeat, from);
    };
  }

  private int add(Expression.Repeat repeat, int from) {
    int at = from;
    for (int i = 0; i < repeat.least(); i++) {
      at = add(repeat.part(), at);
    }
    int to = state();
    if (repeat.most() == Expression.UNBOUNDED) {
      int loop = state();
      free.get(at).add(loop);
      free.get(add(repeat.part(), loop)).add(loop);
      free.get(loop).add(to);
      return to;
    }
    for (int i = repeat.least(); i < repeat.most(); i++) {
      free.get(at).add(to);
      at = add(repeat.part(), at);
    }
    free.get(at).add(to);
    return to;
  }

  Language language() {
    var builder = new Language.Builder();
    var numbers = new HashMap<BitSet, Integer>();
    var subsets = new ArrayList<BitSet>();
    var start = new BitSet();
    start.set(0);
    number(closed(start), numbers, subsets);
    for (int i = 0; i < subsets.size(); i++) {
      BitSet subset = subsets.get(i);
      var named = new HashMap<Character, Integer>();
      for (Character c : alphabet) {
        named.put(c, number(after(subset, c), numbers, subsets));
      }
      int otherwise = number(after(subset, null), numbers, subsets);
      named.values().removeIf(to -> to == otherwise);
      builder.add(named, otherwise, subset.get(end));
    }
    return builder.language();
  }

  /** Where a character leads; without one, where a character leads that no edge names. */
  private BitSet after(BitSet subset, @org.jspecify.annotations.Nullable Character c) {
    var next = new BitSet();
    subset.stream()
        .forEach(state -> {
          for (Edge edge : edges.get(state)) {
            boolean named = c != null && edge.over.characters().contains(c);
            if (named != edge.over.negated()) {
              next.set(edge.to);
            }
          }
        });
    return closed(next);
  }

  private BitSet closed(BitSet subset) {
    var queue = new ArrayDeque<Integer>();
    subset.stream().forEach(queue::add);
    while (!queue.isEmpty()) {
      for (int to : free.get(queue.remove())) {
        if (!subset.get(to)) {
          subset.set(to);
          queue.add(to);
        }
      }
    }
    return subset;
  }

  private static int number(BitSet subset, Map<BitSet, Integer> numbers, List<BitSet> subsets) {
    return numbers.computeIfAbsent(
        subset,
        s -> {
          subsets.add(s);
          return subsets.size() - 1;
        });
  }
}
