package dev.onboard.console.flow;

import java.util.Map;

/**
 * What happened on the map, by the ids of its parts.
 *
 * @param mails how many were sent
 */
record Activity(
    Map<String, Rule> rules,
    Map<String, Queue> queues,
    Map<String, Workflow> workflows,
    Map<String, Function> functions,
    long mails) {

  /** What a rule did in the time that is counted. */
  record Rule(long matched, long invoked, long failed, long deadLettered) {
    static final Rule NOTHING = new Rule(0, 0, 0, 0);

    /** What arrived. */
    long delivered() {
      return Math.max(0, invoked - failed);
    }
  }

  /** What is in a queue now. */
  record Queue(long waiting, long inFlight) {
    static final Queue EMPTY = new Queue(0, 0);

    long messages() {
      return waiting + inFlight;
    }
  }

  /**
   * The executions that began in the time that is counted, by how they stand.
   *
   * @param hasMore whether there were more than were looked at
   */
  record Workflow(long running, long succeeded, long failed, boolean hasMore) {
    static final Workflow NOTHING = new Workflow(0, 0, 0, false);
  }

  /**
   * Asynchronous invocations that wait for a function.
   *
   * @param failed how many of them have failed before
   */
  record Function(long waiting, long failed) {
    static final Function NOTHING = new Function(0, 0);
  }

  Rule rule(Part part) {
    return rules.getOrDefault(part.id(), Rule.NOTHING);
  }

  Queue queue(Part part) {
    return queues.getOrDefault(part.id(), Queue.EMPTY);
  }

  Workflow workflow(Part part) {
    return workflows.getOrDefault(part.id(), Workflow.NOTHING);
  }

  Function function(Part part) {
    return functions.getOrDefault(part.id(), Function.NOTHING);
  }
}
