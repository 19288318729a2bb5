package dev.onboard.local.sns;

import dev.onboard.local.call.AwsErrors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.InvalidParameterValueException;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.ResourceNotFoundException;

/** SNS's errors, under the codes of the wire. */
final class SnsErrors {
  private SnsErrors() {}

  static AwsServiceException invalid(String what) {
    return AwsErrors.error(
        InvalidParameterException.builder(), 400, "InvalidParameter", "Invalid parameter: " + what);
  }

  static AwsServiceException invalidValue(String message) {
    return AwsErrors.error(
        InvalidParameterValueException.builder(), 400, "ParameterValueInvalid", message);
  }

  static AwsServiceException notFound(String what) {
    return AwsErrors.error(NotFoundException.builder(), 404, "NotFound", what + " does not exist");
  }

  static AwsServiceException noResource() {
    return AwsErrors.error(
        ResourceNotFoundException.builder(), 404, "ResourceNotFound", "Resource does not exist");
  }

  static AwsServiceException unsupported(String operation, String what) {
    return AwsErrors.unsupported("sns", operation, what);
  }

  /** Refuses a text that is no ARN, in SNS's words. */
  static void checkArn(String parameter, @Nullable String arn) {
    if (arn == null) {
      throw invalid(parameter + " Reason: no value for required parameter");
    }
    int elements = arn.split(":", -1).length;
    if (elements < 6) {
      throw invalid(parameter + " Reason: An ARN must have at least 6 elements, not " + elements);
    }
  }
}
