package dev.onboard.local.eventbridge;

/** What is counted of one rule, or summed up over the rules of a bus or of the account. */
final class RuleCounts {
  long matched;
  long triggered;
  long created;
  long invocations;
  long attempts;
  long succeeded;
  long retried;
  long failed;
  long throttled;
  long looped;
  long deadLettered;
  long notDeadLettered;
  final Spread untilStart = new Spread();
  final Spread untilComplete = new Spread();
  final Spread untilSuccess = new Spread();

  /** Adds all but the events that matched, of which several rules have the same ones. */
  void add(RuleCounts rule) {
    triggered += rule.triggered;
    created += rule.created;
    invocations += rule.invocations;
    attempts += rule.attempts;
    succeeded += rule.succeeded;
    retried += rule.retried;
    failed += rule.failed;
    throttled += rule.throttled;
    looped += rule.looped;
    deadLettered += rule.deadLettered;
    notDeadLettered += rule.notDeadLettered;
    untilStart.add(rule.untilStart);
    untilComplete.add(rule.untilComplete);
    untilSuccess.add(rule.untilSuccess);
  }

  /** Number, sum and bounds of values. */
  static final class Spread {
    long count;
    double sum;
    double least = Double.MAX_VALUE;
    double most;

    void add(double value) {
      count++;
      sum += value;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }

    void add(Spread other) {
      count += other.count;
      sum += other.sum;
      least = Math.min(least, other.least);
      most = Math.max(most, other.most);
    }
  }
}
