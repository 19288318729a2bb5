package dev.onboard.local.eventbridge;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.eventbridge.Outcome.Answer;
import dev.onboard.local.eventbridge.Outcome.Failed;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What the errors of targets mean for a delivery: throttling and server errors are tried again, a
 * missing target, a missing permission and other refusals are not.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html">the
 *     codes</a>
 */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final List<String> MISSING =
      List.of("NotFound", "DoesNotExist", "NonExistent", "NoSuch");
  private static final List<String> FORBIDDEN =
      List.of("AccessDenied", "NotAuthorized", "AuthorizationError", "UnauthorizedOperation");
  private static final List<String> THROTTLED =
      List.of("Throttl", "TooManyRequests", "RequestLimitExceeded", "SlowDown", "OverLimit");

  private Failures() {}

  static Failed of(RuntimeException error) {
    if (error instanceof AwsServiceException refusal) {
      Failed failed = of(refusal.statusCode(), AwsErrors.code(refusal), AwsErrors.message(refusal));
      return new Failed(
          failed.code(),
          failed.message(),
          failed.retryable(),
          new Answer(refusal.statusCode(), refusal.requestId(), null, null));
    }
    LOG.warn("An attempt to deliver an event broke", error);
    return new Failed("INTERNAL_ERROR", String.valueOf(error.getMessage()), true);
  }

  static Failed of(int status, String code, String message) {
    if (has(code, THROTTLED) || status == 429) {
      return new Failed("THROTTLING", message, true);
    }
    if (status >= 500) {
      return new Failed("ERROR_FROM_TARGET", message, true);
    }
    if (has(code, FORBIDDEN)) {
      return new Failed("NO_PERMISSIONS", message, false);
    }
    if (has(code, MISSING)) {
      return new Failed("NO_RESOURCE", message, false);
    }
    if (code.contains("AlreadyExists")) {
      return new Failed("RESOURCE_ALREADY_EXISTS", message, false);
    }
    if (code.contains("LimitExceeded")) {
      return new Failed("RESOURCE_LIMIT_EXCEEDED", message, true);
    }
    return new Failed(
        code.contains("Invalid") || code.contains("Validation")
            ? "INVALID_PARAMETER"
            : "SDK_CLIENT_ERROR",
        message,
        false);
  }

  private static boolean has(String code, List<String> parts) {
    return parts.stream().anyMatch(code::contains);
  }
}
