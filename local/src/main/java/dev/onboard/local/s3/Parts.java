package dev.onboard.local.s3;

import dev.onboard.local.call.Call;
import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** The parts of multipart uploads: sent, copied and listed. */
final class Parts {
  private static final Set<String> KNOWN =
      Stream.of(
              List.of("Key", "UploadId", "PartNumber", "ContentLength"),
              DeclaredDigests.CHECKSUMS,
              DeclaredDigests.OTHERS)
          .flatMap(Collection::stream)
          .collect(Collectors.toSet());
  private static final Set<String> KNOWN_TO_COPY =
      Set.of(
          "DestinationBucket",
          "DestinationKey",
          "SourceBucket",
          "SourceKey",
          "SourceVersionId",
          "CopySource",
          "CopySourceRange",
          "CopySourceIfMatch",
          "CopySourceIfNoneMatch",
          "CopySourceIfModifiedSince",
          "CopySourceIfUnmodifiedSince",
          "PartNumber",
          "UploadId");

  private final Environment env;
  private final Buckets buckets;
  private final Uploads uploads;
  private final Bodies bodies;
  private final Pieces pieces;
  private final Sequence sequence;
  private final Sources sources;
  private final Owner owner;

  Parts(
      Environment env,
      Buckets buckets,
      Uploads uploads,
      Bodies bodies,
      Pieces pieces,
      Sequence sequence,
      Sources sources,
      Owner owner) {
    this.env = env;
    this.buckets = buckets;
    this.uploads = uploads;
    this.bodies = bodies;
    this.pieces = pieces;
    this.sequence = sequence;
    this.sources = sources;
    this.owner = owner;
  }

