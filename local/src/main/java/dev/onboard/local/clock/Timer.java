package dev.onboard.local.clock;

import java.time.Instant;

/** A task that is due at a time. */
public final class Timer implements Comparable<Timer> {
  private final LocalClock clock;
  private final Instant due;
  private final long sequence;
  private final Runnable task;

  Timer(LocalClock clock, Instant due, long sequence, Runnable task) {
    this.clock = clock;
    this.due = due;
    this.sequence = sequence;
    this.task = task;
  }

  public Instant due() {
    return due;
  }

  Runnable task() {
    return task;
  }

  /** Takes the task back; answers false if it has begun already. */
  public boolean cancel() {
    return clock.cancel(this);
  }

  @Override
  public int compareTo(Timer other) {
    int byTime = due.compareTo(other.due);
    return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
  }
}
