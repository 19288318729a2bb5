package dev.onboard.check.event;

import dev.onboard.check.language.Values;

/** What the events of some kind look like. */
@FunctionalInterface
public interface Shape {
  /**
   * What a field may hold.
   *
   * @param path the names that lead to it from the whole event, with dots between them
   */
  Values at(String path);

  /** The events that are of this shape and of another. */
  default Shape and(Shape that) {
    return path -> at(path).and(that.at(path));
  }
}
