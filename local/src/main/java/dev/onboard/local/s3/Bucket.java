package dev.onboard.local.s3;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A bucket.
 *
 * @param versioning {@code Enabled}, {@code Suspended}, or null if it never was
 * @param eventBridge whether changes of its objects are sent to the default bus
 * @param ownership who owns objects; null if the controls were deleted
 */
record Bucket(
    String name,
    Instant created,
    @Nullable String versioning,
    boolean eventBridge,
    @Nullable String ownership,
    Lifecycle lifecycle) {

  boolean keepsVersions() {
    return "Enabled".equals(versioning);
  }

  boolean isVersioned() {
    return versioning != null;
  }

  String arn() {
    return "arn:aws:s3:::" + name;
  }

  /** Refuses what cannot be the id of a version in this bucket. */
  void checkVersionId(String version) {
    boolean possible = version.equals(Ids.NULL) || isVersioned() && Ids.number(version).isPresent();
    if (!possible) {
      throw S3Errors.invalidArgument("Invalid version id specified", "versionId", version);
    }
  }

  /** What a request answers as the id of a version: nothing in a bucket without versions. */
  @Nullable String shownVersion(StoredVersion version) {
    return isVersioned() ? version.version() : null;
  }
}
