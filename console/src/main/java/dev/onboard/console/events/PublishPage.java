package dev.onboard.console.events;

import dev.onboard.console.web.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A form for a new event.
 *
 * @param kinds the schemas to choose from, as {@code registry/schema}
 * @param kind the one that is chosen; empty for an event of any kind
 * @param schema the way to it
 * @param fields those of the detail, if the schema says them
 * @param json the detail as JSON, if it is given so
 * @param turn how else the detail can be given: {@code json} or {@code fields}
 * @param problems what is wrong that stands at no field
 * @param mayForce whether it may be published in spite of what is wrong
 */
public record PublishPage(
    List<String> kinds,
    String kind,
    @Nullable Link schema,
    String version,
    List<String> buses,
    String bus,
    String source,
    String detailType,
    List<Field> fields,
    @Nullable String json,
    @Nullable String turn,
    List<String> problems,
    boolean mayForce) {

  /** Whether the schema says what it is, so that nobody has to. */
  public boolean isOfSchema() {
    return !kind.isEmpty();
  }
}
