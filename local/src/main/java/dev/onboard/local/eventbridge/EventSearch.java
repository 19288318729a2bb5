package dev.onboard.local.eventbridge;

import dev.onboard.local.eventbridge.AcceptedEvents.Found;
import dev.onboard.local.store.PackedTexts;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A search in the trail: through the blocks of texts first, as few of them have what is wanted. */
final class EventSearch {
  /** So many blocks are looked through at a time. */
  private static final int BLOCKS = 500;

  private static final String MATCHING =
      " e.seq < ? AND e.ingested BETWEEN ? AND ? AND (? IS NULL OR e.bus = ?) ORDER BY e.seq DESC";

  private final Tx tx;
  private final BusTrail.Search search;
  private final byte[] wanted;

  EventSearch(Tx tx, BusTrail.Search search) {
    this.tx = tx;
    this.search = search;
    this.wanted = search.text().getBytes(StandardCharsets.UTF_8);
  }

  /** The newest events that are looked for, newest first. */
  List<Found> newest(int limit) {
    if (search.text().isEmpty()) {
      return AcceptedEvents.list(
          tx,
          "WHERE" + MATCHING + " LIMIT ?",
          search.before(),
          search.since(),
          search.until(),
          search.bus(),
          search.bus(),
          limit);
    }
    long oldest =
        tx.number("SELECT min(seq) FROM events_event WHERE ingested >= ?", search.since());
    var found = new TreeMap<Long, Found>(Comparator.reverseOrder());
    long from = Long.MAX_VALUE;
    while (true) {
      List<Block> blocks = blocks(from, oldest);
      for (Block block : blocks) {
        // Blocks of writes at the same time overlap, so the next one may have newer events.
        while (found.size() > limit) {
          found.pollLastEntry();
        }
        if (found.size() == limit && block.number < found.lastKey()) {
          return List.copyOf(found.values());
        }
        if (block.mayContain(wanted)) {
          in(block).forEach(f -> found.put(f.event().seq(), f));
        }
      }
      if (blocks.isEmpty()) {
        return found.values().stream().limit(limit).toList();
      }
      from = blocks.getLast().number;
    }
  }

  /** The next blocks that may have the text; what is not packed, the store itself looks through. */
  private List<Block> blocks(long from, long oldest) {
    return tx.list(
        "SELECT number, first, form, CASE form WHEN ?1 THEN body END AS body"
            + " FROM events_block WHERE number < ?2 AND number >= ?3 AND first < ?4"
            + " AND (form = ?1 OR instr(body, ?5) > 0) ORDER BY number DESC LIMIT ?6",
        Block::of,
        PackedTexts.Form.DEFLATED.ordinal(),
        from,
        oldest,
        search.before(),
        wanted,
        BLOCKS);
  }

  private List<Found> in(Block block) {
    return AcceptedEvents.list(
            tx,
            "WHERE e.seq BETWEEN ? AND ? AND e.block = ? AND" + MATCHING,
            block.first,
            block.number,
            block.number,
            search.before(),
            search.since(),
            search.until(),
            search.bus(),
            search.bus())
        .stream()
        .filter(f -> f.event().json().contains(search.text()))
        .toList();
  }

  /**
   * A block that may have a text in it.
   *
   * @param packed null if it has
   */
  private record Block(long number, long first, @Nullable PackedTexts packed) {
    static Block of(Row row) {
      return new Block(
          row.number("number"),
          row.number("first"),
          row.isNull("body") ? null : PackedTexts.of(row));
    }

    boolean mayContain(byte[] text) {
      return packed == null || packed.contains(text);
    }
  }
}
