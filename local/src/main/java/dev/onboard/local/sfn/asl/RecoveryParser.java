package dev.onboard.local.sfn.asl;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads Retry and Catch. */
final class RecoveryParser {
  private static final Set<String> RESERVED =
      Set.of(
          "States.ALL",
          "States.BranchFailed",
          "States.DataLimitExceeded",
          "States.ExceedToleratedFailureThreshold",
          "States.HeartbeatTimeout",
          "States.Http.Socket",
          "States.IntrinsicFailure",
          "States.ItemReaderFailed",
          "States.NoChoiceMatched",
          "States.ParameterPathFailure",
          "States.Permissions",
          "States.QueryEvaluationError",
          "States.ResultPathMatchFailure",
          "States.ResultWriterFailed",
          "States.Runtime",
          "States.TaskFailed",
          "States.Timeout");

  private final Fields fields;

  RecoveryParser(Fields fields) {
    this.fields = fields;
  }

  Recovery recovery() {
    var retriers = new ArrayList<Recovery.Retrier>();
    List<Fields> retry = fields.each("Retry");
    for (int i = 0; i < retry.size(); i++) {
      retriers.add(retrier(retry.get(i), i == retry.size() - 1));
    }
    var catchers = new ArrayList<Recovery.Catcher>();
    List<Fields> all = fields.each("Catch");
    for (int i = 0; i < all.size(); i++) {
      catchers.add(catcher(all.get(i), i == all.size() - 1));
    }
    return new Recovery(retriers, catchers);
  }

  private static Recovery.Retrier retrier(Fields one, boolean last) {
    Long interval = one.wholeNumber("IntervalSeconds", 1, 99_999_999);
    Long attempts = one.wholeNumber("MaxAttempts", 0, 99_999_999);
    Double rate = one.number("BackoffRate", 1.0);
    Long maxDelay = one.wholeNumber("MaxDelaySeconds", 1, 31_622_400);
    String jitter = one.text("JitterStrategy");
    if (jitter != null && !jitter.equals("FULL") && !jitter.equals("NONE")) {
      one.report("Value is not valid, must be one of [FULL, NONE]", "JitterStrategy");
    }
    if (maxDelay != null && interval != null && maxDelay <= interval) {
      one.report("MaxDelaySeconds must be greater than IntervalSeconds", "MaxDelaySeconds");
    }
    List<String> errors = errors(one, last);
    one.end();
    return new Recovery.Retrier(
        errors,
        interval == null ? 1 : interval,
        rate == null ? 2.0 : rate,
        attempts == null ? 3 : attempts.intValue(),
        maxDelay,
        "FULL".equals(jitter));
  }

  private static Recovery.Catcher catcher(Fields one, boolean last) {
    List<String> errors = errors(one, last);
    one.require("Next");
    String next = one.text("Next");
    @Nullable ReferencePath resultPath =
        one.isJsonata() ? ReferencePath.WHOLE : DataFlowParser.resultPath(one);
    Expression output = one.isJsonata() ? one.template("Output") : null;
    Expression assign = DataFlowParser.assign(one);
    one.end();
    return new Recovery.Catcher(errors, next == null ? "" : next, resultPath, output, assign);
  }

  private static List<String> errors(Fields one, boolean last) {
    one.require("ErrorEquals");
    List<String> errors = one.texts("ErrorEquals");
    if (errors.isEmpty() && one.has("ErrorEquals")) {
      one.report("Value cannot be empty", "ErrorEquals");
    }
    if (errors.contains("States.ALL") && (errors.size() > 1 || !last)) {
      one.report(
          errors.size() > 1
              ? "States.ALL must appear alone"
              : "States.ALL must be the last element",
          "ErrorEquals");
    }
    for (String error : errors) {
      if (error.startsWith("States.") && !RESERVED.contains(error)) {
        one.report("Value is not a valid error name: " + error, "ErrorEquals");
      }
    }
    return errors;
  }
}
