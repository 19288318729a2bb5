package dev.onboard.local.sfn.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The variables that a branch has assigned, within those of the branch around it. */
public final class Variables {
  private final @Nullable Variables outer;
  private final Map<String, JsonNode> own = new ConcurrentHashMap<>();
  private final Map<String, Object> converted = new ConcurrentHashMap<>();

  public Variables(@Nullable Variables outer) {
    this.outer = outer;
  }

  public @Nullable JsonNode get(String name) {
    JsonNode value = own.get(name);
    return value != null || outer == null ? value : outer.get(name);
  }

  /** Takes over what a state has assigned. */
  public void assign(ObjectNode values) {
    values
        .properties()
        .forEach(e -> {
          own.put(e.getKey(), e.getValue());
          converted.remove(e.getKey());
        });
  }

  /** Whether this branch itself has none. */
  public boolean isEmpty() {
    return own.isEmpty();
  }

  /** The variables of this branch alone, as they are kept in the store. */
  public String text() {
    ObjectNode all = Json.object();
    own.forEach(all::set);
    return Json.text(all);
  }

  /** The value as JSONata takes it; {@code null} if there is no such variable. */
  @Nullable Object converted(String name) {
    JsonNode value = own.get(name);
    if (value == null) {
      return outer == null ? null : outer.converted(name);
    }
    return converted.computeIfAbsent(name, n -> JsonataValues.from(value));
  }
}
