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

  static AwsServiceException noSuchBucket(String name) {
    return ErrorElements.named(
        AwsErrors.error(
            NoSuchBucketException.builder(),
            404,
            "NoSuchBucket",
            "The specified bucket does not exist"),
        Map.of("BucketName", name));
  }

  static AwsServiceException noSuchKey() {
    return AwsErrors.error(
        NoSuchKeyException.builder(), 404, "NoSuchKey", "The specified key does not exist.");
  }

  /** The error for a key that may not be the request's own, such as that of a copy's source. */
  static AwsServiceException noSuchKey(String key, Map<String, String> headers) {
    return ErrorElements.named(
        withHeaders(
            NoSuchKeyException.builder(),
            404,
            "NoSuchKey",
            "The specified key does not exist.",
            headers),
        Map.of("Key", key));
  }

  static AwsServiceException noSuchVersion(String key, String version) {
    return ErrorElements.named(
        of(404, "NoSuchVersion", "The specified version does not exist."),
        Map.of("Key", key, "VersionId", version));
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

  /**
   * The error for a condition that does not hold.
   *
   * @param condition the header that has it
   */
  static AwsServiceException preconditionFailed(String condition) {
    return ErrorElements.named(
        of(
            412,
            "PreconditionFailed",
            "At least one of the pre-conditions you specified did not hold"),
        Map.of("Condition", condition));
  }

  static AwsServiceException notImplemented(String header, String why) {
    return ErrorElements.named(
        of(
            501,
            "NotImplemented",
            "A header you provided implies functionality that is not implemented"),
        Map.of("Header", header, "additionalMessage", why));
  }

  static AwsServiceException conflict(String condition) {
    return ErrorElements.named(conflict(), Map.of("Condition", condition));
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

  /** The error for a header, a query parameter or an element of the request. */
  static AwsServiceException invalidArgument(String message, String name, String value) {
    return ErrorElements.named(
        invalidArgument(message), Map.of("ArgumentName", name, "ArgumentValue", value));
  }

  /** The error for a page's token, whose value it does not repeat. */
  static AwsServiceException invalidContinuation() {
    return ErrorElements.named(
        invalidArgument("The continuation token provided is incorrect"),
        Map.of("ArgumentName", "continuation-token"));
  }

  static AwsServiceException invalidRequest(String message) {
    return of(400, "InvalidRequest", message);
  }

  static AwsServiceException badDigest(String message) {
    return of(400, "BadDigest", message);
  }

  static AwsServiceException invalidPart(int number, String etag) {
    return ErrorElements.named(
        of(
            400,
            "InvalidPart",
            "One or more of the specified parts could not be found.  The part may not have been"
                + " uploaded, or the specified entity tag may not match the part's entity tag."),
        Map.of("PartNumber", Integer.toString(number), "ETag", ETags.bare(etag)));
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
