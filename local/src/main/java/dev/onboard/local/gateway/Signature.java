package dev.onboard.local.gateway;

import dev.onboard.local.wire.HttpCall;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of itself in its signature (Signature Version 4), in a header or, presigned,
 * in the query. The signature itself is not verified: the runtime listens on the loopback address
 * alone and its keys are no secrets.
 *
 * @param accessKeyId empty if the request is not signed
 * @param service the service that it was signed for
 * @param presigned the time and life of a presigned request
 */
public record Signature(
    String accessKeyId,
    String region,
    String service,
    @Nullable String sessionToken,
    @Nullable Presigned presigned) {

  /**
   * A presigned request's life.
   *
   * @param date in the basic format of ISO 8601
   * @param seconds how long it is valid
   */
  public record Presigned(String date, String seconds) {}

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
    return new Signature("", "", "s3", null, null);
  }

  boolean isAnonymous() {
    return accessKeyId.isEmpty();
  }
}
