package dev.onboard.local.sfn;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.onboard.local.call.Environment;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.Payload;
import dev.onboard.local.sfn.run.Engine;
import dev.onboard.local.sfn.run.Execution;
import dev.onboard.local.sfn.run.Execution.Status;
import dev.onboard.local.sfn.run.Redrivability;
import dev.onboard.local.sfn.run.Revision;
import dev.onboard.local.store.Tx;
import dev.onboard.local.usage.Chunks;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.RedriveExecutionRequest;
import software.amazon.awssdk.services.sfn.model.RedriveExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StopExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StopExecutionResponse;

/** Executions: started, stopped, redriven. */
final class Executions {
  private final Environment env;
  private final Engine engine;
  private final Versions versions;

  Executions(Environment env, Engine engine, Versions versions) {
    this.env = env;
    this.engine = engine;
    this.versions = versions;
  }

  /** What is to be started: a state machine as it is, as a version was, or by an alias. */
  private record Startable(
      StateMachines.Machine machine,
      Revision revision,
      @Nullable String versionArn,
      @Nullable String aliasArn) {}

  private Startable startable(Tx tx, String given) {
    Arns.Machine arn = Arns.machine(given);
    StateMachines.Machine machine =
        StateMachines.find(tx, arn.machine()).orElseThrow(() -> Errors.noStateMachine(given));
    if (machine.deleting()) {
      throw Errors.deleting(given);
    }
    String qualifier = arn.qualifier();
    if (qualifier == null) {
      return new Startable(
          machine, Revision.find(tx, machine.revision()).orElseThrow(), null, null);
    }
    Versions.Version version =
        arn.isVersion()
            ? versions
                .find(tx, arn.machine(), Long.parseLong(qualifier))
                .orElseThrow(() -> Errors.noStateMachine(given))
            : versions.route(tx, arn.machine(), qualifier, given);
    return new Startable(
        machine,
        Revision.find(tx, version.revision()).orElseThrow(),
        version.arn(),
        arn.isVersion() ? null : given);
  }

  StartExecutionResponse start(StartExecutionRequest request) {
    String name = request.name() == null ? UUID.randomUUID().toString() : Arns.name(request.name());
    Payload input = input(request.input());
    return env.store()
        .write(tx -> {
          Startable what = startable(tx, request.stateMachineArn());
          if (what.machine.express()) {
            return answer(
                engine.start(execution(what, name, input, request.traceHeader()), what.revision));
          }
          Execution wanted = execution(what, name, input, request.traceHeader());
          Optional<Execution> known = Execution.find(tx, wanted.arn());
          if (known.isEmpty()) {
            return answer(engine.start(wanted, what.revision));
          }
          if (known.get().isOver() || !known.get().input().text().equals(input.text())) {
            throw Errors.executionExists(wanted.arn());
          }
          return answer(known.get());
        });
  }

  private static StartExecutionResponse answer(Execution execution) {
    return StartExecutionResponse.builder()
        .executionArn(execution.arn())
        .startDate(execution.started())
        .build();
  }

  private Execution execution(Startable what, String name, Payload input, @Nullable String trace) {
    String machine = what.machine.name();
    boolean express = what.machine.express();
    String arn =
        express
            ? env.arn("states", "express:" + machine + ":" + name + ":" + UUID.randomUUID())
            : env.arn("states", "execution:" + machine + ":" + name);
    return new Execution(
        0,
        arn,
        name,
        what.machine.arn(),
        what.revision.id(),
        express,
        Status.RUNNING,
        input,
        null,
        null,
        null,
        env.clock().now(),
        null,
        what.versionArn,
        what.aliasArn,
        null,
        0,
        trace,
        Execution.Redrives.NONE);
  }

