package dev.onboard.local.sfn;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.onboard.local.call.Environment;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.run.Engine;
import dev.onboard.local.store.Tx;
import dev.onboard.local.usage.Chunks;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.SendTaskFailureRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskFailureResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskHeartbeatResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessResponse;

/** What the bearers of task tokens report. */
final class TaskReports {
  private final Environment env;
  private final Engine engine;

  TaskReports(Environment env, Engine engine) {
    this.env = env;
    this.engine = engine;
  }

  SendTaskSuccessResponse success(SendTaskSuccessRequest request) {
    try {
      if (Json.parse(request.output()).isMissingNode()) {
        throw Errors.invalidOutput();
      }
    } catch (JsonProcessingException e) {
      throw Errors.invalidOutput();
    }
    if (Chunks.bytes(request.output()) > Limits.PAYLOAD_BYTES) {
      throw Errors.validation(
          "1 validation error detected: Value at 'output' failed to satisfy constraint: Member must"
              + " have length less than or equal to 262144");
    }
    report(request.taskToken(), "SUCCEEDED", request.output(), null, null);
    return SendTaskSuccessResponse.builder().build();
  }

  SendTaskFailureResponse failure(SendTaskFailureRequest request) {
    report(request.taskToken(), "FAILED", null, request.error(), request.cause());
    return SendTaskFailureResponse.builder().build();
  }

  private void report(
      String token,
      String outcome,
      @Nullable String output,
      @Nullable String error,
      @Nullable String cause) {
    env.store()
        .write(tx -> {
          check(tx, token);
          tx.update(
              "UPDATE sfn_token SET outcome = ?, output = ?, error = ?, cause = ?"
                  + " WHERE token = ?",
              outcome,
              output,
              error,
              cause,
              token);
          tell(tx, token);
          return null;
        });
  }

  SendTaskHeartbeatResponse heartbeat(String token) {
    env.store()
        .write(tx -> {
          check(tx, token);
          tx.update("UPDATE sfn_token SET heartbeat = ? WHERE token = ?", env.clock().now(), token);
          return null;
        });
    return SendTaskHeartbeatResponse.builder().build();
  }

  private void tell(Tx tx, String token) {
    tx.first(
            "SELECT execution, frame FROM sfn_token WHERE token = ?",
            r -> new long[] {r.number(1), r.number(2)},
            token)
        .ifPresent(
            owner -> env.store().afterCommit(() -> engine.reported(owner[0], (int) owner[1])));
  }

  private static void check(Tx tx, String token) {
    if (!Engine.isTaskToken(token)) {
      throw Errors.invalidToken();
    }
    if (!tx.exists("SELECT 1 FROM sfn_token WHERE token = ? AND outcome IS NULL", token)) {
      throw Errors.taskTimedOut();
    }
  }
}
