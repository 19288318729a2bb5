package dev.onboard.cli;

import dev.onboard.console.schema.EventSchema;
import dev.onboard.patterns.Spelling;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The names of a registry's schemas, and which of them is meant by that of an event. */
record SchemaNames(String registry, List<String> all) {
  private static final int MOST_LISTED = 20;

  /** The schema that is meant: of the newest major version, if there are several. */
  Optional<String> meant(String asked) {
    List<String> found = all.stream().filter(n -> isMeant(n, asked)).toList();
    List<String> sources = found.stream().map(SchemaNames::source).distinct().toList();
    if (sources.contains("") && sources.size() > 1) {
      throw new Failure(asked + " may be " + String.join(" or ", found) + "; say which");
    } else if (sources.size() > 1) {
      throw new Failure(
          asked + " is published by " + String.join(" and ", sources) + "; say SOURCE@" + asked);
    }
    return found.stream().max(Comparator.comparing(SchemaNames::major));
  }

  /** Empty for the schema of no event. */
  private static String source(String name) {
    return name.substring(0, Math.max(0, name.indexOf('@')));
  }

  private static boolean isMeant(String name, String asked) {
    String plain = name.replaceFirst("-v\\d+$", "");
    return name.equals(asked)
        || plain.equals(asked)
        || EventSchema.detailType(name).equals(asked)
        || name.substring(name.indexOf('@') + 1).equals(asked);
  }

  static int major(String name) {
    String version = name.replaceFirst("^.*-v(\\d{1,9})$", "$1");
    return version.equals(name) ? 0 : Integer.parseInt(version);
  }

  /** That none is meant, and which may have been. */
  Failure unknown(String asked) {
    List<String> names =
        asked.contains("@") ? all : all.stream().map(EventSchema::detailType).distinct().toList();
    return new Failure(
        "the registry "
            + registry
            + " has no schema for "
            + asked
            + nearest(asked, names, "it has"));
  }

  /**
   * The name that was most likely meant, else those that there are.
   *
   * @param there what to say before those, such as "it has"
   */
  static String nearest(String asked, List<String> names, String there) {
    return Spelling.nearest(asked, names)
        .map(n -> "; did you mean " + n + "?")
        .orElse("; " + there + " " + (names.isEmpty() ? "none" : listed(names)));
  }

  /** The first of them, and how many more there are. */
  static String listed(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(names.size(), MOST_LISTED)))
        + (names.size() > MOST_LISTED ? " and " + (names.size() - MOST_LISTED) + " more" : "");
  }
}
