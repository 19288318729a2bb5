package dev.onboard.console.schemas;

import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Link;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The registries and their schemas.
 *
 * @param search what the schemas shown contain
 * @param registry the only one that is shown
 */
public record SchemasPage(
    @Nullable String search,
    @Nullable String registry,
    List<Registry> registries,
    List<Discoverer> discoverers,
    List<String> busesWithoutDiscoverer) {

  public int count() {
    return registries.stream().mapToInt(r -> r.schemas().size()).sum();
  }

  /**
   * A registry.
   *
   * @param more where the next of its schemas are, if there are more
   */
  public record Registry(
      String name, String href, String description, List<Row> schemas, @Nullable String more) {}

  /**
   * A schema.
   *
   * @param versions how many there are, or which ones were found
   * @param modified null where the registry does not say it
   */
  public record Row(String name, String href, String versions, @Nullable Instant modified) {}

  /** What makes schemas of the events of a bus. */
  public record Discoverer(String id, Link bus, Badge state, boolean isStarted) {}
}
