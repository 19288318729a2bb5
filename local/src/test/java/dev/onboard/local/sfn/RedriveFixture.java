package dev.onboard.local.sfn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;

/** Workflows whose tasks fail on what is broken, and their redrives. */
abstract class RedriveFixture {
  @TempDir Path folder;

  /** What the function {@code f} fails on; everything else it gives back. */
  final Set<String> broken = ConcurrentHashMap.newKeySet();

  Workflows workflows;

  @BeforeEach
  void open() {
    workflows = new Workflows(folder, functions());
  }

  @AfterEach
  void close() {
    workflows.close();
  }

  private FunctionTwin functions() {
    return new FunctionTwin()
        .with(
            "f",
            in -> {
              if (broken.contains(in.asText())) {
                throw new IllegalStateException("broken: " + in.asText());
              }
              return in;
            });
  }

  /** Stops the runtime and starts another over the same folder at the same time. */
  final void restart() {
    restart(() -> {});
  }

  /** The same; in between something is done to the folder. */
  final void restart(Runnable between) {
    Instant now = workflows.rooms.clock.now();
    workflows.close();
    between.run();
    workflows = new Workflows(folder, now, functions());
  }

  /** A task state that calls the function, with further fields. */
  static String task(String more) {
    return """
    {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:f", %s}
    """
        .formatted(more);
  }

  /** An execution whose only state has failed. */
  final String failed(String name) {
    broken.add("a");
    String machine =
        workflows.create(
            name, "{\"StartAt\": \"T\", \"States\": {\"T\": " + task("\"End\": true") + "}}");
    return workflows.run(machine, "\"a\"").executionArn();
  }

  /** Redrives an execution a second later. */
  final Instant redrive(String execution) {
    workflows.rooms.clock.advance(Duration.ofSeconds(1));
    return workflows.sfn.redriveExecution(b -> b.executionArn(execution)).redriveDate();
  }

  final List<String> eventsAfter(String execution, int count) {
    List<String> events = workflows.events(execution);
    return events.subList(count, events.size());
  }

  final void assertNotRedrivable(String execution, String reason) {
    ThrowingCallable redrive = () -> workflows.sfn.redriveExecution(b -> b.executionArn(execution));
    assertThatThrownBy(redrive)
        .isInstanceOf(ExecutionNotRedrivableException.class)
        .hasMessageContaining("Execution " + execution + " invalid for redrive as: " + reason);
    var described = workflows.describe(execution);
    assertThat(described.redriveStatusAsString()).isEqualTo("NOT_REDRIVABLE");
    assertThat(described.redriveStatusReason()).isEqualTo(reason);
  }
}
