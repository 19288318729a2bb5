package dev.onboard.local.dynamodb;

import dev.onboard.local.dynamodb.expression.Condition;
import dev.onboard.local.dynamodb.expression.Evaluator;
import dev.onboard.local.dynamodb.expression.Update;
import dev.onboard.local.dynamodb.expression.Updater;
import dev.onboard.local.dynamodb.value.DynamoErrors;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is done to one item if its condition holds, by whichever operation. */
sealed interface WriteAction {

  Table table();

  Key key();

  Terms terms();

  /** Does it. Nothing has been changed if it throws. */
  Outcome apply(Items items);

  /**
   * On what terms something is done.
   *
   * @param showsItem whether the error of a condition that fails shows the item
   */
  record Terms(@Nullable Condition condition, boolean showsItem) {
    static final Terms NONE = new Terms(null, false);

    boolean hold(Map<String, AttributeValue> item) {
      return condition == null || Evaluator.holds(condition, item);
    }

    void require(@Nullable Stored item) {
      if (!hold(item == null ? Map.of() : item.item())) {
        throw DynamoErrors.conditionFailed(showsItem && item != null ? item.item() : null);
      }
    }
  }

  /** An item before and after. */
  record Outcome(@Nullable Stored before, @Nullable Stored after) {}

  record Put(Table table, Key key, Stored item, Terms terms) implements WriteAction {

    /** The putting of an item that a request gives. */
    static Put of(Table table, Map<String, AttributeValue> item, Terms terms) {
      Key key = table.keys().keyOf(item);
      table.indexes().forEach(index -> index.requireFits(item, false));
      return new Put(table, key, Stored.of(item, false), terms);
    }

    @Override
    public Outcome apply(Items items) {
      // Most puts are of new items: then one statement does it all.
      if (terms.hold(Map.of()) && items.insert(table, key, item)) {
        return new Outcome(null, item);
      }
      Stored old = items.find(table, key);
      terms.require(old);
      if (old == null) {
        items.insert(table, key, item);
      } else {
        items.replace(table, key, old, item);
      }
      return new Outcome(old, item);
    }
  }

  /** The putting of an item where there must be none: the INSERT of statements. */
  record Insert(Table table, Key key, Stored item, Terms terms) implements WriteAction {
    @Override
    public Outcome apply(Items items) {
      if (!items.insert(table, key, item)) {
        throw DynamoErrors.duplicateItem();
      }
      return new Outcome(null, item);
    }
  }

  record Change(
      Table table, Key key, Map<String, AttributeValue> keyAttributes, Update update, Terms terms)
      implements WriteAction {
    @Override
    public Outcome apply(Items items) {
      Stored old = items.find(table, key);
      terms.require(old);
      Map<String, AttributeValue> changed =
          Updater.apply(update, old == null ? keyAttributes : old.item());
      if (!update.paths().isEmpty()) {
        table.indexes().forEach(index -> index.requireFits(changed, true));
      }
      Stored item = Stored.of(changed, true);
      if (old == null) {
        items.insert(table, key, item);
      } else {
        items.replace(table, key, old, item);
      }
      return new Outcome(old, item);
    }
  }

  record Delete(Table table, Key key, Terms terms) implements WriteAction {
    @Override
    public Outcome apply(Items items) {
      Stored old = items.find(table, key);
      terms.require(old);
      if (old != null) {
        items.remove(table, key, old);
      }
      return new Outcome(old, null);
    }
  }

  /** Only the condition. */
  record Check(Table table, Key key, Terms terms) implements WriteAction {
    @Override
    public Outcome apply(Items items) {
      Stored old = items.find(table, key);
      terms.require(old);
      return new Outcome(old, old);
    }
  }
}
