package dev.onboard.local.call;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Errors as AWS answers them: an SDK exception with a status, a code and a message. */
public final class AwsErrors {
  private AwsErrors() {}

  /**
   * Completes an exception of the SDK's model.
   *
   * @param builder the builder of the modelled exception, or of the service's base exception for an
   *     error that is not modelled
   * @param status the HTTP status
   * @param code the error code on the wire
   */
  public static AwsServiceException error(
      AwsServiceException.Builder builder, int status, String code, String message) {
    return builder
        .message(message)
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .build();
  }

  /** The refusal of an operation that AWS has and this runtime does not. */
  public static AwsServiceException unsupported(String service, String operation) {
    return error(
        AwsServiceException.builder(),
        400,
        "NotSupportedByLocalRuntime",
        service + ":" + operation + " is not supported: the local runtime does not have it");
  }

  /** The refusal of a parameter or value that AWS has and this runtime does not. */
  public static AwsServiceException unsupported(String service, String operation, String what) {
    return error(
        AwsServiceException.builder(),
        400,
        "NotSupportedByLocalRuntime",
        service
            + ":"
            + operation
            + " with "
            + what
            + " is not supported: the local runtime does not have it");
  }

  static AwsServiceException unsupportedService(String service) {
    return error(
        AwsServiceException.builder(),
        400,
        "NotSupportedByLocalRuntime",
        "the service " + service + " is not supported: the local runtime does not have it");
  }

  /** The code of an error as the wire says it. */
  public static String code(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.errorCode() == null ? "InternalFailure" : details.errorCode();
  }

  /** The message of an error as the wire says it, without what the SDK adds to it. */
  public static String message(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.errorMessage() == null
        ? String.valueOf(e.getMessage())
        : details.errorMessage();
  }
}