  UploadPartResponse upload(UploadPartRequest request, RequestBody body) {
    Members.only("UploadPart", env.account(), request, KNOWN);
    Upload upload =
        env.store().read(tx -> upload(tx, request.bucket(), request.key(), request.uploadId()));
    int number = number(request.partNumber());
    long expected = Puts.expected(body, request.contentLength());
    try (InputStream in = body.contentStreamProvider().newStream()) {
      DeclaredDigests digests = DeclaredDigests.of(request, in);
      if (!digests.isOpen()) {
        checkKind(upload, digests.kind());
      }
      return bodies.receive(
          in,
          expected,
          digests,
          upload.computed(),
          (received, declared) -> {
            checkKind(upload, declared);
            return add(request, upload, number, received, declared);
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private UploadPartResponse add(
      UploadPartRequest request,
      Upload upload,
      int number,
      Received received,
      @Nullable ChecksumKind declared) {
    Digests.Summary summary = received.summary();
    StoredPart part =
        env.store()
            .write(tx ->
                add(
                    tx,
                    upload(tx, request.bucket(), request.key(), upload.id()),
                    number,
                    received.pieces(),
                    summary));
    UploadPartResponse.Builder response =
        UploadPartResponse.builder()
            .eTag(part.quotedEtag())
            .serverSideEncryption(ServerSideEncryption.AES256);
    ChecksumKind shown = upload.kind() == null ? declared : upload.kind();
    if (shown != null) {
      Members.set(response, shown.member(), summary.checksum(shown));
    }
    return response.build();
  }

  UploadPartCopyResponse copy(UploadPartCopyRequest request) {
    Members.only("UploadPartCopy", env.account(), request, KNOWN_TO_COPY);
    String bucket = request.destinationBucket();
    String key = request.destinationKey();
    Upload upload = env.store().read(tx -> upload(tx, bucket, key, request.uploadId()));
    int number = number(request.partNumber());
    return sources.copy(
        () -> sources.find("UploadPartCopy", request, request.copySourceRange()),
        found -> Set.of(upload.computed()),
        (tx, found, summary) -> {
          StoredPart part =
              add(tx, upload(tx, bucket, key, upload.id()), number, found.pieces(), summary);
          CopyPartResult.Builder result =
              CopyPartResult.builder()
                  .eTag(part.quotedEtag())
                  .lastModified(part.modified.truncatedTo(ChronoUnit.SECONDS));
          if (upload.kind() != null) {
            Members.set(result, upload.kind().member(), part.checksum);
          }
          return UploadPartCopyResponse.builder()
              .copyPartResult(result.build())
              .copySourceVersionId(found.shownVersion())
              .serverSideEncryption(ServerSideEncryption.AES256)
              .build();
        });
  }

  ListPartsResponse list(ListPartsRequest request) {
    Members.only(
        "ListParts",
        env.account(),
        request,
        Set.of("Key", "UploadId", "MaxParts", "PartNumberMarker"));
    int most = Page.size("max-parts", request.maxParts());
    int after = request.partNumberMarker() == null ? 0 : request.partNumberMarker();
    return env.store()
        .read(tx -> {
          Bucket bucket = buckets.required(tx, request.bucket());
          Upload upload = uploads.open(tx, bucket.name(), request.key(), request.uploadId());
          List<StoredPart> found = parts(tx, upload, after, most + 1);
          List<StoredPart> page = found.stream().limit(most).toList();
          var response =
              ListPartsResponse.builder()
                  .bucket(bucket.name())
                  .key(upload.key())
                  .uploadId(upload.id())
                  .partNumberMarker(after)
                  .nextPartNumberMarker(page.isEmpty() ? 0 : page.getLast().number)
                  .maxParts(most)
                  .isTruncated(most > 0 && found.size() > most)
                  .initiator(owner.initiator(upload.initiator()))
                  .owner(owner.owner())
                  .storageClass(upload.storageClass())
                  .checksumAlgorithm(upload.kind() == null ? null : upload.kind().name())
                  .checksumType(upload.type())
                  .parts(page.isEmpty() ? null : page.stream().map(p -> shown(upload, p)).toList());
          bucket
              .lifecycle()
              .abort(upload.key(), upload.initiated())
              .ifPresent(e -> response.abortDate(e.at()).abortRuleId(e.rule()));
          return response.build();
        });
  }

  List<StoredPart> parts(Tx tx, Upload upload, int after, int limit) {
    return tx.list(
        "SELECT n, body, size, etag, modified, checksum FROM s3_part WHERE upload = ? AND n > ?"
            + " ORDER BY n LIMIT ?",
        StoredPart::of,
        upload.id(),
        after,
        limit);
  }

  private StoredPart add(
      Tx tx, Upload upload, int number, List<Piece> content, Digests.Summary summary) {
    Optional<Long> before =
        tx.first(
            "SELECT body FROM s3_part WHERE upload = ? AND n = ?",
            r -> r.number(1),
            upload.id(),
            number);
    var part =
        new StoredPart(
            number,
            sequence.next(tx),
            summary.size(),
            summary.md5(),
            env.clock().now(),
            summary.checksum(upload.computed()));
    pieces.add(tx, part.body, content);
    tx.update(
        "INSERT OR REPLACE INTO s3_part VALUES (?, ?, ?, ?, ?, ?, ?)",
        upload.id(),
        number,
        part.body,
        part.size,
        part.etag,
        part.modified,
        part.checksum);
    before.ifPresent(body -> pieces.drop(tx, body));
    return part;
  }

  private Upload upload(Tx tx, String bucket, String key, @Nullable String id) {
    buckets.required(tx, bucket);
    return uploads.open(tx, bucket, key, id);
  }

  private static int number(@Nullable Integer number) {
    if (number == null || number < 1 || number > S3Limits.PARTS) {
      throw S3Errors.invalidArgument(
          "Part number must be an integer between 1 and 10000, inclusive",
          "partNumber",
          String.valueOf(number));
    }
    return number;
  }

  /** A part must come with the checksum agreed on; callers inside the JVM have it computed. */
  private static void checkKind(Upload upload, @Nullable ChecksumKind sent) {
    boolean inside = sent == null && Call.current().origin() == null;
    if (upload.kind() != null && sent != upload.kind() && !inside) {
      throw S3Errors.invalidRequest(
          "Checksum Type mismatch occurred, expected checksum Type: "
              + upload.kind().lowerName()
              + ", actual checksum Type: "
              + (sent == null ? "null" : sent.lowerName()));
    }
  }

  private static Part shown(Upload upload, StoredPart part) {
    Part.Builder shown =
        Part.builder()
            .partNumber(part.number)
            .eTag(part.quotedEtag())
            .size(part.size)
            .lastModified(part.modified.truncatedTo(ChronoUnit.SECONDS));
    if (upload.kind() != null) {
      Members.set(shown, upload.kind().member(), part.checksum);
    }
    return shown.build();
  }

  /**
   * A part that has been uploaded.
   *
   * @param etag without quotes
   * @param checksum of the kind that is {@link Upload#computed computed}
   */
  record StoredPart(
      int number, long body, long size, String etag, Instant modified, String checksum) {

    static StoredPart of(Row row) {
      return new StoredPart(
          row.integer(1),
          row.number(2),
          row.number(3),
          row.string(4),
          Instant.ofEpochMilli(row.number(5)),
          row.string(6));
    }

    String quotedEtag() {
      return '"' + etag + '"';
    }
  }
}
