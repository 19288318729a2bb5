package dev.onboard.local.lambda;

import dev.onboard.local.call.AwsErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** Lambda's errors. */
final class Errors {
  private Errors() {}

  static AwsServiceException invalid(String message) {
    return AwsErrors.error(
        InvalidParameterValueException.builder(), 400, "InvalidParameterValueException", message);
  }

  static AwsServiceException notFound(String message) {
    return AwsErrors.error(
        ResourceNotFoundException.builder(), 404, "ResourceNotFoundException", message);
  }

  static AwsServiceException conflict(String message) {
    return AwsErrors.error(
        ResourceConflictException.builder(), 409, "ResourceConflictException", message);
  }

  static AwsServiceException tooLarge(String message) {
    return AwsErrors.error(
        RequestTooLargeException.builder(), 413, "RequestTooLargeException", message);
  }
}
