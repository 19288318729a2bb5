package dev.onboard.console.schema;

/**
 * What changed at one place from one version of a schema to another.
 *
 * @param field dotted, {@code []} for the items of a list and {@code *} for the values of a map;
 *     empty for the whole
 * @param what one sentence without its subject and full stop, such as "was added; it is optional"
 */
public record Change(String field, String what, Effect effect) {

  /** Whom a change breaks. */
  public enum Effect {
    NONE("compatible"),
    REFUSES_OLDER("consumers of the newer version refuse events of the older one"),
    REFUSES_NEWER("consumers of the older version refuse events of the newer one"),
    REFUSES_BOTH("consumers of either version refuse events of the other"),
    UNKNOWN("what it means for consumers cannot be told");

    private final String words;

    Effect(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }

    static Effect of(boolean olderPasses, boolean newerPasses) {
      if (olderPasses) {
        return newerPasses ? NONE : REFUSES_NEWER;
      }
      return newerPasses ? REFUSES_OLDER : REFUSES_BOTH;
    }

    /** What two changes mean together. */
    public Effect and(Effect other) {
      if (this == other || other == NONE) {
        return this;
      } else if (this == NONE) {
        return other;
      }
      return this == UNKNOWN || other == UNKNOWN
          ? (this == REFUSES_BOTH || other == REFUSES_BOTH ? REFUSES_BOTH : UNKNOWN)
          : REFUSES_BOTH;
    }
  }
}
