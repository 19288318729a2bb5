package dev.onboard.local.s3;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What must be so for an object to be written: that there is none, or that it is a certain one.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">
 *     Conditional writes</a>
 */
record WriteCondition(@Nullable String ifMatch, boolean ifNone) {

  static WriteCondition of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
    if (ifMatch != null && ifNoneMatch != null
        || ifNoneMatch != null && !ifNoneMatch.equals("*")
        || "*".equals(ifMatch)) {
      throw S3Errors.notImplemented();
    }
    return new WriteCondition(ifMatch, ifNoneMatch != null);
  }

  void check(Optional<StoredVersion> current) {
    if (ifNone && current.isPresent()) {
      throw S3Errors.preconditionFailed();
    }
    if (ifMatch != null
        && !current.orElseThrow(S3Errors::noSuchKey).etag().equals(ETags.bare(ifMatch))) {
      throw S3Errors.preconditionFailed();
    }
  }

  /** Checks at the end of something that took its time: nobody may have come in between. */
  void check(Optional<StoredVersion> current, Instant begun) {
    check(current);
    if (ifMatch != null && current.filter(v -> begun.isBefore(v.modified())).isPresent()) {
      throw S3Errors.conflict();
    }
  }
}
