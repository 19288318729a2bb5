package dev.onboard.schemas.generator;

import dev.onboard.schemas.generator.Shape.Closed;
import dev.onboard.schemas.generator.Shape.Each;
import dev.onboard.schemas.generator.Shape.Extra;
import dev.onboard.schemas.generator.Shape.Limit;
import dev.onboard.schemas.generator.Shape.Open;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** One direction of compatibility: what of a writer's values a reader would refuse. */
final class Reading {

  private final List<Gap> gaps = new ArrayList<>();

  private Reading() {}

  /** Where a value that fits {@code writer} need not fit {@code reader}. */
  static List<Gap> gaps(Shape reader, Shape writer) {
    Reading reading = new Reading();
    reading.compare("", reader, writer);
    return reading.gaps;
  }

  private void compare(String path, Shape reader, Shape writer) {
    if (!writer.types().stream().allMatch(type -> takes(reader.types(), type))) {
      gaps.add(new Gap(path, Gap.TYPE));
      return; // what a string and a number each demand cannot be compared
    }
    if (!reader.values().isEmpty()
        && (writer.values().isEmpty() || !reader.values().containsAll(writer.values()))) {
      gaps.add(new Gap(path, Gap.ENUM));
    }
    for (Limit limit : Limit.values()) {
      check(
          path,
          limit.keyword,
          reader.limits().get(limit),
          writer.limits().get(limit),
          limit::contains);
    }
    check(path, "pattern", reader.pattern(), writer.pattern(), Objects::equals);
    check(path, "format", reader.format(), writer.format(), Objects::equals);
    check(
        path,
        "multipleOf",
        reader.multipleOf(),
        writer.multipleOf(),
        (mine, theirs) -> theirs.remainder(mine).signum() == 0);
    if (reader.uniqueItems() && !writer.uniqueItems()) {
      gaps.add(new Gap(path, "uniqueItems"));
    }
    items(path, reader, writer);
    properties(path, reader, writer);
    extra(path, reader.extra(), writer.extra());
  }

  private static boolean takes(Set<String> types, String type) {
    return types.contains(type) || (type.equals("integer") && types.contains("number"));
  }

  private <T> void check(
      String path,
      String keyword,
      @Nullable T reader,
      @Nullable T writer,
      BiPredicate<T, T> contains) {
    if (reader != null && (writer == null || !contains.test(reader, writer))) {
      gaps.add(new Gap(path, keyword));
    }
  }

  private void items(String path, Shape reader, Shape writer) {
    if (reader.items() == null) {
      return;
    }
    if (writer.items() == null) {
      gaps.add(new Gap(path, "items"));
    } else {
      compare(path + "[]", reader.items(), writer.items());
    }
  }

  private void properties(String path, Shape reader, Shape writer) {
    for (String name : reader.required()) {
      if (!writer.properties().containsKey(name)) {
        gaps.add(new Gap(at(path, name), Gap.MISSING));
      } else if (!writer.required().contains(name)) {
        gaps.add(new Gap(at(path, name), Gap.REQUIRED));
      }
    }
    reader
        .properties()
        .forEach((name, shape) -> {
          Shape theirs = writer.properties().get(name);
          if (theirs != null) {
            compare(at(path, name), shape, theirs);
          } else if (writer.extra() instanceof Each each) {
            compare(at(path, name), shape, each.shape());
          }
        });
    writer
        .properties()
        .forEach((name, shape) -> {
          if (reader.properties().containsKey(name)) {
            return;
          }
          if (reader.extra() instanceof Each each) {
            compare(at(path, name), each.shape(), shape);
          } else if (reader.extra() instanceof Closed) {
            gaps.add(new Gap(at(path, name), Gap.UNKNOWN));
          }
        });
  }

  private void extra(String path, Extra reader, Extra writer) {
    if (reader instanceof Closed && !(writer instanceof Closed)) {
      gaps.add(new Gap(path, Gap.CLOSED));
    } else if (reader instanceof Each mine && writer instanceof Each theirs) {
      compare(at(path, "*"), mine.shape(), theirs.shape());
    } else if (reader instanceof Each && writer instanceof Open) {
      gaps.add(new Gap(path, "additionalProperties"));
    }
  }

  private static String at(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
