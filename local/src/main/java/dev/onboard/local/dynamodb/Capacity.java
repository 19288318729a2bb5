package dev.onboard.local.dynamodb;

import dev.onboard.local.dynamodb.expression.Updater;
import dev.onboard.local.dynamodb.value.Limits;
import dev.onboard.local.dynamodb.value.Values;
import dev.onboard.local.usage.Meter;
import dev.onboard.local.usage.Usage;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DuplicateItemException;

/**
 * The capacity that one call consumes, by <a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/capacity-mode.html">AWS's
 * rules</a>: a read unit is 4 KB strongly consistent or twice as much eventually consistent, a
 * write unit is 1 KB of the larger of the item before and after, and transactions cost double.
 */
final class Capacity {
  private final Meter meter;
  private final String mode;
  private final boolean transactional;
  private final Map<String, Units> tables = new LinkedHashMap<>();

  /**
   * Begins to count.
   *
   * @param meter counts it whether the call answers it or not
   * @param mode the request's ReturnConsumedCapacity
   */
  Capacity(Meter meter, @Nullable String mode, boolean transactional) {
    this.meter = meter;
    this.mode = mode == null ? "NONE" : mode;
    this.transactional = transactional;
  }

  /** Whether the call has to answer what it consumed. */
  boolean isWanted() {
    return !mode.equals("NONE");
  }

  void read(Table table, @Nullable Index index, long bytes, boolean consistent) {
    double units = Math.max(1, Math.ceilDiv(bytes, Limits.CAPACITY_READ_UNIT));
    add(table, index, units * (transactional ? 2 : consistent ? 1 : 0.5), false);
  }

  /** Does something to an item; what its condition refuses costs as if it had been done. */
  WriteAction.Outcome apply(WriteAction action, Items items) {
    try {
      WriteAction.Outcome outcome = action.apply(items);
      write(action.table(), outcome);
      return outcome;
    } catch (ConditionalCheckFailedException | DuplicateItemException e) {
      Stored there = items.find(action.table(), action.key());
      meter.add(
          Usage.WRITE_UNITS,
          action.table().name(),
          factor() * writeUnits(there == null ? 0 : there.size()));
      throw e;
    }
  }

  private void write(Table table, WriteAction.Outcome outcome) {
    Stored before = outcome.before();
    Stored after = outcome.after();
    int size = Math.max(before == null ? 0 : before.size(), after == null ? 0 : after.size());
    add(table, null, factor() * writeUnits(size), true);
    if (before != after) {
      for (Index index : table.indexes()) {
        double units = indexUnits(index, before, after);
        if (units > 0) {
          add(table, index, factor() * units, true);
        }
      }
    }
  }

  private int factor() {
    return transactional ? 2 : 1;
  }

  private void add(Table table, @Nullable Index index, double units, boolean write) {
    meter.add(write ? Usage.WRITE_UNITS : Usage.READ_UNITS, table.name(), units);
    if (isWanted()) {
      tables.computeIfAbsent(table.name(), _ -> new Units()).add(index, units, write);
    }
  }

  private static double indexUnits(Index index, @Nullable Stored before, @Nullable Stored after) {
    var old = held(index, before);
    var now = held(index, after);
    if (old == null && now == null) {
      return 0;
    } else if (old == null) {
      return writeUnits(Values.size(now));
    } else if (now == null) {
      return writeUnits(Values.size(old));
    }
    // An entry whose key changes is deleted and put; one whose attributes change is put.
    if (!index.keys().encode(old).equals(index.keys().encode(now))) {
      return writeUnits(Values.size(old)) + writeUnits(Values.size(now));
    }
    Set<String> names = new HashSet<>(old.keySet());
    names.addAll(now.keySet());
    return names.stream().allMatch(n -> Updater.same(old.get(n), now.get(n)))
        ? 0
        : writeUnits(Math.max(Values.size(old), Values.size(now)));
  }

  private static @Nullable Map<String, AttributeValue> held(Index index, @Nullable Stored item) {
    return item != null && index.keys().isIn(item.item()) ? index.of(item.item()) : null;
  }

  private static double writeUnits(int bytes) {
    return Math.max(1, Math.ceilDiv(bytes, Limits.CAPACITY_WRITE_UNIT));
  }

  /** Of every table of the call; null if the request does not ask. */
  @Nullable List<ConsumedCapacity> all() {
    return isWanted()
        ? tables.entrySet().stream().map(e -> e.getValue().answer(e.getKey(), this)).toList()
        : null;
  }

  /** Of the call's one table; null if the request does not ask. */
  @Nullable ConsumedCapacity one() {
    List<ConsumedCapacity> all = all();
    return all == null || all.isEmpty() ? null : all.getFirst();
  }

  /** The units of one table. */
  private static final class Units {
    private double table;
    private double written;
    private double total;
    private final Map<String, Double> local = new LinkedHashMap<>();
    private final Map<String, Double> global = new LinkedHashMap<>();

    void add(@Nullable Index index, double units, boolean write) {
      total += units;
      written += write ? units : 0;
      if (index == null) {
        table += units;
      } else {
        (index.global() ? global : local).merge(index.name(), units, Double::sum);
      }
    }

    ConsumedCapacity answer(String name, Capacity of) {
      var answer = ConsumedCapacity.builder().tableName(name).capacityUnits(total);
      if (of.transactional) {
        if (written > 0) {
          answer.writeCapacityUnits(written);
        } else {
          answer.readCapacityUnits(total);
        }
      }
      if (of.mode.equals("INDEXES")) {
        answer.table(t -> t.capacityUnits(table));
        if (!local.isEmpty()) {
          answer.localSecondaryIndexes(units(local));
        }
        if (!global.isEmpty()) {
          answer.globalSecondaryIndexes(units(global));
        }
      }
      return answer.build();
    }

    private static Map<String, software.amazon.awssdk.services.dynamodb.model.Capacity> units(
        Map<String, Double> units) {
      var answer =
          new LinkedHashMap<String, software.amazon.awssdk.services.dynamodb.model.Capacity>();
      units.forEach((name, of) ->
          answer.put(
              name,
              software.amazon.awssdk.services.dynamodb.model.Capacity.builder()
                  .capacityUnits(of)
                  .build()));
      return answer;
    }
  }
}
