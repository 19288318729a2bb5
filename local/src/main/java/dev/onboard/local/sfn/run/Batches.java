package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.sfn.Limits;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.Payload;
import dev.onboard.local.sfn.asl.StateError;
import dev.onboard.local.usage.Chunks;
import java.io.IOException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The inputs of a distributed map's children: an item each, or a batch of them. */
final class Batches {
  private final ItemSource source;
  private final BiFunction<Integer, JsonNode, JsonNode> selector;
  private final @Nullable Settings settings;
  private int index;
  private @Nullable JsonNode left;

  /**
   * How items are put together.
   *
   * @param batchInput what every batch has beside its items, if anything
   */
  record Settings(long maxItems, long maxBytes, @Nullable JsonNode batchInput) {}

  /** The input of one child. */
  record Batch(Payload input, int items) {}

  /**
   * Prepares batches.
   *
   * @param selector makes of an item, by its index, what a child gets
   * @param settings {@code null} if every child gets one item
   */
  Batches(
      ItemSource source,
      BiFunction<Integer, JsonNode, JsonNode> selector,
      @Nullable Settings settings) {
    this.source = source;
    this.selector = selector;
    this.settings = settings;
  }

  /** Passes over items that children were started for before. */
  void skip(long items) {
    for (long i = 0; i < items; i++) {
      read();
      index++;
    }
  }

  /** The input of the next child, or {@code null} if there are no more items. */
  @Nullable Batch next() {
    JsonNode first = item();
    if (first == null) {
      return null;
    }
    return settings == null
        ? new Batch(within(Payload.of(first), Limits.PAYLOAD_BYTES), 1)
        : batch(first, settings);
  }

  private Batch batch(JsonNode first, Settings how) {
    var text = new StringBuilder("{");
    ObjectNode input = Json.object();
    if (how.batchInput != null) {
      text.append("\"BatchInput\":").append(Json.text(how.batchInput)).append(',');
      input.set("BatchInput", how.batchInput);
    }
    text.append("\"Items\":[");
    ArrayNode items = input.putArray("Items");
    long bytes = Chunks.bytes(text.toString()) + 2;
    long most = Math.min(how.maxBytes, Limits.PAYLOAD_BYTES);
    JsonNode item = first;
    while (item != null) {
      String itemText = Json.text(item);
      long more = Chunks.bytes(itemText) + (items.isEmpty() ? 0 : 1);
      if (bytes + more > most) {
        if (items.isEmpty()) {
          throw tooLarge(most);
        }
        left = item;
        break;
      }
      text.append(items.isEmpty() ? "" : ",").append(itemText);
      items.add(item);
      bytes += more;
      item = items.size() < how.maxItems ? item() : null;
    }
    return new Batch(Payload.of(input, text.append("]}").toString()), items.size());
  }

  private static Payload within(Payload input, int bytes) {
    if (input.exceeds(bytes)) {
      throw tooLarge(bytes);
    }
    return input;
  }

  private static StateError tooLarge(long bytes) {
    return StateError.of(
        ItemSources.FAILED, "An item exceeds the maximum input size of " + bytes + " bytes");
  }

  private @Nullable JsonNode item() {
    JsonNode kept = left;
    if (kept != null) {
      left = null;
      return kept;
    }
    JsonNode item = read();
    return item == null ? null : selector.apply(index++, item);
  }

  private @Nullable JsonNode read() {
    try {
      return source.next();
    } catch (IOException e) {
      throw StateError.of(ItemSources.FAILED, e.getMessage());
    }
  }
}
