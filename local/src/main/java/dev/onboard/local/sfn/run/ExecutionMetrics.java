package dev.onboard.local.sfn.run;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

/**
 * The numbers of executions that began and ended, for CloudWatch (Step Functions developer guide,
 * "Execution metrics"): counted in the write that begins or ends one, reported up to a minute later
 * as of then, for an alarm looks at the last period alone and would miss what comes late. Children
 * of map runs are not counted; their map run has numbers of its own.
 */
final class ExecutionMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutionMetrics.class);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final int DATA_A_CALL = 1_000;

  private final Environment env;
  private final AtomicBoolean waiting = new AtomicBoolean();

  ExecutionMetrics(Environment env) {
    this.env = env;
  }

  /** Counts where an execution stands now: that it began, or how it ended. */
  void count(Tx tx, Execution execution) {
    if (execution.mapRun() != null || env.services().named("monitoring") == null) {
      return;
    }
    boolean redriven = execution.redrives().count() > 0;
    String name = name(execution.status());
    if (!redriven) {
      count(tx, execution, "Executions" + name);
    } else if (execution.isOver()) {
      count(tx, execution, "Executions" + name);
      count(tx, execution, "RedrivenExecutions" + name);
    } else {
      count(tx, execution, "ExecutionsRedriven");
    }
    env.store().afterCommit(this::start);
  }

  private static void count(Tx tx, Execution execution, String name) {
    tx.update(
        "INSERT INTO sfn_metric VALUES (?, ?, 1)"
            + " ON CONFLICT(machine, name) DO UPDATE SET count = count + 1",
        execution.machineArn(),
        name);
  }

  private static String name(Execution.Status status) {
    return switch (status) {
      case RUNNING, PENDING_REDRIVE -> "Started";
      case SUCCEEDED -> "Succeeded";
      case FAILED -> "Failed";
      case TIMED_OUT -> "TimedOut";
      case ABORTED -> "Aborted";
    };
  }

  /** Reports what was counted before a restart. */
  void resume() {
    if (env.store().read(tx -> tx.number("SELECT count(*) FROM sfn_metric")) > 0) {
      start();
    }
  }

  private void start() {
    if (waiting.compareAndSet(false, true)) {
      env.clock().after(EVERY, this::report);
    }
  }

  private void report() {
    waiting.set(false);
    try {
      // What was counted is forgotten in the transaction in which CloudWatch takes it.
      env.store()
          .write(tx -> {
            Instant now = env.clock().now();
            put(tx.list("SELECT * FROM sfn_metric", row -> datum(row, now)));
            return tx.update("DELETE FROM sfn_metric");
          });
    } catch (AwsServiceException e) {
      LOG.debug("the executions' metrics were not taken: {}", AwsErrors.message(e));
      start();
    }
  }

  private void put(List<MetricDatum> data) {
    CloudWatchClient cloudWatch =
        env.client(CloudWatchClient.class, new Principal.Service("states.amazonaws.com"));
    for (int from = 0; from < data.size(); from += DATA_A_CALL) {
      List<MetricDatum> some = data.subList(from, Math.min(data.size(), from + DATA_A_CALL));
      cloudWatch.putMetricData(b -> b.namespace("AWS/States").metricData(some));
    }
  }

  private static MetricDatum datum(Row row, Instant now) {
    return MetricDatum.builder()
        .metricName(row.string("name"))
        .dimensions(d -> d.name("StateMachineArn").value(row.string("machine")))
        .timestamp(now)
        .unit(StandardUnit.COUNT)
        .values(1.0)
        .counts((double) row.number("count"))
        .build();
  }
}
