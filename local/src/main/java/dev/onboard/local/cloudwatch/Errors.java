package dev.onboard.local.cloudwatch;

import dev.onboard.local.call.AwsErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterValueException;
import software.amazon.awssdk.services.cloudwatch.model.ResourceNotFoundException;

/** CloudWatch's errors. */
final class Errors {
  private Errors() {}

  static AwsServiceException invalid(String message) {
    return AwsErrors.error(
        InvalidParameterValueException.builder(), 400, "InvalidParameterValue", message);
  }

  static AwsServiceException notFound(String message) {
    return AwsErrors.error(ResourceNotFoundException.builder(), 404, "ResourceNotFound", message);
  }

  static AwsServiceException unsupported(String operation, String what) {
    return AwsErrors.unsupported("monitoring", operation, what);
  }
}
