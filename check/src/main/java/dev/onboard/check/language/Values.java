package dev.onboard.check.language;

import java.util.Optional;

/**
 * What a field of an event may hold: nothing, null, a boolean, some numbers, some texts.
 *
 * @param absent whether the field may be missing
 * @param exact whether the set is just this; else it is at most this, because part of it could not
 *     be told
 */
public record Values(
    boolean absent,
    boolean nothing,
    boolean yes,
    boolean no,
    Numbers numbers,
    Language texts,
    boolean exact) {

  public static Values none() {
    return new Values(false, false, false, false, Numbers.none(), Language.none(), true);
  }

  /** Everything, absence included. */
  public static Values any() {
    return new Values(true, true, true, true, Numbers.any(), Language.any(), true);
  }

  /** Everything as far as is known. */
  public static Values unknown() {
    return any().inexact();
  }

  public static Values missing() {
    return new Values(true, false, false, false, Numbers.none(), Language.none(), true);
  }

  /** Any value that is there. */
  public static Values present() {
    return missing().not();
  }

  public static Values ofNull() {
    return new Values(false, true, false, false, Numbers.none(), Language.none(), true);
  }

  public static Values of(boolean value) {
    return new Values(false, false, value, !value, Numbers.none(), Language.none(), true);
  }

  public static Values of(Numbers numbers) {
    return new Values(false, false, false, false, numbers, Language.none(), true);
  }

  public static Values of(Language texts) {
    return new Values(false, false, false, false, Numbers.none(), texts, true);
  }

  public Values inexact() {
    return new Values(absent, nothing, yes, no, numbers, texts, false);
  }

  public Values withoutAbsence() {
    return new Values(false, nothing, yes, no, numbers, texts, exact);
  }

  public Values or(Values that) {
    return new Values(
        absent || that.absent,
        nothing || that.nothing,
        yes || that.yes,
        no || that.no,
        numbers.or(that.numbers),
        texts.or(that.texts),
        exact && that.exact);
  }

  public Values and(Values that) {
    return new Values(
        absent && that.absent,
        nothing && that.nothing,
        yes && that.yes,
        no && that.no,
        numbers.and(that.numbers),
        texts.and(that.texts),
        exact && that.exact);
  }

  /** Everything else; of a set that is not exact, everything, for nothing is known to be in it. */
  public Values not() {
    if (!exact) {
      return unknown();
    }
    return new Values(!absent, !nothing, !yes, !no, numbers.not(), texts.not(), true);
  }

  public boolean isEmpty() {
    return !absent && !nothing && !yes && !no && numbers.isEmpty() && texts.isEmpty();
  }

  public boolean meets(Values that) {
    return !and(that).isEmpty();
  }

  /** One of the values as JSON, or {@code (absent)}. */
  public Optional<String> example() {
    Optional<String> text = texts.example();
    if (text.isPresent()) {
      return Optional.of('"' + text.get().replace("\\", "\\\\").replace("\"", "\\\"") + '"');
    } else if (numbers.example().isPresent()) {
      return Optional.of(numbers.example().get().toPlainString());
    } else if (absent) {
      return Optional.of("(absent)");
    } else if (yes || no) {
      return Optional.of(String.valueOf(yes));
    }
    return nothing ? Optional.of("null") : Optional.empty();
  }

  /** What kinds of values these are, for a message. */
  public String kinds() {
    var kinds = new java.util.ArrayList<String>();
    if (!texts.isEmpty()) {
      kinds.add("a string");
    }
    if (!numbers.isEmpty()) {
      kinds.add("a number");
    }
    if (yes || no) {
      kinds.add("a boolean");
    }
    if (nothing) {
      kinds.add("null");
    }
    if (absent) {
      kinds.add("absent");
    }
    return String.join(" or ", kinds);
  }
}