  static Payload input(@Nullable String text) {
    if (text == null) {
      return Payload.EMPTY;
    }
    if (Chunks.bytes(text) > Limits.PAYLOAD_BYTES) {
      throw Errors.validation(
          "1 validation error detected: Value at 'input' failed to satisfy constraint: Member must"
              + " have length less than or equal to 262144");
    }
    try {
      if (Json.parse(text).isMissingNode()) {
        throw Errors.invalidInput("Invalid execution input.");
      }
    } catch (JsonProcessingException e) {
      throw Errors.invalidInput(e.getOriginalMessage());
    }
    return Payload.ofText(text);
  }

  StartSyncExecutionResponse startSync(StartSyncExecutionRequest request) {
    String name = request.name() == null ? UUID.randomUUID().toString() : Arns.name(request.name());
    Payload input = input(request.input());
    Startable what = env.store().read(tx -> startable(tx, request.stateMachineArn()));
    if (!what.machine.express()) {
      throw Errors.wrongType();
    }
    Execution over =
        engine.runNow(execution(what, name, input, request.traceHeader()), what.revision);
    Instant stopped = over.stopped() == null ? over.started() : over.stopped();
    long millis = Duration.between(over.started(), stopped).toMillis();
    return StartSyncExecutionResponse.builder()
        .executionArn(over.arn())
        .stateMachineArn(over.machineArn())
        .name(name)
        .startDate(over.started())
        .stopDate(stopped)
        .status(over.status() == Status.ABORTED ? "FAILED" : over.status().name())
        .error(over.error())
        .cause(over.cause())
        .input(input.text())
        .inputDetails(b -> b.included(true))
        .output(over.output())
        .outputDetails(b -> b.included(true))
        .traceHeader(request.traceHeader())
        .billingDetails(b ->
            b.billedMemoryUsedInMB(64L)
                .billedDurationInMilliseconds(Math.max(1, (millis + 99) / 100) * 100))
        .build();
  }

  StopExecutionResponse stop(StopExecutionRequest request) {
    String arn = Arns.standardExecution(request.executionArn());
    Execution known =
        env.store().read(tx -> Execution.find(tx, arn)).orElseThrow(() -> Errors.noExecution(arn));
    if (!known.isOver()) {
      engine.stop(arn, request.error(), request.cause());
      known = env.store().read(tx -> Execution.find(tx, arn)).orElseThrow();
    }
    return StopExecutionResponse.builder()
        .stopDate(known.stopped() == null ? env.clock().now() : known.stopped())
        .build();
  }

  RedriveExecutionResponse redrive(RedriveExecutionRequest request) {
    String arn = Arns.unlabelledExecution(request.executionArn());
    String token = request.clientToken();
    return env.store()
        .write(tx -> {
          Execution known = Execution.find(tx, arn).orElseThrow(() -> Errors.noExecution(arn));
          Instant now = env.clock().now();
          Optional<Instant> answered = answered(tx, known, token, now);
          if (answered.isPresent()) {
            return RedriveExecutionResponse.builder().redriveDate(answered.get()).build();
          }
          String refusal = Redrivability.refusal(tx, known, now);
          if (refusal != null) {
            throw Errors.notRedrivable(arn, refusal);
          }
          Revision revision = Revision.find(tx, known.revision()).orElseThrow();
          Execution again = engine.redrive(tx, known, revision);
          tx.update(
              "INSERT INTO sfn_redrive VALUES (?, ?, ?, ?)",
              again.id(),
              again.redrives().count(),
              token,
              now);
          return RedriveExecutionResponse.builder().redriveDate(now).build();
        });
  }

  /** The date of the redrive that a token has led to, as long as it is remembered. */
  private static Optional<Instant> answered(
      Tx tx, Execution execution, @Nullable String token, Instant now) {
    return tx.first(
        "SELECT at FROM (SELECT token, at FROM sfn_redrive WHERE execution = ?"
            + " ORDER BY number DESC LIMIT "
            + Limits.REDRIVE_TOKENS
            + ") WHERE token = ? AND at > ?",
        row -> row.instant("at"),
        execution.id(),
        token,
        now.minus(Limits.REDRIVE_TOKEN_LIFE));
  }
}
