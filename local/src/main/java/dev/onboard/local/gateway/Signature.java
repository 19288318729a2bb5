package dev.onboard.local.gateway;

import dev.onboard.local.wire.HttpCall;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of itself in its signature: Version 4 in a header or, presigned, in the
 * query; Version 2 for presigned URLs of S3, which version 1 of the AWS command line still makes.
 * The signature itself is not verified: the runtime listens on the loopback address alone and its
 * keys are no secrets.
 *
 * @param accessKeyId empty if the request is not signed
 * @param region empty if the signature does not say
 * @param service the service that it was signed for
 * @param life how long a presigned request is valid
 */
public record Signature(
    String accessKeyId,
    String region,
    String service,
    @Nullable String sessionToken,
    @Nullable Life life) {

  /** How long a presigned request is valid, as it says itself. */
  public sealed interface Life {}

  /**
   * Version 4's.
   *
   * @param date in the basic format of ISO 8601
   * @param seconds from then on
   */
  public record Presigned(String date, String seconds) implements Life {}

  /**
   * Version 2's.
   *
   * @param seconds since 1970
   */
  public record Until(String seconds) implements Life {}

  private static final Pattern CREDENTIAL =
      Pattern.compile("Credential=([^/]+)/\\d+/([^/]*)/([^/]+)/aws4_request");

  static Signature of(HttpCall call) {
    String authorization = call.header("authorization");
    if (authorization != null) {
      Matcher matcher = CREDENTIAL.matcher(authorization);
      if (matcher.find()) {
        return new Signature(
            matcher.group(1),
            matcher.group(2),
            matcher.group(3),
            call.header("x-amz-security-token"),
            null);
      }
    }
    String credential = call.parameter("X-Amz-Credential");
    if (credential != null) {
      String[] scope = credential.split("/");
      String date = call.parameter("X-Amz-Date");
      String seconds = call.parameter("X-Amz-Expires");
      if (scope.length == 5 && date != null && seconds != null) {
        return new Signature(
            scope[0],
            scope[2],
            scope[3],
            call.parameter("X-Amz-Security-Token"),
            new Presigned(date, seconds));
      }
    }
    String keyId = call.parameter("AWSAccessKeyId");
    String until = call.parameter("Expires");
    if (keyId != null && until != null && call.parameter("Signature") != null) {
      return new Signature(
          keyId, "", "s3", call.parameter("x-amz-security-token"), new Until(until));
    }
    return new Signature("", "", "s3", null, null);
  }

  boolean isOfAnotherRegion(String here) {
    return !region.isEmpty() && !region.equals(here);
  }
}
