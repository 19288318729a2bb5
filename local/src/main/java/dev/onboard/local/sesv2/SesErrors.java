package dev.onboard.local.sesv2;

import dev.onboard.local.call.AwsErrors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sesv2.model.AlreadyExistsException;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;
import software.amazon.awssdk.services.sesv2.model.SendingPausedException;

/** SES's errors. */
final class SesErrors {
  private SesErrors() {}

  static AwsServiceException badRequest(String message) {
    return AwsErrors.error(BadRequestException.builder(), 400, "BadRequestException", message);
  }

  static AwsServiceException notFound(String message) {
    return AwsErrors.error(NotFoundException.builder(), 404, "NotFoundException", message);
  }

  static AwsServiceException exists(String message) {
    return AwsErrors.error(
        AlreadyExistsException.builder(), 400, "AlreadyExistsException", message);
  }

  static AwsServiceException rejected(String message) {
    return AwsErrors.error(MessageRejectedException.builder(), 400, "MessageRejected", message);
  }

  static AwsServiceException paused(String message) {
    return AwsErrors.error(
        SendingPausedException.builder(), 400, "SendingPausedException", message);
  }

  static AwsServiceException unsupported(String operation, String what) {
    return AwsErrors.unsupported("ses", operation, what);
  }

  /** Refuses a member that this runtime cannot honour, if it is there. */
  static void refuse(String operation, String member, @Nullable Object value) {
    if (value != null) {
      throw unsupported(operation, member);
    }
  }
}
