package dev.onboard.local.dynamodb.expression;

import dev.onboard.local.dynamodb.expression.Update.Assignment;
import dev.onboard.local.dynamodb.expression.Update.Change;
import dev.onboard.local.dynamodb.expression.Update.Term;
import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.dynamodb.value.Num;
import dev.onboard.local.dynamodb.value.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Bound updates done to an item. Whatever an update reads, it reads of the item as it was; list
 * indexes are those of the lists as they were.
 */
public final class Updater {
  private final Map<String, AttributeValue> before;
  private final Map<String, AttributeValue> after;

  private Updater(Map<String, AttributeValue> before) {
    this.before = before;
    this.after = new LinkedHashMap<>(before);
  }

  /** The item after the update; the one given stays as it is. */
  public static Map<String, AttributeValue> apply(Update update, Map<String, AttributeValue> item) {
    var updater = new Updater(item);
    updater.run(update);
    return updater.after;
  }

  private void run(Update update) {
    List<AttributeValue> assigned = update.sets().stream().map(s -> value(s.term())).toList();
    var sets = new ArrayList<Map.Entry<Path, AttributeValue>>();
    for (int i = 0; i < assigned.size(); i++) {
      Assignment set = update.sets().get(i);
      sets.add(Map.entry(set.path(), assigned.get(i)));
    }
    // What is set past the end of a list is appended: the lower index first.
    sets.sort(Map.Entry.comparingByKey(Updater::byIndex));
    sets.forEach(set -> put(set.getKey(), set.getValue()));
    for (Change add : update.adds()) {
      put(add.path(), added(add.path().in(before), literal(add)));
    }
    for (Change delete : update.deletes()) {
      put(delete.path(), deleted(delete.path().in(before), literal(delete)));
    }
    // Removing from the end of a list leaves the lower indexes what they were.
    update.removes().stream()
        .sorted(((Comparator<Path>) Updater::byIndex).reversed())
        .forEach(path -> put(path, null));
  }

  private static int byIndex(Path a, Path b) {
    int common = Math.min(a.steps().size(), b.steps().size());
    for (int i = 0; i < common; i++) {
      if (a.steps().get(i) instanceof Step.Index(int left)
          && b.steps().get(i) instanceof Step.Index(int right)) {
        if (left != right) {
          return Integer.compare(left, right);
        }
      } else {
        int order = a.steps().get(i).toString().compareTo(b.steps().get(i).toString());
        if (order != 0) {
          return order;
        }
      }
    }
    return 0;
  }

  private static AttributeValue literal(Change change) {
    return ((Operand.Literal) change.value()).value();
  }

  private AttributeValue value(Term term) {
    return switch (term) {
      case Term.Of(Operand operand) -> {
        AttributeValue value = Evaluator.value(operand, before);
        if (value == null) {
          throw DynamoErrors.validation(
              "The provided expression refers to an attribute that does not exist in the item");
        }
        yield value;
      }
      case Term.Sum(Term left, Term right) ->
          AttributeValue.fromN(Num.add(number(left), number(right)));
      case Term.Difference(Term left, Term right) ->
          AttributeValue.fromN(Num.subtract(number(left), number(right)));
      case Term.IfNotExists(Path path, Term otherwise) -> {
        AttributeValue value = path.in(before);
        yield value == null ? value(otherwise) : value;
      }
      case Term.ListAppend(Term left, Term right) -> {
        var list = new ArrayList<>(list(left));
        list.addAll(list(right));
        yield AttributeValue.fromL(list);
      }
    };
  }

  private String number(Term term) {
    AttributeValue value = value(term);
    if (value.n() == null) {
      throw wrongType();
    }
    return value.n();
  }

  private List<AttributeValue> list(Term term) {
    AttributeValue value = value(term);
    if (!value.hasL()) {
      throw wrongType();
    }
    return value.l();
  }

  private static AwsServiceException wrongType() {
    return DynamoErrors.validation(
        "An operand in the update expression has an incorrect data type");
  }

  private static AttributeValue added(@Nullable AttributeValue old, AttributeValue more) {
    if (old == null) {
      return more;
    }
    if (old.type() != more.type()) {
      throw wrongType();
    }
    return switch (more.type()) {
      case N -> AttributeValue.fromN(Num.add(old.n(), more.n()));
      case SS -> AttributeValue.fromSs(union(old.ss(), more.ss()));
      case NS -> AttributeValue.fromNs(union(old.ns(), more.ns()));
      case BS -> AttributeValue.fromBs(union(old.bs(), more.bs()));
      default -> throw wrongType();
    };
  }

  private static <T> List<T> union(List<T> old, List<T> more) {
    Set<T> elements = new LinkedHashSet<>(old);
    elements.addAll(more);
    return List.copyOf(elements);
  }

  private static @Nullable AttributeValue deleted(
      @Nullable AttributeValue old, AttributeValue fewer) {
    if (old == null) {
      return null;
    }
    if (old.type() != fewer.type()) {
      throw wrongType();
    }
    return switch (fewer.type()) {
      case SS -> {
        List<String> left = difference(old.ss(), fewer.ss());
        yield left.isEmpty() ? null : AttributeValue.fromSs(left);
      }
      case NS -> {
        List<String> left = difference(old.ns(), fewer.ns());
        yield left.isEmpty() ? null : AttributeValue.fromNs(left);
      }
      case BS -> {
        List<SdkBytes> left = difference(old.bs(), fewer.bs());
        yield left.isEmpty() ? null : AttributeValue.fromBs(left);
      }
      default -> throw wrongType();
    };
  }

  private static <T> List<T> difference(List<T> old, List<T> fewer) {
    var gone = new HashSet<>(fewer);
    return old.stream().filter(e -> !gone.contains(e)).toList();
  }

  /** Puts a value at a path, or removes what is there. */
  private void put(Path path, @Nullable AttributeValue value) {
    String head = path.head();
    if (path.isNested()) {
      after.put(head, within(after.get(head), path.steps(), 1, value));
    } else if (value == null) {
      after.remove(head);
    } else {
      after.put(head, value);
    }
  }

  private static AttributeValue within(
      @Nullable AttributeValue parent, List<Step> steps, int at, @Nullable AttributeValue value) {
    boolean last = at == steps.size() - 1;
    if (parent != null && parent.hasM() && steps.get(at) instanceof Step.Name(String name)) {
      var map = new LinkedHashMap<>(parent.m());
      AttributeValue child = last ? value : within(map.get(name), steps, at + 1, value);
      if (child == null) {
        map.remove(name);
      } else {
        map.put(name, child);
      }
      return AttributeValue.fromM(map);
    }
    if (parent != null && parent.hasL() && steps.get(at) instanceof Step.Index(int index)) {
      var list = new ArrayList<>(parent.l());
      boolean there = index < list.size();
      AttributeValue child =
          last ? value : within(there ? list.get(index) : null, steps, at + 1, value);
      if (child == null && there) {
        list.remove(index);
      } else if (child != null && there) {
        list.set(index, child);
      } else if (child != null) {
        list.add(child);
      }
      return AttributeValue.fromL(list);
    }
    throw DynamoErrors.validation(
        "The document path provided in the update expression is invalid for update");
  }

  /** The parts of an item that an update names: what UPDATED_OLD and UPDATED_NEW answer. */
  public static Map<String, AttributeValue> touched(
      Update update, Map<String, AttributeValue> item) {
    return new Projection(update.paths()).of(item);
  }

  /** Whether two values are the same to an index. */
  public static boolean same(@Nullable AttributeValue a, @Nullable AttributeValue b) {
    return a == null || b == null ? a == b : Values.equal(a, b);
  }
}
