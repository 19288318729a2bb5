package dev.onboard.local.lambda.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The errors that Lambda itself reports for a function, in its words. */
final class FunctionErrors {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FunctionErrors() {}

  static Outcome.Failure timedOut(String requestId, int seconds) {
    return failure(
        "Sandbox.Timedout",
        String.format(
            Locale.ROOT,
            "RequestId: %s Error: Task timed out after %d.00 seconds",
            requestId,
            seconds));
  }

  static Outcome.Failure exited(String requestId, int status) {
    String how = status > 128 ? "signal: " + signal(status - 128) : "exit status " + status;
    return failure(
        "Runtime.ExitError",
        "RequestId: " + requestId + " Error: Runtime exited with error: " + how);
  }

  static Outcome.Failure notStarted(String requestId, String message) {
    return failure("Runtime.Unknown", "RequestId: " + requestId + " Error: " + message);
  }

  private static String signal(int number) {
    return switch (number) {
      case 9 -> "killed";
      case 15 -> "terminated";
      default -> Integer.toString(number);
    };
  }

  private static Outcome.Failure failure(String type, String message) {
    String json =
        JSON.createObjectNode().put("errorType", type).put("errorMessage", message).toString();
    return new Outcome.Failure(json.getBytes(StandardCharsets.UTF_8));
  }
}
