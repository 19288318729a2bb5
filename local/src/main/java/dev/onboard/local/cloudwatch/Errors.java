package dev.onboard.local.cloudwatch;

import dev.onboard.local.call.AwsErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterCombinationException;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterValueException;
import software.amazon.awssdk.services.cloudwatch.model.MissingRequiredParameterException;
import software.amazon.awssdk.services.cloudwatch.model.ResourceNotFoundException;

/** CloudWatch's errors. */
final class Errors {
  private Errors() {}

  static AwsServiceException invalid(String message) {
    return AwsErrors.error(
        InvalidParameterValueException.builder(), 400, "InvalidParameterValue", message);
  }

  static AwsServiceException combination(String message) {
    return AwsErrors.error(
        InvalidParameterCombinationException.builder(),
        400,
        "InvalidParameterCombination",
        message);
  }

  static AwsServiceException missing(String parameter) {
    return AwsErrors.error(
        MissingRequiredParameterException.builder(),
        400,
        "MissingParameter",
        "The parameter " + parameter + " is required.");
  }

  static AwsServiceException validation(String message) {
    return AwsErrors.error(CloudWatchException.builder(), 400, "ValidationError", message);
  }

  static AwsServiceException notFound(String message) {
    return AwsErrors.error(ResourceNotFoundException.builder(), 404, "ResourceNotFound", message);
  }

  static AwsServiceException unsupported(String operation, String what) {
    return AwsErrors.unsupported("monitoring", operation, what);
  }
}
