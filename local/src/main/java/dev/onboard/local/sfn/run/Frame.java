package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.clock.Mailbox;
import dev.onboard.local.clock.Timer;
import dev.onboard.local.sfn.asl.Flow;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.Payload;
import dev.onboard.local.sfn.asl.StateError;
import dev.onboard.local.sfn.asl.Variables;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One branch of a running execution; its own thread alone changes it. */
final class Frame {
  private final Run run;
  private final @Nullable Frame parent;
  private final int id;
  private final int branch;
  private final Flow flow;
  private final Mailbox<Signal> mailbox;
  private final Variables variables;
  private @Nullable String variablesText;
  private final Map<Integer, Integer> retries = new TreeMap<>();
  private Position position;
  private long last;
  private Payload input;
  private @Nullable MapItem item;
  private @Nullable String taskToken;
  private @Nullable StateError failure;
  private long completion;
  private volatile boolean aborted;

  /** The item of a map that a branch works on, as the context object shows it. */
  record MapItem(int index, JsonNode value) {}

  Frame(Run run, @Nullable Frame parent, Flow flow, FrameRow row) {
    this.run = run;
    this.parent = parent;
    this.flow = flow;
    this.id = row.id();
    this.branch = row.branch();
    this.position = row.position();
    this.last = row.last();
    this.input = row.input();
    this.mailbox = new Mailbox<>(run.engine().env().clock());
    this.variables = new Variables(parent == null ? null : parent.variables);
    if (row.variables() != null) {
      variables.assign((ObjectNode) Json.read(row.variables()));
      variablesText = row.variables();
    }
    if (row.retries() != null) {
      Json.read(row.retries())
          .properties()
          .forEach(e -> retries.put(Integer.valueOf(e.getKey()), e.getValue().intValue()));
    }
  }

  /** A branch that begins. */
  static Frame begin(
      Run run, @Nullable Frame parent, int branch, Flow flow, Payload input, long last) {
    var row =
        new FrameRow(
            run.journal().newFrame(),
            parent == null ? 0 : parent.id,
            branch,
            Position.start(flow.startAt()),
            last,
            input,
            null,
            null);
    return new Frame(run, parent, flow, row);
  }

  Run run() {
    return run;
  }

  @Nullable Frame parent() {
    return parent;
  }

  int id() {
    return id;
  }

  int branch() {
    return branch;
  }

  Flow flow() {
    return flow;
  }

  Variables variables() {
    return variables;
  }

  Position position() {
    return position;
  }

  void position(Position next) {
    position = next;
  }

  /** The event that the next one follows. */
  long last() {
    return last;
  }

  void last(long event) {
    last = event;
  }

  Payload input() {
    return input;
  }

  void input(Payload next) {
    input = next;
  }

  @Nullable MapItem item() {
    return item;
  }

  void item(MapItem ofMap) {
    item = ofMap;
  }

  @Nullable String taskToken() {
    return taskToken;
  }

  void taskToken(@Nullable String token) {
    taskToken = token;
  }

  /** The error that the branch has ended with, if it has. */
  @Nullable StateError failure() {
    return failure;
  }

  void failure(StateError error) {
    failure = error;
  }

  /** The event that says that the branch, an iteration of a map, is over. */
  long completion() {
    return completion;
  }

  void completion(long event) {
    completion = event;
  }

  boolean isDone() {
    return position.phase() == Position.Phase.DONE;
  }

  void assign(@Nullable ObjectNode values) {
    if (values != null && !values.isEmpty()) {
      variables.assign(values);
      variablesText = variables.text();
    }
  }

  int retriesOf(int retrier) {
    return retries.getOrDefault(retrier, 0);
  }

  int retriesInState() {
    return retries.values().stream().mapToInt(Integer::intValue).sum();
  }

  void countRetry(int retrier) {
    retries.merge(retrier, 1, Integer::sum);
  }

  void forgetRetries() {
    retries.clear();
  }

  FrameRow row() {
    return new FrameRow(
        id,
        parent == null ? 0 : parent.id,
        branch,
        position,
        last,
        input,
        variablesText,
        retries.isEmpty() ? null : Json.MAPPER.valueToTree(retries).toString());
  }

  /** Tells the branch something. */
  void tell(Signal signal) {
    mailbox.put(signal);
  }

  /** Makes the branch unwind. */
  void abort() {
    aborted = true;
    tell(new Signal.Wake());
  }

  /** Throws if the branch is not to go on. */
  void check() {
    if (run.isStopped()) {
      throw new Journal.Stopped();
    }
    if (aborted) {
      throw new Aborted();
    }
  }

  /**
   * Waits for a signal that the branch understands.
   *
   * @param understood gives an answer for it, or {@code null} to wait on
   */
  <T> T await(Function<Signal, @Nullable T> understood) {
    while (true) {
      check();
      Signal signal = mailbox.take();
      try {
        check();
      } catch (Aborted e) {
        // Who unwinds waits for its own branches, and this may be the word of one's end.
        mailbox.put(signal);
        throw e;
      }
      T answer = understood.apply(signal);
      if (answer != null) {
        return answer;
      }
    }
  }

  /** Takes the next signal, whether or not the branch is to go on. */
  Signal next() {
    return mailbox.take();
  }

  /** Waits until a time. */
  void awaitTime(Instant due) {
    if (!due.isAfter(run.engine().env().clock().now())) {
      return;
    }
    var ticket = new Object();
    Timer timer = run.engine().env().clock().at(due, () -> tell(new Signal.Due(ticket)));
    try {
      await(signal -> signal instanceof Signal.Due(Object which) && which == ticket ? true : null);
    } finally {
      timer.cancel();
    }
  }

  /** A sibling has failed, so this branch unwinds. */
  static final class Aborted extends RuntimeException {
    Aborted() {
      super("the branch was aborted", null, false, false);
    }
  }
}
