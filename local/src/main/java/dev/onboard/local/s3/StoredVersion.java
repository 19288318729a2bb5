package dev.onboard.local.s3;

import dev.onboard.local.store.Row;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A version of an object, or a delete marker.
 *
 * @param id its number in the sequence, which is also that of its body
 * @param version the id that clients see, {@link Ids#NULL} if it was written unversioned
 * @param etag without quotes
 * @param checksum in base64, with the number of parts behind it if it is composite
 * @param parts how many parts it was uploaded in; 0 if it was put in one piece
 * @param head what else HeadObject answers: content headers and user metadata
 */
record StoredVersion(
    long id,
    String bucket,
    String key,
    String version,
    boolean latest,
    boolean marker,
    long size,
    String etag,
    Instant modified,
    String storageClass,
    @Nullable ChecksumKind checksumKind,
    @Nullable String checksumType,
    @Nullable String checksum,
    int parts,
    String head,
    Tags tags) {

  static final String COLUMNS =
      "id, bucket, key, version, latest, marker, size, etag, modified, storage_class,"
          + " checksum_kind, checksum_type, checksum, parts, head, tags";

  static StoredVersion of(Row row) {
    return new StoredVersion(
        row.number(1),
        row.string(2),
        row.string(3),
        row.string(4),
        row.integer(5) != 0,
        row.integer(6) != 0,
        row.number(7),
        row.string(8),
        Instant.ofEpochMilli(row.number(9)),
        row.string(10),
        ChecksumKind.named(row.stringOrNull(11)).orElse(null),
        row.stringOrNull(12),
        row.stringOrNull(13),
        row.integer(14),
        row.string(15),
        Tags.parse(row.string(16)));
  }

  String quotedEtag() {
    return '"' + etag + '"';
  }

  /** The time of the last change as headers can tell it. */
  Instant lastModified() {
    return modified.truncatedTo(ChronoUnit.SECONDS);
  }
}
