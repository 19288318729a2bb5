package dev.onboard.local.s3;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of an object that is about to be.
 *
 * @param checksum see {@link StoredVersion}
 * @param parts the parts that it was uploaded in, if it was
 */
record NewVersion(
    String key,
    boolean marker,
    long size,
    String etag,
    String storageClass,
    @Nullable ChecksumKind checksumKind,
    @Nullable String checksumType,
    @Nullable String checksum,
    String head,
    Tags tags,
    List<Piece> pieces,
    List<PartOfObject> parts) {

  /** A part that an object was uploaded in. */
  record PartOfObject(int number, long size, String checksum) {}

  static NewVersion deleteMarker(String key) {
    return new NewVersion(
        key, true, 0, "", "STANDARD", null, null, null, "{}", Tags.NONE, List.of(), List.of());
  }
}
