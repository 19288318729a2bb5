package dev.onboard.local.logs;

import dev.onboard.local.call.AwsErrors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ConflictException;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.LimitExceededException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ValidationException;

/** CloudWatch Logs' errors. */
final class LogsErrors {
  private LogsErrors() {}

  static AwsServiceException invalid(String message) {
    return AwsErrors.error(
        InvalidParameterException.builder(), 400, "InvalidParameterException", message);
  }

  /** What AWS says of a member outside of its bounds. */
  static AwsServiceException constraint(@Nullable Object value, String member, String constraint) {
    return invalid(
        "1 validation error detected: Value '"
            + value
            + "' at '"
            + member
            + "' failed to satisfy constraint: Member must "
            + constraint);
  }

  static AwsServiceException validation(String message) {
    return AwsErrors.error(ValidationException.builder(), 400, "ValidationException", message);
  }

  static AwsServiceException noGroup() {
    return notFound("The specified log group does not exist.");
  }

  static AwsServiceException noStream() {
    return notFound("The specified log stream does not exist.");
  }

  static AwsServiceException notFound(String message) {
    return AwsErrors.error(
        ResourceNotFoundException.builder(), 400, "ResourceNotFoundException", message);
  }

  static AwsServiceException exists(String message) {
    return AwsErrors.error(
        ResourceAlreadyExistsException.builder(), 400, "ResourceAlreadyExistsException", message);
  }

  static AwsServiceException conflict(String message) {
    return AwsErrors.error(ConflictException.builder(), 400, "ConflictException", message);
  }

  static AwsServiceException tooMany() {
    return AwsErrors.error(
        LimitExceededException.builder(),
        400,
        "LimitExceededException",
        "Resource limit exceeded.");
  }

  static AwsServiceException badToken() {
    return invalid("The specified nextToken is invalid.");
  }

  static AwsServiceException unsupported(String operation, String what) {
    return AwsErrors.unsupported("logs", operation, what);
  }
}
