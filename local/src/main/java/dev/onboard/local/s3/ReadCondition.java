package dev.onboard.local.s3;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.DateUtils;

/**
 * What must be so for an object to be read, or to be copied from.
 *
 * <p>A match of the entity tag outweighs the date beside it, in both directions (RFC 9110, 13.2.2).
 */
record ReadCondition(
    @Nullable String ifMatch,
    @Nullable String ifNoneMatch,
    @Nullable Instant ifModifiedSince,
    @Nullable Instant ifUnmodifiedSince) {

  private static final String OF_SOURCE = "x-amz-copy-source-";

  /**
   * The condition of a request.
   *
   * @param prefix what its members' names begin with
   */
  static ReadCondition of(SdkPojo request, String prefix) {
    return new ReadCondition(
        Members.string(request, prefix + "IfMatch"),
        Members.string(request, prefix + "IfNoneMatch"),
        (Instant) Members.get(request, prefix + "IfModifiedSince"),
        (Instant) Members.get(request, prefix + "IfUnmodifiedSince"));
  }

  /** Checks for a read, which may find that the reader has it already. */
  void checkRead(StoredVersion version, Instant now) {
    if (fails(version)) {
      throw failed("");
    }
    if (isKnown(version, now)) {
      throw S3Errors.notModified(
          Map.of(
              "ETag",
              version.quotedEtag(),
              "Last-Modified",
              DateUtils.formatRfc822Date(version.lastModified())));
    }
  }

  /** Checks for a copy, for which there is no "not modified". */
  void checkCopy(StoredVersion version, Instant now) {
    if (fails(version)) {
      throw failed(OF_SOURCE);
    }
    if (isKnown(version, now)) {
      throw S3Errors.preconditionFailed(
          OF_SOURCE + (ifNoneMatch != null ? "If-None-Match" : "If-Modified-Since"));
    }
  }

  private AwsServiceException failed(String prefix) {
    return S3Errors.preconditionFailed(
        prefix + (ifMatch != null ? "If-Match" : "If-Unmodified-Since"));
  }

  private boolean fails(StoredVersion version) {
    if (ifMatch != null) {
      return !ETags.names(ifMatch, version.etag());
    }
    return ifUnmodifiedSince != null
        && version.lastModified().isAfter(ifUnmodifiedSince.truncatedTo(ChronoUnit.SECONDS));
  }

  private boolean isKnown(StoredVersion version, Instant now) {
    if (ifNoneMatch != null) {
      return ETags.names(ifNoneMatch, version.etag());
    }
    // A date that is still to come says nothing.
    return ifModifiedSince != null
        && !ifModifiedSince.isAfter(now)
        && !version.lastModified().isAfter(ifModifiedSince.truncatedTo(ChronoUnit.SECONDS));
  }
}
