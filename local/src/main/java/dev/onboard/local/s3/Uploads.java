package dev.onboard.local.s3;

import dev.onboard.local.call.Call;
import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Multipart uploads: begun, and given up. */
final class Uploads {
  private static final Set<String> KNOWN = Heads.and("Key", "ChecksumAlgorithm", "ChecksumType");
  private static final int PAGE = 500;

  private final Environment env;
  private final Buckets buckets;
  private final Sequence sequence;
  private final Pieces pieces;

  Uploads(Environment env, Buckets buckets, Sequence sequence, Pieces pieces) {
    this.env = env;
    this.buckets = buckets;
    this.sequence = sequence;
    this.pieces = pieces;
  }

  CreateMultipartUploadResponse create(CreateMultipartUploadRequest request) {
    Members.only("CreateMultipartUpload", env.account(), request, KNOWN);
    Heads.checkKey(request.key());
    ChecksumKind kind = kind(request);
    String type = type(request, kind);
    String storageClass = Heads.storageClass("CreateMultipartUpload", request);
    String head = Heads.of(request);
    Tags tags = Tags.ofHeader(request.tagging());
    String id = Ids.upload();
    String initiator = Call.current().caller().arn();
    return env.store()
        .write(tx -> {
          Bucket bucket = buckets.required(tx, request.bucket());
          Heads.check("CreateMultipartUpload", request, bucket);
          tx.update(
              "INSERT INTO s3_upload VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL,"
                  + " NULL)",
              id,
              sequence.next(tx),
              bucket.name(),
              request.key(),
              env.clock().now(),
              storageClass,
              kind,
              type,
              head,
              tags.json(),
              initiator);
          return begun(bucket, find(tx, id).orElseThrow());
        });
  }

  private static CreateMultipartUploadResponse begun(Bucket bucket, Upload upload) {
    var response =
        CreateMultipartUploadResponse.builder()
            .bucket(upload.bucket())
            .key(upload.key())
            .uploadId(upload.id())
            .checksumAlgorithm(upload.kind() == null ? null : upload.kind().name())
            .checksumType(upload.type())
            .serverSideEncryption(ServerSideEncryption.AES256);
    bucket
        .lifecycle()
        .abort(upload.key(), upload.initiated())
        .ifPresent(e -> response.abortDate(e.at()).abortRuleId(e.rule()));
    return response.build();
  }

  AbortMultipartUploadResponse abort(AbortMultipartUploadRequest request) {
    Members.only("AbortMultipartUpload", env.account(), request, Set.of("Key", "UploadId"));
    return env.store()
        .write(tx -> {
          buckets.required(tx, request.bucket());
          abort(tx, open(tx, request.bucket(), request.key(), request.uploadId()));
          return AbortMultipartUploadResponse.builder().build();
        });
  }

  /** Gives up the uploads of a bucket that its lifecycle says are too old. */
  void abortDue(Bucket bucket) {
    Instant now = env.clock().now();
    long after = 0;
    while (true) {
      long from = after;
      List<Upload> page =
          env.store()
              .read(tx ->
                  tx.list(
                      "SELECT * FROM s3_upload WHERE bucket = ? AND completed IS NULL"
                          + " AND number > ? ORDER BY number LIMIT ?",
                      Upload::of,
                      bucket.name(),
                      from,
                      PAGE));
      for (Upload upload : page) {
        boolean due =
            bucket
                .lifecycle()
                .abort(upload.key(), upload.initiated())
                .filter(e -> !e.at().isAfter(now))
                .isPresent();
        if (due) {
          env.store()
              .write(tx -> {
                find(tx, upload.id()).filter(u -> !u.completed()).ifPresent(u -> abort(tx, u));
                return null;
              });
        }
      }
      if (page.size() < PAGE) {
        return;
      }
      after = page.getLast().number();
    }
  }

  Optional<Upload> find(Tx tx, @Nullable String id) {
    return tx.first("SELECT * FROM s3_upload WHERE id = ?", Upload::of, id);
  }

  /** The upload that a request means, which is still going on. */
  Upload open(Tx tx, String bucket, @Nullable String key, @Nullable String id) {
    return find(tx, id)
        .filter(u -> !u.completed() && u.bucket().equals(bucket) && u.key().equals(key))
        .orElseThrow(S3Errors::noSuchUpload);
  }

  /** Removes the parts of an upload; what an object took over stays. */
  void dropParts(Tx tx, Upload upload) {
    tx.list("SELECT body FROM s3_part WHERE upload = ?", r -> r.number(1), upload.id())
        .forEach(body -> pieces.drop(tx, body));
    tx.update("DELETE FROM s3_part WHERE upload = ?", upload.id());
  }

  private void abort(Tx tx, Upload upload) {
    dropParts(tx, upload);
    tx.update("DELETE FROM s3_upload WHERE id = ?", upload.id());
  }

  private static @Nullable ChecksumKind kind(CreateMultipartUploadRequest request) {
    String named = request.checksumAlgorithmAsString();
    return named == null
        ? null
        : ChecksumKind.named(named)
            .orElseThrow(() ->
                S3Errors.invalidRequest(
                    "Checksum algorithm provided is unsupported. Please try again with any of"
                        + " the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]"));
  }

  private static @Nullable String type(
      CreateMultipartUploadRequest request, @Nullable ChecksumKind kind) {
    ChecksumType type = request.checksumType();
    if (kind == null) {
      if (type != null) {
        throw S3Errors.invalidRequest(
            "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm"
                + " header.");
      }
      return null;
    }
    if (type == null) {
      return kind == ChecksumKind.CRC64NVME ? "FULL_OBJECT" : "COMPOSITE";
    }
    boolean possible =
        switch (type) {
          case COMPOSITE -> kind != ChecksumKind.CRC64NVME;
          case FULL_OBJECT -> kind.combines();
          case UNKNOWN_TO_SDK_VERSION ->
              throw S3Errors.invalidRequest("Value for x-amz-checksum-type header is invalid.");
        };
    if (!possible) {
      throw S3Errors.invalidRequest(
          "The "
              + type
              + " checksum type cannot be used with the "
              + kind.lowerName()
              + " checksum algorithm.");
    }
    return type.toString();
  }
}
