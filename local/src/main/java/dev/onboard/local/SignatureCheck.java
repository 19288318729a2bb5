package dev.onboard.local;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Principal;
import dev.onboard.local.clock.LocalClock;
import dev.onboard.local.gateway.Authenticator;
import dev.onboard.local.gateway.Signature;
import dev.onboard.local.iam.Credentials;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Whose key a request was signed with, and whether a presigned one is still good. */
final class SignatureCheck implements Authenticator {
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Credentials credentials;
  private final LocalClock clock;

  SignatureCheck(Credentials credentials, LocalClock clock) {
    this.credentials = credentials;
    this.clock = clock;
  }

  @Override
  public Principal principal(Signature signature) {
    if (signature.accessKeyId().isEmpty()) {
      throw AwsErrors.error(AwsServiceException.builder(), 403, "AccessDenied", "Access Denied");
    }
    if (signature.life() != null && clock.now().isAfter(end(signature.life()))) {
      throw AwsErrors.error(
          AwsServiceException.builder(), 403, "AccessDenied", "Request has expired");
    }
    return credentials.principalOf(signature.accessKeyId(), signature.sessionToken());
  }

  private static Instant end(Signature.Life life) {
    try {
      return switch (life) {
        case Signature.Presigned(String date, String seconds) ->
            BASIC.parse(date, Instant::from).plusSeconds(Long.parseLong(seconds));
        case Signature.Until(String seconds) -> Instant.ofEpochSecond(Long.parseLong(seconds));
      };
    } catch (DateTimeException | NumberFormatException e) {
      throw AwsErrors.error(
          AwsServiceException.builder(),
          400,
          "AuthorizationQueryParametersError",
          life instanceof Signature.Until
              ? "Expires must be a number of seconds since 1970"
              : "X-Amz-Date and X-Amz-Expires must be a date and a number of seconds");
    }
  }
}
