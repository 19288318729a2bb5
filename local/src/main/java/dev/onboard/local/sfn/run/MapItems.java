package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.sfn.asl.Expression;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.QueryLanguage;
import dev.onboard.local.sfn.asl.Scope;
import dev.onboard.local.sfn.asl.Setting;
import dev.onboard.local.sfn.asl.State;
import dev.onboard.local.sfn.asl.StateError;

/**
 * The items of a map that stand in its input, and what becomes of an item before it is worked on.
 */
final class MapItems {
  private MapItems() {}

  /** The items that the state names. */
  static ArrayNode of(State.MapState map, Scope scope) {
    Setting items = map.items();
    Scope within = scope.withData(map.common().data().effectiveInput(scope));
    JsonNode found = items == null ? within.data() : items.value().evaluate(within);
    if (found instanceof ArrayNode array) {
      return array;
    }
    if (map.common().language() == QueryLanguage.JSONATA) {
      throw items == null
          ? StateError.query(null, "Map state input must be an array but was: " + Json.text(found))
          : items.unexpectedType("array", found);
    }
    throw StateError.runtime(
        "Reference path \"" + (items == null ? "$" : items.source()) + "\" must point to array.");
  }

  /** What an iteration or a child works on: the item, or what the selector makes of it. */
  static JsonNode select(State.MapState map, Scope scope, int index, JsonNode item) {
    Expression selector = map.itemSelector();
    if (selector == null) {
      return item;
    }
    Scope within =
        scope
            .withData(map.common().data().effectiveInput(scope))
            .withContext(() -> {
              ObjectNode context = Json.object().setAll((ObjectNode) scope.context());
              context.set("Map", Context.map(new Frame.MapItem(index, item)));
              return context;
            });
    return selector.evaluate(within);
  }
}
