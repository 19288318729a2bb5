package dev.onboard.local.sfn.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.sfn.asl.Scope.Stage;

/**
 * The items of a map that stand in its input, and what becomes of an item before it is worked on.
 */
public final class MapItems {
  private MapItems() {}

  /** The items that the state names. */
  public static ArrayNode of(State.MapState map, Scope scope) {
    Setting items = map.items();
    Scope within = scope.withData(map.common().data().effectiveInput(scope));
    JsonNode found = items == null ? within.data() : items.value().evaluate(within);
    if (found instanceof ArrayNode array) {
      if (map.common().language() == QueryLanguage.JSON_PATH) {
        scope.see(Stage.AFTER_ITEMS_PATH, array);
      }
      return array;
    }
    if (map.common().language() == QueryLanguage.JSONATA) {
      throw items == null
          ? StateError.query(null, "Map state input must be an array but was: " + Json.text(found))
          : items.unexpectedType("array", found);
    }
    // Of a path into the context object Step Functions drops the first sign.
    String path = items == null ? "$" : items.source();
    throw StateError.runtime(
        "Reference path \""
            + (path.startsWith("$$") ? path.substring(1) : path)
            + "\" must point to array.");
  }

  /** What an iteration or a child works on: the item, or what the selector makes of it. */
  public static JsonNode select(State.MapState map, Scope scope, int index, JsonNode item) {
    Expression selector = map.itemSelector();
    if (selector == null) {
      return item;
    }
    Scope within =
        scope
            .withData(map.common().data().effectiveInput(scope))
            .withContext(() -> {
              ObjectNode context = Json.object().setAll((ObjectNode) scope.context());
              context.set("Map", context(index, item));
              return context;
            });
    return selector.evaluate(within);
  }

  /** The part of the context object that tells of a map's item. */
  public static ObjectNode context(int index, JsonNode value) {
    ObjectNode map = Json.object();
    ObjectNode inner = map.putObject("Item").put("Index", index);
    inner.set("Value", value);
    return map;
  }
}
