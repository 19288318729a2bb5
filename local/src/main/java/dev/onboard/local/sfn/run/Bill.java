package dev.onboard.local.sfn.run;

import dev.onboard.local.usage.Meter;
import dev.onboard.local.usage.Usage;
import java.time.Duration;

/**
 * Counts what AWS bills of an execution. Of a Standard one it is the transitions: its start, each
 * state that is entered, each retry, each child of a distributed map, and its end, as in the
 * example on AWS's page. Of an Express one it is the execution and its time, by tenths of a second,
 * in memory by 64 MB, of which a workflow of usual size takes one lot.
 *
 * @see <a href="https://aws.amazon.com/step-functions/pricing/">Step Functions pricing</a>
 */
final class Bill {
  private static final int ROUNDED_TO = 100;
  private static final double GIGABYTES = 64 / 1024.0;
  private static final double MILLIS = 1000.0;

  private final Meter meter;
  private final String machine;
  private final boolean express;

  Bill(Meter meter, String machine, boolean express) {
    this.meter = meter;
    this.machine = machine;
    this.express = express;
  }

  /** Something that a Standard execution pays. */
  void transition() {
    if (!express) {
      meter.add(Usage.STATE_TRANSITIONS, machine, 1);
    }
  }

  /** The end of an execution. */
  void ended(Duration after) {
    transition();
    if (express) {
      long millis = Math.max(1, Math.ceilDiv(after.toMillis(), ROUNDED_TO)) * ROUNDED_TO;
      meter.add(Usage.EXPRESS_REQUESTS, machine, 1);
      meter.add(Usage.EXPRESS_DURATION, machine, millis / MILLIS * GIGABYTES);
    }
  }
}
