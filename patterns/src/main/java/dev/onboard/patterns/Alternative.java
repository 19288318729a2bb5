package dev.onboard.patterns;

import java.util.Collections;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Conditions on fields that must hold together.
 *
 * @param fields the leaf of each field, by its dotted path, in the order of the paths
 * @param lost whether the matcher takes it for an earlier alternative with which it shares values,
 *     so that it never matches anything itself
 */
public record Alternative(SequencedMap<String, Node.Leaf> fields, boolean lost) {
  public Alternative {
    fields = Collections.unmodifiableSequencedMap(new TreeMap<>(fields));
  }
}
