package dev.onboard.local.sfn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.store.Store;
import dev.onboard.local.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Redrives before, during and after a restart of the runtime, and after its update. */
class RedriveRestartTest extends RedriveFixture {

  @Test
  void redrive_afterARestart_goesOnFromTheFailedState() {
    String machine =
        workflows.create(
            "restarts",
            """
            {"StartAt": "M", "States": {"M": {"Type": "Map", "MaxConcurrency": 1, "ItemProcessor": {
              "StartAt": "T", "States": {"T": %s}}, "End": true}}}
            """
                .formatted(task("\"End\": true")));
    broken.add("b");
    String execution = workflows.run(machine, "[\"a\", \"b\"]").executionArn();
    restart();
    broken.clear();
    redrive(execution);
    assertThat(workflows.end(execution).output()).isEqualTo("[\"a\",\"b\"]");
    assertThat(workflows.history(execution))
        .filteredOn(e -> e.typeAsString().equals("LambdaFunctionScheduled"))
        .hasSize(3);
  }

  @Test
  void restart_inTheMiddleOfARedrive_goesOn() {
    String machine =
        workflows.create(
            "middle",
            """
            {"TimeoutSeconds": 50, "StartAt": "W", "States": {
              "W": {"Type": "Wait", "Seconds": 100, "End": true}}}
            """);
    String execution = workflows.start(machine, "{}");
    workflows.end(execution);
    Instant redriven = redrive(execution);
    workflows.rooms.clock.advance(Duration.ofSeconds(10));
    restart();
    var end = workflows.end(execution);
    assertThat(end.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
    assertThat(end.stopDate()).isEqualTo(redriven.plusSeconds(50));
    assertThat(end.redriveCount()).isEqualTo(1);
    assertThat(workflows.events(execution))
        .endsWith("4<-3 ExecutionRedriven", "5<-0 ExecutionTimedOut");
  }

  @Test
  void executionsOfAnEarlierVersion_goOn_butAreNotRedriven() {
    String failed = failed("old");
    String waits =
        workflows.create(
            "waits",
            """
            {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 100, "End": true}}}
            """);
    String running = workflows.start(waits, "{\"n\": 1}");
    restart(() -> {
      try (Store store = Store.open(folder)) {
        store.write(tx -> {
          forgetRedrives(tx);
          return null;
        });
      }
    });
    assertNotRedrivable(failed, "Execution was started before the launch of RedriveExecution");
    assertThat(workflows.end(running).output()).isEqualTo("{\"n\": 1}");
    String later = failed("later");
    redrive(later);
    assertThat(workflows.end(later).redriveCount()).isEqualTo(1);
  }

  /** Leaves the tables as a runtime that did not know of redrives has left them. */
  private static void forgetRedrives(Tx tx) {
    List.of("redrivable", "redrive_count", "redrive_date", "was")
        .forEach(column -> tx.update("ALTER TABLE sfn_execution DROP COLUMN " + column));
    List.of(
            "redrive_count",
            "redrive_date",
            "pending_redrive",
            "items_pending_redrive",
            "not_redrivable",
            "items_not_redrivable",
            "batched",
            "result_files")
        .forEach(column -> tx.update("ALTER TABLE sfn_map_run DROP COLUMN " + column));
    tx.update("DROP TABLE sfn_redrive");
    tx.update(
        "DELETE FROM sfn_frame WHERE execution IN"
            + " (SELECT id FROM sfn_execution WHERE status <> 'RUNNING')");
    tx.update("UPDATE room_version SET version = 3 WHERE room = 'sfn'");
  }

  @Test
  void branches_areKeptNoLongerThanTheyCouldBeRedriven() {
    failed("forgotten");
    assertThat(kept()).isPositive();
    workflows.rooms.clock.advance(Duration.ofDays(13));
    restart();
    assertThat(kept()).isPositive();
    workflows.rooms.clock.advance(Duration.ofDays(2));
    restart();
    assertThat(kept()).isZero();
  }

  private long kept() {
    return workflows.rooms.store.read(tx -> tx.number("SELECT count(*) FROM sfn_frame"));
  }
}
