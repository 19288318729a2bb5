package dev.onboard.local.s3;

import dev.onboard.local.call.Environment;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingResponse;

/** The tags of objects, which can be changed while the object stays the same. */
final class ObjectTagging {
  private final Environment env;
  private final Buckets buckets;
  private final Versions versions;
  private final Notices notices;

  ObjectTagging(Environment env, Buckets buckets, Versions versions, Notices notices) {
    this.env = env;
    this.buckets = buckets;
    this.versions = versions;
    this.notices = notices;
  }

  PutObjectTaggingResponse put(PutObjectTaggingRequest request) {
    Members.only(
        "PutObjectTagging",
        env.account(),
        request,
        Set.of("Key", "VersionId", "Tagging", "ContentMD5", "ChecksumAlgorithm"));
    if (request.tagging() == null) {
      throw S3Errors.malformedXml();
    }
    Tags tags = Tags.ofObject(request.tagging().tagSet());
    return env.store()
        .write(tx -> {
          Bucket bucket = buckets.required(tx, request.bucket());
          StoredVersion version =
              versions.found(tx, bucket, request.key(), request.versionId(), false);
          versions.tag(tx, version, tags);
          notices.batch(bucket, Requester.current()).tags(version, true).publish();
          return PutObjectTaggingResponse.builder().versionId(bucket.shownVersion(version)).build();
        });
  }

  GetObjectTaggingResponse get(GetObjectTaggingRequest request) {
    Members.only("GetObjectTagging", env.account(), request, Set.of("Key", "VersionId"));
    return env.store()
        .read(tx -> {
          Bucket bucket = buckets.required(tx, request.bucket());
          StoredVersion version =
              versions.found(tx, bucket, request.key(), request.versionId(), false);
          return GetObjectTaggingResponse.builder()
              .versionId(bucket.shownVersion(version))
              .tagSet(version.tags().all())
              .build();
        });
  }

  DeleteObjectTaggingResponse delete(DeleteObjectTaggingRequest request) {
    Members.only("DeleteObjectTagging", env.account(), request, Set.of("Key", "VersionId"));
    return env.store()
        .write(tx -> {
          Bucket bucket = buckets.required(tx, request.bucket());
          StoredVersion version =
              versions.found(tx, bucket, request.key(), request.versionId(), false);
          versions.tag(tx, version, Tags.NONE);
          notices.batch(bucket, Requester.current()).tags(version, false).publish();
          return DeleteObjectTaggingResponse.builder()
              .versionId(bucket.shownVersion(version))
              .build();
        });
  }
}
