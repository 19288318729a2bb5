package dev.onboard.check.doc;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/** A value of a YAML or JSON file with its place; short forms of functions are written out. */
public sealed interface Tree {
  Place place();

  /**
   * An object.
   *
   * @param place where it begins
   */
  record Mapping(Place place, SequencedMap<String, Entry> entries) implements Tree {
    public Mapping {
      entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }
  }

  /**
   * A member of an object.
   *
   * @param place where its name stands
   */
  record Entry(Place place, Tree value) {}

  /** A list. */
  record Listing(Place place, List<Tree> items) implements Tree {
    public Listing {
      items = List.copyOf(items);
    }
  }

  /** A text, number, boolean or null, as it is written. */
  record Scalar(Place place, Kind kind, String value) implements Tree {}

  /** What a scalar is. */
  enum Kind {
    TEXT,
    NUMBER,
    BOOLEAN,
    NULL
  }

  /** The value that a path of names leads to. */
  default Optional<Tree> at(String... path) {
    Tree here = this;
    for (String name : path) {
      if (!(here instanceof Mapping mapping) || !mapping.entries.containsKey(name)) {
        return Optional.empty();
      }
      here = mapping.entries.get(name).value();
    }
    return here instanceof Scalar s && s.kind == Kind.NULL ? Optional.empty() : Optional.of(here);
  }

  /** The members of an object; none of anything else. */
  default Map<String, Entry> members() {
    return this instanceof Mapping mapping ? mapping.entries : Map.of();
  }

  /** The place of a member's name; of the whole without that member. */
  default Place placeOf(String name) {
    Entry entry = members().get(name);
    return entry == null ? place() : entry.place();
  }

  /** The text of a scalar. */
  default Optional<String> text() {
    return this instanceof Scalar scalar && scalar.kind != Kind.NULL
        ? Optional.of(scalar.value)
        : Optional.empty();
  }

  default Optional<String> textAt(String... path) {
    return at(path).flatMap(Tree::text);
  }

  /** The items of a list; what is no list is the only item. */
  default List<Tree> items() {
    return this instanceof Listing listing ? listing.items : List.of(this);
  }

  /** The items at a path; none if nothing is there. */
  default List<Tree> itemsAt(String... path) {
    return at(path).map(Tree::items).orElse(List.of());
  }

  /** Shows this value and all below it. */
  default void each(Consumer<Tree> visitor) {
    visitor.accept(this);
    Collection<Tree> below =
        switch (this) {
          case Mapping mapping -> mapping.entries.values().stream().map(Entry::value).toList();
          case Listing listing -> listing.items;
          case Scalar scalar -> List.of();
        };
    below.forEach(tree -> tree.each(visitor));
  }
}
