package dev.onboard.local.s3;

import dev.onboard.local.call.Environment;
import dev.onboard.local.s3.Sources.Found;
import dev.onboard.local.store.Tx;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectResult;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

/** Copying objects. */
final class Copies {
  private static final String OPERATION = "CopyObject";
  private static final Set<String> KNOWN =
      Heads.and(
          "DestinationBucket",
          "DestinationKey",
          "SourceBucket",
          "SourceKey",
          "SourceVersionId",
          "CopySource",
          "CopySourceIfMatch",
          "CopySourceIfNoneMatch",
          "CopySourceIfModifiedSince",
          "CopySourceIfUnmodifiedSince",
          "ChecksumAlgorithm",
          "MetadataDirective",
          "TaggingDirective",
          "IfMatch",
          "IfNoneMatch");

  private final Environment env;
  private final Buckets buckets;
  private final Versions versions;
  private final Sources sources;
  private final Notices notices;

  Copies(Environment env, Buckets buckets, Versions versions, Sources sources, Notices notices) {
    this.env = env;
    this.buckets = buckets;
    this.versions = versions;
    this.sources = sources;
    this.notices = notices;
  }

  CopyObjectResponse copy(CopyObjectRequest request) {
    Members.only(OPERATION, env.account(), request, KNOWN);
    WriteCondition condition = WriteCondition.of(request.ifMatch(), request.ifNoneMatch());
    checkDirectives(request);
    Bucket bucket = buckets.required(request.destinationBucket());
    Heads.check(OPERATION, request, bucket);
    Heads.checkKey(request.destinationKey());
    ChecksumKind named =
        request.checksumAlgorithm() == null
            ? null
            : ChecksumKind.named(request.checksumAlgorithmAsString())
                .orElseThrow(() ->
                    S3Errors.invalidRequest(
                        "Checksum algorithm provided is unsupported. Please try again with any"
                            + " of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]"));
    return sources.copy(
        () -> source(request),
        found -> Set.of(kind(named, found)),
        (tx, found, summary) -> write(tx, request, condition, found, kind(named, found), summary));
  }

  private Found source(CopyObjectRequest request) {
    Found found = sources.find(OPERATION, request, null);
    boolean changes =
        request.storageClass() != null
            || request.serverSideEncryption() != null
            || request.metadataDirective() == MetadataDirective.REPLACE
            || request.websiteRedirectLocation() != null;
    if (!changes
        && found.version().latest()
        && found.bucket().name().equals(request.destinationBucket())
        && found.version().key().equals(request.destinationKey())) {
      throw S3Errors.invalidRequest(
          "This copy request is illegal because it is trying to copy an object to itself without"
              + " changing the object's metadata, storage class, website redirect location or"
              + " encryption attributes.");
    }
    return found;
  }

  private CopyObjectResponse write(
      Tx tx,
      CopyObjectRequest request,
      WriteCondition condition,
      Found found,
      ChecksumKind kind,
      Digests.Summary summary) {
    Bucket bucket = buckets.required(tx, request.destinationBucket());
    condition.check(versions.current(tx, bucket.name(), request.destinationKey()));
    boolean newHead = request.metadataDirective() == MetadataDirective.REPLACE;
    boolean newTags = request.taggingDirective() == TaggingDirective.REPLACE;
    StoredVersion stored =
        versions.add(
            tx,
            bucket,
            new NewVersion(
                request.destinationKey(),
                false,
                summary.size(),
                summary.md5(),
                Heads.storageClass(OPERATION, request),
                kind,
                "FULL_OBJECT",
                summary.checksum(kind),
                newHead
                    ? Heads.of(request)
                    : Heads.copied(found.version().head(), request.websiteRedirectLocation()),
                newTags ? Tags.ofHeader(request.tagging()) : found.version().tags(),
                found.pieces(),
                List.of()));
    notices.batch(bucket, Requester.current()).created(stored, OPERATION).publish();
    CopyObjectResult.Builder result =
        CopyObjectResult.builder().eTag(stored.quotedEtag()).lastModified(stored.lastModified());
    Heads.checksum(result, stored);
    return CopyObjectResponse.builder()
        .copyObjectResult(result.build())
        .versionId(bucket.shownVersion(stored))
        .copySourceVersionId(found.shownVersion())
        .serverSideEncryption(ServerSideEncryption.AES256)
        .expiration(Heads.expiration(bucket, stored))
        .build();
  }

  /** The checksum that a copy gets: the one asked for, else the kind that its source has. */
  private static ChecksumKind kind(@Nullable ChecksumKind named, Found found) {
    if (named != null) {
      return named;
    }
    ChecksumKind kept = found.version().checksumKind();
    return kept == null ? ChecksumKind.CRC64NVME : kept;
  }

  private static void checkDirectives(CopyObjectRequest request) {
    if (request.metadataDirective() == MetadataDirective.UNKNOWN_TO_SDK_VERSION) {
      throw S3Errors.invalidArgument("Unknown metadata directive.");
    }
    if (request.taggingDirective() == TaggingDirective.UNKNOWN_TO_SDK_VERSION) {
      throw S3Errors.invalidArgument("Unknown tagging directive.");
    }
  }
}
