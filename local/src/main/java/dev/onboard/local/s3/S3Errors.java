package dev.onboard.local.s3;

import dev.onboard.local.call.AwsErrors;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The errors of S3 with its own codes, statuses and texts. */
final class S3Errors {
  private S3Errors() {}

  static AwsServiceException of(int status, String code, String message) {
    return AwsErrors.error(S3Exception.builder(), status, code, message);
  }

  static AwsServiceException noSuchBucket() {
    return AwsErrors.error(
        NoSuchBucketException.builder(),
        404,
        "NoSuchBucket",
        "The specified bucket does not exist");
  }

  static AwsServiceException noSuchKey() {
    return noSuchKey(Map.of());
  }

  static AwsServiceException noSuchKey(Map<String, String> headers) {
    return withHeaders(
        NoSuchKeyException.builder(),
        404,
        "NoSuchKey",
        "The specified key does not exist.",
        headers);
  }

  static AwsServiceException noSuchVersion() {
    return of(404, "NoSuchVersion", "The specified version does not exist.");
  }

  static AwsServiceException noSuchUpload() {
    return AwsErrors.error(
        NoSuchUploadException.builder(),
        404,
        "NoSuchUpload",
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have"
            + " been aborted or completed.");
  }

  static AwsServiceException isDeleteMarker(Map<String, String> headers) {
    return withHeaders(
        S3Exception.builder(),
        405,
        "MethodNotAllowed",
        "The specified method is not allowed against this resource.",
        headers);
  }

  static AwsServiceException notModified(Map<String, String> headers) {
    return withHeaders(S3Exception.builder(), 304, "NotModified", "Not Modified", headers);
  }

  static AwsServiceException preconditionFailed() {
    return of(
        412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
  }

  static AwsServiceException notImplemented() {
    return of(
        501,
        "NotImplemented",
        "A header you provided implies functionality that is not implemented");
  }

  static AwsServiceException conflict() {
    return of(
        409,
        "ConditionalRequestConflict",
        "The conditional request cannot succeed due to a conflicting operation against this"
            + " resource.");
  }

  static AwsServiceException invalidArgument(String message) {
    return of(400, "InvalidArgument", message);
  }

  static AwsServiceException invalidRequest(String message) {
    return of(400, "InvalidRequest", message);
  }

  static AwsServiceException badDigest(String message) {
    return of(400, "BadDigest", message);
  }

  static AwsServiceException invalidPart() {
    return of(
        400,
        "InvalidPart",
        "One or more of the specified parts could not be found.  The part may not have been"
            + " uploaded, or the specified entity tag may not match the part's entity tag.");
  }

  static AwsServiceException malformedXml() {
    return of(
        400,
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published"
            + " schema");
  }

  static AwsServiceException tooLarge() {
    return of(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size");
  }

  static AwsServiceException incompleteBody() {
    return of(
        400,
        "IncompleteBody",
        "You did not provide the number of bytes specified by the Content-Length HTTP header");
  }

  static AwsServiceException unsupported(String operation, String what) {
    return AwsErrors.unsupported("s3", operation, what);
  }

  private static AwsServiceException withHeaders(
      AwsServiceException.Builder builder,
      int status,
      String code,
      String message,
      Map<String, String> headers) {
    var response = SdkHttpResponse.builder().statusCode(status);
    headers.forEach(response::putHeader);
    return builder
        .message(message)
        .statusCode(status)
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .errorCode(code)
                .errorMessage(message)
                .sdkHttpResponse(response.build())
                .build())
        .build();
  }
}
