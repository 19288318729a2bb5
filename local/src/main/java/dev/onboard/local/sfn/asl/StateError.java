package dev.onboard.local.sfn.asl;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * An error in the sense of the language: what Retry and Catch look at and what an execution fails
 * with.
 */
public final class StateError extends RuntimeException {
  public static final String ALL = "States.ALL";
  public static final String RUNTIME = "States.Runtime";
  public static final String TIMEOUT = "States.Timeout";
  public static final String HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout";
  public static final String TASK_FAILED = "States.TaskFailed";
  public static final String DATA_LIMIT_EXCEEDED = "States.DataLimitExceeded";
  public static final String QUERY_EVALUATION = "States.QueryEvaluationError";

  private final @Nullable String error;
  private final @Nullable String cause;
  private final @Nullable String location;
  private final boolean ofState;

  private StateError(
      @Nullable String error, @Nullable String cause, @Nullable String location, boolean ofState) {
    super(error + ": " + cause, null, false, false);
    this.error = error;
    this.cause = cause;
    this.location = location;
    this.ofState = ofState;
  }

  public static StateError of(@Nullable String error, @Nullable String cause) {
    return new StateError(error, cause, null, false);
  }

  /** An error of the state itself; its cause is to be completed with the name of the state. */
  public static StateError runtime(String cause) {
    return new StateError(RUNTIME, cause, null, true);
  }

  /** An error other than States.Runtime whose cause is to be completed with the state's name. */
  public static StateError inState(String error, String cause) {
    return new StateError(error, cause, null, true);
  }

  /**
   * A JSONata expression that failed, or that gave what its field cannot take.
   *
   * @param location the field, such as {@code Arguments/TableName}; none if it is the state's input
   */
  public static StateError query(@Nullable String location, String cause) {
    return new StateError(QUERY_EVALUATION, cause, location, true);
  }

  /** The error of a state whose result is larger than a payload may be. */
  public static StateError resultTooLarge(String state) {
    return of(
        DATA_LIMIT_EXCEEDED,
        "The state/task '"
            + state
            + "' returned a result with a size exceeding the maximum number of bytes service"
            + " limit.");
  }

  /** The error of a task whose arguments are larger than a payload may be. */
  public static StateError argumentsTooLarge(String state) {
    return of(
        DATA_LIMIT_EXCEEDED,
        "The state/task '"
            + state
            + "' tried to schedule a task with a size exceeding the maximum number of bytes"
            + " service limit.");
  }

  /** This error with the name of its state in the cause, as Step Functions words it. */
  public StateError in(String state, long enteredEvent) {
    return ofState
        ? new StateError(
            error,
            "An error occurred while executing the state '"
                + state
                + "' (entered at the event id #"
                + enteredEvent
                + "). "
                + cause,
            location,
            false)
        : this;
  }

  public @Nullable String error() {
    return error;
  }

  public @Nullable String cause() {
    return cause;
  }

  public @Nullable String location() {
    return location;
  }

  /** Whether neither Retry nor Catch may take it, whatever they name. */
  public boolean isTerminal() {
    return RUNTIME.equals(error) || DATA_LIMIT_EXCEEDED.equals(error);
  }

  /** Whether a name in ErrorEquals means this error. */
  public boolean matches(String name) {
    if (isTerminal()) {
      return false;
    }
    if (name.equals(ALL) || name.equals(error)) {
      return true;
    }
    return name.equals(TASK_FAILED) && !TIMEOUT.equals(error)
        || name.equals(TIMEOUT) && HEARTBEAT_TIMEOUT.equals(error);
  }

  /** The error output: what a Catch gets. */
  public ObjectNode output() {
    return Json.object()
        .put("Error", error == null ? "" : error)
        .put("Cause", cause == null ? "" : cause);
  }
}
