package dev.onboard.local.call;

/** One step that every call passes, in the same order; it may refuse, or go on to the next. */
@FunctionalInterface
public interface Step {
  Object pass(Call call, Next next);

  /** The rest of the way. */
  @FunctionalInterface
  interface Next {
    Object go(Call call);
  }
}
