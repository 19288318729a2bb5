package dev.onboard.local.cloudformation;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.RequestIds;
import java.util.Locale;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What stands in events when a service refused what a resource needed. */
final class Failures {
  private Failures() {}

  /** The reason as AWS's resource handlers give it. */
  static String reason(RuntimeException failure, String type) {
    if (!(failure instanceof AwsServiceException e)) {
      return "Internal Failure: " + failure;
    }
    String[] parts = type.split("::");
    return "Resource handler returned message: \"%s (Service: %s, Status Code: %d, Request ID: %s)\""
            .formatted(
                AwsErrors.message(e),
                parts.length > 1 ? parts[1] : type,
                e.statusCode(),
                e.requestId() == null ? RequestIds.next() : e.requestId())
        + " (RequestToken: "
        + RequestIds.next()
        + ", HandlerErrorCode: "
        + handlerCode(e)
        + ")";
  }

  /** Whether a service said that what is to be deleted is not there. */
  static boolean isNotFound(AwsServiceException e) {
    return handlerCode(e).equals("NotFound");
  }

  private static String handlerCode(AwsServiceException e) {
    String code = AwsErrors.code(e).toLowerCase(Locale.ROOT);
    if (code.contains("alreadyexist")
        || code.contains("queuenameexists")
        || code.contains("alreadyowned")
        || code.contains("duplicate")) {
      return "AlreadyExists";
    } else if (e.statusCode() == 404
        || code.contains("notfound")
        || code.contains("nosuch")
        || code.contains("doesnotexist")
        || code.contains("nonexistent")) {
      return "NotFound";
    } else if (e.statusCode() == 403 || code.contains("accessdenied")) {
      return "AccessDenied";
    } else if (code.contains("throttl") || code.contains("toomanyrequests")) {
      return "Throttling";
    } else if (code.contains("limitexceeded")) {
      return "ServiceLimitExceeded";
    } else if (e.statusCode() >= 500) {
      return "ServiceInternalError";
    }
    return "InvalidRequest";
  }
}
