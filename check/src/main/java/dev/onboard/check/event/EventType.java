package dev.onboard.check.event;

import dev.onboard.check.doc.Place;
import dev.onboard.check.language.Language;
import dev.onboard.check.language.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A type of event of which something is known.
 *
 * @param major its major version; empty if it has none
 * @param versions its minor versions, oldest first; none if only its name is known
 */
public record EventType(String source, String name, String major, List<Version> versions) {
  public EventType {
    versions = List.copyOf(versions);
  }

  /** A version of the detail's schema. */
  public record Version(Place place, JsonSchema schema) {}

  /** As it is called in a registry, such as {@code shop@OrderPlaced-v1}. */
  public String label() {
    return source + "@" + name + (major.isEmpty() ? "" : "-v" + major);
  }

  /** The shape of one version. */
  public Shape shape(Version version) {
    return path -> path.startsWith("detail.") ? field(version, path).values() : at(path);
  }

  /** The shape of all versions together. */
  public Shape shape() {
    return path ->
        path.startsWith("detail.") && !versions.isEmpty()
            ? versions.stream()
                .map(version -> field(version, path).values())
                .reduce(Values.none(), Values::or)
            : at(path);
  }

  /** What the newest version that describes a field says of it; if none does, the newest. */
  public Optional<JsonSchema.Field> field(String path) {
    List<JsonSchema.Field> fields =
        versions.reversed().stream().map(version -> field(version, path)).toList();
    Optional<JsonSchema.Field> described =
        fields.stream().filter(field -> field.undescribed().isEmpty()).findFirst();
    return described.or(() -> fields.stream().findFirst());
  }

  private static JsonSchema.Field field(Version version, String path) {
    List<String> names = Arrays.asList(path.split("\\."));
    return version.schema().field(names.subList(1, names.size()));
  }

  private Values at(String path) {
    return Envelope.of(Language.of(source), Language.of(name)).at(path);
  }
}
