package dev.onboard.local.s3;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What must be so for an object to be written: that there is none, or that it is a certain one.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">
 *     Conditional writes</a>
 */
record WriteCondition(@Nullable String ifMatch, boolean ifNone) {

  private static final String MATCH = "If-Match";
  private static final String NONE_MATCH = "If-None-Match";

  static WriteCondition of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
    if (ifMatch != null && ifNoneMatch != null) {
      throw S3Errors.notImplemented(
          "If-Match,If-None-Match", "Multiple conditional request headers present in the request");
    }
    if (ifNoneMatch != null && !ifNoneMatch.equals("*")) {
      throw notAccepted(NONE_MATCH);
    }
    if ("*".equals(ifMatch)) {
      throw notAccepted(MATCH);
    }
    return new WriteCondition(ifMatch, ifNoneMatch != null);
  }

  private static AwsServiceException notAccepted(String header) {
    return S3Errors.notImplemented(
        header, "We don't accept the provided value of " + header + " header for this API");
  }

  void check(Optional<StoredVersion> current) {
    if (ifNone && current.isPresent()) {
      throw S3Errors.preconditionFailed(NONE_MATCH);
    }
    if (ifMatch != null
        && !current.orElseThrow(S3Errors::noSuchKey).etag().equals(ETags.bare(ifMatch))) {
      throw S3Errors.preconditionFailed(MATCH);
    }
  }

  /** Checks at the end of something that took its time: nobody may have come in between. */
  void check(Optional<StoredVersion> current, Instant begun) {
    check(current);
    if (ifMatch != null && current.filter(v -> begun.isBefore(v.modified())).isPresent()) {
      throw S3Errors.conflict(MATCH);
    }
  }
}
