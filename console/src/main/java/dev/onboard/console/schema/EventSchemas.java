package dev.onboard.console.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.RegistrySummary;
import software.amazon.awssdk.services.schemas.model.SchemaSummary;

/** The schemas that are registered for events, by the events that they are for. */
public final class EventSchemas {
  private final SchemasClient schemas;

  public EventSchemas(SchemasClient schemas) {
    this.schemas = schemas;
  }

  /** A schema in its registry. */
  public record Place(String registry, String schema) {}

  /**
   * The schemas for events of a kind, by their names: {@code source@detail-type}, with or without a
   * major version behind it, and without what a name may not have in it.
   */
  public List<Place> of(String source, String detailType) {
    String prefix = source.replaceAll("[^.\\-_A-Za-z0-9@]", "-") + '@';
    var found = new ArrayList<Place>();
    for (RegistrySummary registry : schemas.listRegistriesPaginator(r -> {}).registries()) {
      String name = registry.registryName();
      for (SchemaSummary schema :
          schemas
              .listSchemasPaginator(l -> l.registryName(name).schemaNamePrefix(prefix))
              .schemas()) {
        String type = EventSchema.detailType(schema.schemaName());
        if (relaxed(type).equals(relaxed(detailType))) {
          found.add(new Place(name, schema.schemaName()));
        }
      }
    }
    return found;
  }

  /** All schemas of all registries. */
  public List<Place> all() {
    var found = new ArrayList<Place>();
    for (RegistrySummary registry : schemas.listRegistriesPaginator(r -> {}).registries()) {
      String name = registry.registryName();
      schemas
          .listSchemasPaginator(l -> l.registryName(name))
          .schemas()
          .forEach(s -> found.add(new Place(name, s.schemaName())));
    }
    return found;
  }

  private static String relaxed(String detailType) {
    return detailType.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }
}
