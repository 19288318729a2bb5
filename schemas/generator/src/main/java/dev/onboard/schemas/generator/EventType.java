package dev.onboard.schemas.generator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A major version of an event: its minor versions, oldest first, and its examples.
 *
 * @param folder named in errors, relative to the catalogue's root
 */
record EventType(
    String folder,
    String source,
    String name,
    int major,
    List<Version> versions,
    List<Example> examples) {

  /** A minor version. */
  record Version(String file, int major, int minor, JsonNode schema, Shape shape) {
    String number() {
      return major + "." + minor;
    }
  }

  /**
   * An example, under the version that it was written for.
   *
   * @param valid whether it shows what is right; else every version must refuse it
   */
  record Example(String file, String text, boolean valid) {}

  Version newest() {
    return versions.get(versions.size() - 1);
  }

  /** The name of the schema in the registry. */
  String schemaName() {
    return source + "@" + name + "-v" + major;
  }
}
