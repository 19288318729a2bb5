package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.clock.Timer;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.Payload;
import dev.onboard.local.sfn.asl.StateError;
import dev.onboard.local.store.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tokens that tasks hand out, and what their bearers report. */
final class TaskTokens {
  private static final String MARK = "onboard-task:";

  private final Run run;
  private final Frame frame;

  TaskTokens(Run run, Frame frame) {
    this.run = run;
    this.frame = frame;
  }

  static String make(Run run, Frame frame) {
    String plain = MARK + run.execution().id() + ":" + frame.id() + ":" + UUID.randomUUID();
    return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a text has the form of a token, whether or not its task still waits. */
  static boolean isToken(String text) {
    try {
      return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8).startsWith(MARK);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static void keep(Run run, Frame frame, String token, Instant now) {
    run.engine()
        .env()
        .store()
        .write(tx ->
            tx.update(
                "INSERT OR IGNORE INTO sfn_token(token, execution, frame, heartbeat)"
                    + " VALUES (?, ?, ?, ?)",
                token,
                run.execution().id(),
                frame.id(),
                now));
  }

  static void drop(Tx tx, String token) {
    tx.update("DELETE FROM sfn_token WHERE token = ?", token);
  }

  /** Lets workers of an activity find the task. */
  static void offer(Tx tx, String token, String activity, Payload input) {
    tx.update(
        "UPDATE sfn_token SET activity = ?, input = ? WHERE token = ?",
        activity,
        input.text(),
        token);
  }

  private record Report(
      Instant heartbeat,
      boolean started,
      @Nullable String worker,
      @Nullable String outcome,
      @Nullable String output,
      @Nullable String error,
      @Nullable String cause) {}

  /**
   * Waits for the report.
   *
   * @param onStart is told of the worker that has taken the task of an activity
   */
  JsonNode await(
      @Nullable Instant deadline,
      @Nullable Long heartbeatSeconds,
      Consumer<@Nullable String> onStart) {
    String token = Objects.requireNonNull(frame.taskToken());
    while (true) {
      Report report = read(token).orElseThrow(() -> StateError.of(StateError.TIMEOUT, null));
      if (report.started) {
        onStart.accept(report.worker);
      }
      if (report.outcome != null) {
        return answer(report);
      }
      Instant beat =
          heartbeatSeconds == null ? null : report.heartbeat.plusSeconds(heartbeatSeconds);
      Instant due = beat == null || deadline != null && deadline.isBefore(beat) ? deadline : beat;
      if (due != null && !due.isAfter(run.engine().env().clock().now())) {
        run.engine()
            .env()
            .store()
            .write(tx -> {
              drop(tx, token);
              return null;
            });
        throw StateError.of(StateError.TIMEOUT, null);
      }
      awaitNews(due);
    }
  }

  private void awaitNews(@Nullable Instant due) {
    var ticket = new Object();
    Timer timer =
        due == null
            ? null
            : run.engine().env().clock().at(due, () -> frame.tell(new Signal.Due(ticket)));
    try {
      frame.await(signal ->
          signal instanceof Signal.Reported
                  || signal instanceof Signal.Due(Object which) && which == ticket
              ? true
              : null);
    } finally {
      if (timer != null) {
        timer.cancel();
      }
    }
  }

  private static JsonNode answer(Report report) {
    if (!"SUCCEEDED".equals(report.outcome)) {
      throw StateError.of(report.error, report.cause);
    }
    return Json.read(Objects.requireNonNull(report.output));
  }

  private Optional<Report> read(String token) {
    return run.engine()
        .env()
        .store()
        .read(tx ->
            tx.first(
                "SELECT heartbeat, started, worker, outcome, output, error, cause"
                    + " FROM sfn_token WHERE token = ?",
                row ->
                    new Report(
                        row.instant("heartbeat"),
                        row.flag("started"),
                        row.stringOrNull("worker"),
                        row.stringOrNull("outcome"),
                        row.stringOrNull("output"),
                        row.stringOrNull("error"),
                        row.stringOrNull("cause")),
                token));
  }
}
