package dev.onboard.local.lambda;

import java.util.Set;

/** Environment variables that the runtime sets, from "Defined runtime environment variables". */
final class ReservedVariables {
  static final Set<String> NAMES =
      Set.of(
          "_HANDLER",
          "_X_AMZN_TRACE_ID",
          "AWS_REGION",
          "AWS_DEFAULT_REGION",
          "AWS_EXECUTION_ENV",
          "AWS_ACCESS_KEY",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN");

  private ReservedVariables() {}
}
