package dev.onboard.local.s3;

import dev.onboard.local.clock.LocalClock;
import dev.onboard.local.s3.NewVersion.PartOfObject;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.utils.DateUtils;

/** The versions of the objects of all buckets, in their table. */
final class Versions {
  private final LocalClock clock;
  private final Sequence sequence;
  private final Pieces pieces;

  Versions(LocalClock clock, Sequence sequence, Pieces pieces) {
    this.clock = clock;
    this.sequence = sequence;
    this.pieces = pieces;
  }

  /** The latest version, which may be a delete marker. */
  Optional<StoredVersion> latest(Tx tx, String bucket, String key) {
    return tx.first(
        "SELECT "
            + StoredVersion.COLUMNS
            + " FROM s3_object"
            + " WHERE bucket = ? AND key = ? AND latest = 1",
        StoredVersion::of,
        bucket,
        key);
  }

  /** The object as it is now; nothing if there is none or it was deleted. */
  Optional<StoredVersion> current(Tx tx, String bucket, String key) {
    return latest(tx, bucket, key).filter(v -> !v.marker());
  }

  Optional<StoredVersion> version(Tx tx, String bucket, String key, String version) {
    return tx.first(
        "SELECT "
            + StoredVersion.COLUMNS
            + " FROM s3_object"
            + " WHERE bucket = ? AND key = ? AND version = ?",
        StoredVersion::of,
        bucket,
        key,
        version);
  }

  /**
   * The version that a request to read means.
   *
   * @param version the version asked for; the current one if null
   * @param reading whether a current delete marker reads as if there were no object, as it does for
   *     Get and Head
   */
  StoredVersion found(Tx tx, Bucket bucket, String key, @Nullable String version, boolean reading) {
    StoredVersion found;
    if (version == null) {
      found = latest(tx, bucket.name(), key).orElseThrow(() -> S3Errors.noSuchKey(key, Map.of()));
      if (found.marker() && reading) {
        throw S3Errors.noSuchKey(key, markerHeaders(found));
      }
    } else {
      bucket.checkVersionId(version);
      found =
          version(tx, bucket.name(), key, version)
              .orElseThrow(() -> S3Errors.noSuchVersion(key, version));
    }
    if (found.marker()) {
      throw S3Errors.isDeleteMarker(markerHeaders(found));
    }
    return found;
  }

  /** Makes a version the latest one; replaces the null version if the bucket does not keep them. */
  StoredVersion add(Tx tx, Bucket bucket, NewVersion version) {
    if (!bucket.keepsVersions()) {
      version(tx, bucket.name(), version.key(), Ids.NULL).ifPresent(v -> erase(tx, v));
    }
    tx.update(
        "UPDATE s3_object SET latest = 0 WHERE bucket = ? AND key = ? AND latest = 1",
        bucket.name(),
        version.key());
    long id = sequence.next(tx);
    var stored = stored(id, bucket, version);
    insert(tx, stored);
    pieces.add(tx, id, version.pieces());
    for (PartOfObject part : version.parts()) {
      tx.update(
          "INSERT INTO s3_object_part VALUES (?, ?, ?, ?)",
          id,
          part.number(),
          part.size(),
          part.checksum());
    }
    return stored;
  }

  private StoredVersion stored(long id, Bucket bucket, NewVersion version) {
    return new StoredVersion(
        id,
        bucket.name(),
        version.key(),
        bucket.keepsVersions() ? Ids.version(id) : Ids.NULL,
        true,
        version.marker(),
        version.size(),
        version.etag(),
        clock.now().truncatedTo(ChronoUnit.MILLIS),
        version.storageClass(),
        version.checksumKind(),
        version.checksumType(),
        version.checksum(),
        version.parts().size(),
        version.head(),
        version.tags());
  }

  private static void insert(Tx tx, StoredVersion v) {
    tx.update(
        "INSERT INTO s3_object("
            + StoredVersion.COLUMNS
            + ")"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        v.id(),
        v.bucket(),
        v.key(),
        v.version(),
        v.latest(),
        v.marker(),
        v.size(),
        v.etag(),
        v.modified(),
        v.storageClass(),
        v.checksumKind(),
        v.checksumType(),
        v.checksum(),
        v.parts(),
        v.head(),
        v.tags().json());
  }

  /** Removes a version for good; the one before it becomes the latest if it was that. */
  void remove(Tx tx, StoredVersion version) {
    erase(tx, version);
    if (version.latest()) {
      tx.update(
          "UPDATE s3_object SET latest = 1 WHERE id ="
              + " (SELECT max(id) FROM s3_object WHERE bucket = ? AND key = ?)",
          version.bucket(),
          version.key());
    }
  }

  /** Whether a version that was looked up before is still there. */
  boolean isThere(Tx tx, StoredVersion version) {
    return tx.exists("SELECT 1 FROM s3_object WHERE id = ?", version.id());
  }

  List<Piece> pieces(Tx tx, StoredVersion version) {
    return pieces.of(tx, version.id());
  }

  /** The parts after one, in order. */
  List<PartOfObject> parts(Tx tx, StoredVersion version, int after, int limit) {
    return tx.list(
        "SELECT n, size, checksum FROM s3_object_part WHERE object = ? AND n > ?"
            + " ORDER BY n LIMIT ?",
        r -> new PartOfObject(r.integer(1), r.number(2), r.string(3)),
        version.id(),
        after,
        limit);
  }

  /** Where a part begins within its object. */
  long partStart(Tx tx, StoredVersion version, int number) {
    return tx.number(
        "SELECT sum(size) FROM s3_object_part WHERE object = ? AND n < ?", version.id(), number);
  }

  void tag(Tx tx, StoredVersion version, Tags tags) {
    tx.update("UPDATE s3_object SET tags = ? WHERE id = ?", tags.json(), version.id());
  }

  private void erase(Tx tx, StoredVersion version) {
    tx.update("DELETE FROM s3_object WHERE id = ?", version.id());
    pieces.drop(tx, version.id());
    if (version.parts() > 0) {
      tx.update("DELETE FROM s3_object_part WHERE object = ?", version.id());
    }
  }

  private static Map<String, String> markerHeaders(StoredVersion marker) {
    Instant modified = marker.lastModified();
    return Map.of(
        "x-amz-delete-marker",
        "true",
        "x-amz-version-id",
        marker.version(),
        "Allow",
        "DELETE",
        "Last-Modified",
        DateUtils.formatRfc822Date(modified));
  }
}
