package dev.onboard.local.s3;

import dev.onboard.local.store.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A multipart upload.
 *
 * @param number its number in the sequence
 * @param kind the checksum that was agreed on; null if none was
 * @param type {@code COMPOSITE} or {@code FULL_OBJECT}; null if no checksum was agreed on
 * @param head what {@link Heads} keeps of the request
 * @param initiator the ARN of who began it
 * @param request the parts that it was completed with, if it was
 * @param result what the completion answered, as JSON
 */
record Upload(
    String id,
    long number,
    String bucket,
    String key,
    Instant initiated,
    String storageClass,
    @Nullable ChecksumKind kind,
    @Nullable String type,
    String head,
    Tags tags,
    String initiator,
    boolean completed,
    @Nullable String request,
    @Nullable String result) {

  static Upload of(Row row) {
    return new Upload(
        row.string("id"),
        row.number("number"),
        row.string("bucket"),
        row.string("key"),
        row.instant("initiated"),
        row.string("storage_class"),
        ChecksumKind.named(row.stringOrNull("checksum_kind")).orElse(null),
        row.stringOrNull("checksum_type"),
        row.string("head"),
        Tags.parse(row.string("tags")),
        row.string("initiator"),
        !row.isNull("completed"),
        row.stringOrNull("request"),
        row.stringOrNull("result"));
  }

  /** The checksum that is computed of every part, agreed on or not. */
  ChecksumKind computed() {
    return kind == null ? ChecksumKind.CRC64NVME : kind;
  }
}
