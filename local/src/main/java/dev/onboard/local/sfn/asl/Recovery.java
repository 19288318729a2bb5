package dev.onboard.local.sfn.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** What a state does about its errors. */
public record Recovery(List<Retrier> retriers, List<Catcher> catchers) {
  public static final Recovery NONE = new Recovery(List.of(), List.of());

  /**
   * One element of Retry.
   *
   * @param maxDelaySeconds {@code null} if the interval may grow without end
   */
  public record Retrier(
      List<String> errors,
      long intervalSeconds,
      double backoffRate,
      int maxAttempts,
      @Nullable Long maxDelaySeconds,
      boolean fullJitter) {

    public boolean matches(StateError error) {
      return errors.stream().anyMatch(error::matches);
    }

    /**
     * How long to wait before an attempt.
     *
     * @param attempt the number of retries made before
     * @param random gives numbers from 0 to 1
     */
    public Duration delay(int attempt, DoubleSupplier random) {
      double seconds = intervalSeconds * Math.pow(backoffRate, attempt);
      if (maxDelaySeconds != null) {
        seconds = Math.min(seconds, maxDelaySeconds);
      }
      // Beyond a year nobody waits; the cap keeps the arithmetic within its range.
      double capped = Math.min(seconds, 31_536_000) * (fullJitter ? random.getAsDouble() : 1);
      return Duration.ofMillis(Math.round(capped * 1000));
    }
  }

  /** One element of Catch. */
  public record Catcher(
      List<String> errors,
      String next,
      @Nullable ReferencePath resultPath,
      @Nullable Expression output,
      @Nullable Expression assign) {

    public boolean matches(StateError error) {
      return errors.stream().anyMatch(error::matches);
    }

    /** What the next state gets. */
    public DataFlow.Outcome handle(Scope scope, StateError error) {
      ObjectNode errorOutput = error.output();
      Scope within = scope.withError(errorOutput);
      JsonNode out =
          output != null
              ? output.evaluate(within)
              : resultPath == null ? scope.input() : resultPath.put(scope.input(), errorOutput);
      return new DataFlow.Outcome(out, DataFlow.assigned(assign, within));
    }
  }
}
