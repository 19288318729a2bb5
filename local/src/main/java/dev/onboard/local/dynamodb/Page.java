package dev.onboard.local.dynamodb;

import dev.onboard.local.dynamodb.expression.Condition;
import dev.onboard.local.dynamodb.expression.Evaluator;
import dev.onboard.local.dynamodb.value.Limits;
import dev.onboard.local.dynamodb.value.Values;
import dev.onboard.local.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A page of a query or scan: the items that pass the filter of those that were looked at, which are
 * at most as many as the limit says and 1 MB.
 *
 * @param scanned how many items were looked at
 * @param bytes the size of what was looked at
 * @param last the key of the last item looked at; null if there are no more items
 */
record Page(
    List<Map<String, AttributeValue>> items,
    int scanned,
    long bytes,
    @Nullable Map<String, AttributeValue> last) {

  /**
   * Reads a page.
   *
   * @param part what is looked at at all: the segment of a parallel scan
   */
  static Page read(
      Tx tx,
      Rows rows,
      @Nullable Map<String, AttributeValue> after,
      @Nullable Integer limit,
      @Nullable Condition filter,
      Predicate<Map<String, AttributeValue>> part) {
    int most = limit == null ? Integer.MAX_VALUE : limit;
    var reading = new Reading(rows, most, filter, part);
    rows.each(tx, after, most, reading::take);
    return new Page(
        reading.items, reading.scanned, reading.bytes, reading.full ? reading.last : null);
  }

  private static final class Reading {
    private final Rows rows;
    private final int most;
    private final @Nullable Condition filter;
    private final Predicate<Map<String, AttributeValue>> part;
    private final List<Map<String, AttributeValue>> items = new ArrayList<>();
    private int scanned;
    private long bytes;
    private boolean full;
    private @Nullable Map<String, AttributeValue> last;

    Reading(
        Rows rows,
        int most,
        @Nullable Condition filter,
        Predicate<Map<String, AttributeValue>> part) {
      this.rows = rows;
      this.most = most;
      this.filter = filter;
      this.part = part;
    }

    boolean take(Stored row) {
      if (!part.test(row.item())) {
        return true;
      }
      Index index = rows.index();
      boolean whole = index == null || index.projected() == null;
      Map<String, AttributeValue> item = whole ? row.item() : index.of(row.item());
      scanned++;
      bytes += whole ? row.size() : Values.size(item);
      if (filter == null || Evaluator.holds(filter, item)) {
        items.add(row.item());
      }
      full = scanned >= most || bytes >= Limits.PAGE_BYTES;
      if (full) {
        last = rows.table().keys().attributesOf(row.item(), index == null ? null : index.keys());
      }
      return !full;
    }
  }
}
