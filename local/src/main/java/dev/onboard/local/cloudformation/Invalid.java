package dev.onboard.local.cloudformation;

import dev.onboard.local.call.AwsErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;

/** The refusals of CloudFormation. */
final class Invalid {
  private Invalid() {}

  /** What AWS answers to nearly everything that is wrong with a request or a template. */
  static AwsServiceException request(String message) {
    return AwsErrors.error(CloudFormationException.builder(), 400, "ValidationError", message);
  }

  static AwsServiceException template(String message) {
    return request("Template format error: " + message);
  }

  static AwsServiceException expression(String message) {
    return request("Template error: " + message);
  }

  static AwsServiceException unsupported(String operation, String what) {
    return AwsErrors.unsupported("cloudformation", operation, what);
  }
}
