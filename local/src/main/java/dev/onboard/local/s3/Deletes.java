package dev.onboard.local.s3;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.s3.Notices.Batch;
import dev.onboard.local.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Deleting objects: hiding them behind a marker, or a version for good. */
final class Deletes {
  private static final String REASON = "DeleteObject";

  private final Environment env;
  private final Buckets buckets;
  private final Versions versions;
  private final Sequence sequence;
  private final Notices notices;

  Deletes(Environment env, Buckets buckets, Versions versions, Sequence sequence, Notices notices) {
    this.env = env;
    this.buckets = buckets;
    this.versions = versions;
    this.sequence = sequence;
    this.notices = notices;
  }

  DeleteObjectResponse delete(DeleteObjectRequest request) {
    Members.only("DeleteObject", env.account(), request, Set.of("Key", "VersionId", "IfMatch"));
    return env.store()
        .write(tx -> {
          Bucket bucket = buckets.required(tx, request.bucket());
          Batch batch = notices.batch(bucket, Requester.current());
          if (request.versionId() != null) {
            bucket.checkVersionId(request.versionId());
          }
          Outcome outcome =
              delete(tx, bucket, request.key(), request.versionId(), request.ifMatch(), batch);
          batch.publish();
          return DeleteObjectResponse.builder()
              .versionId(outcome.version)
              .deleteMarker(outcome.marker ? true : null)
              .build();
        });
  }

  DeleteObjectsResponse deleteAll(DeleteObjectsRequest request) {
    Members.only("DeleteObjects", env.account(), request, Set.of("Delete", "ChecksumAlgorithm"));
    if (request.delete() == null
        || request.delete().objects().isEmpty()
        || request.delete().objects().size() > S3Limits.PAGE) {
      throw S3Errors.malformedXml();
    }
    boolean quiet = Boolean.TRUE.equals(request.delete().quiet());
    return env.store()
        .write(tx -> {
          Bucket bucket = buckets.required(tx, request.bucket());
          Batch batch = notices.batch(bucket, Requester.current());
          List<DeletedObject> deleted = new ArrayList<>();
          List<S3Error> errors = new ArrayList<>();
          for (ObjectIdentifier object : request.delete().objects()) {
            deleteOne(tx, bucket, object, batch, deleted, errors);
          }
          batch.publish();
          return DeleteObjectsResponse.builder()
              .deleted(quiet || deleted.isEmpty() ? null : deleted)
              .errors(errors.isEmpty() ? null : errors)
              .build();
        });
  }

  /** Puts a delete marker over an object. */
  StoredVersion hide(Tx tx, Bucket bucket, String key, String reason, Batch batch) {
    StoredVersion marker = versions.add(tx, bucket, NewVersion.deleteMarker(key));
    batch.markerCreated(marker, reason);
    return marker;
  }

  /** Removes a version for good. */
  void erase(Tx tx, StoredVersion version, String reason, Batch batch) {
    versions.remove(tx, version);
    batch.deleted(version, sequence.next(tx), reason);
  }

  private void deleteOne(
      Tx tx,
      Bucket bucket,
      ObjectIdentifier object,
      Batch batch,
      List<DeletedObject> deleted,
      List<S3Error> errors) {
    Members.only("DeleteObjects", env.account(), object, Set.of("Key", "VersionId", "ETag"));
    try {
      String wanted = object.versionId();
      if (wanted != null
          && versions.version(tx, bucket.name(), object.key(), wanted).isEmpty()
          && !(wanted.equals(Ids.NULL) && !bucket.isVersioned())) {
        throw S3Errors.noSuchVersion(object.key(), wanted);
      }
      Outcome outcome = delete(tx, bucket, object.key(), wanted, object.eTag(), batch);
      deleted.add(
          DeletedObject.builder()
              .key(object.key())
              .versionId(wanted)
              .deleteMarker(outcome.marker ? true : null)
              .deleteMarkerVersionId(outcome.marker ? outcome.version : null)
              .build());
    } catch (AwsServiceException e) {
      errors.add(
          S3Error.builder()
              .key(object.key())
              .versionId(object.versionId())
              .code(AwsErrors.code(e))
              .message(AwsErrors.message(e))
              .build());
    }
  }

  private Outcome delete(
      Tx tx,
      Bucket bucket,
      String key,
      @Nullable String version,
      @Nullable String ifMatch,
      Batch batch) {
    Heads.checkKey(key);
    Optional<StoredVersion> found =
        version == null
            ? versions.latest(tx, bucket.name(), key)
            : versions.version(tx, bucket.name(), key, version);
    if (ifMatch != null) {
      StoredVersion there = found.filter(v -> !v.marker()).orElseThrow(S3Errors::noSuchKey);
      if (!ETags.names(ifMatch, there.etag())) {
        throw S3Errors.preconditionFailed("If-Match");
      }
    }
    if (bucket.isVersioned() && version == null) {
      return new Outcome(hide(tx, bucket, key, REASON, batch).version(), true);
    }
    found.ifPresent(v -> erase(tx, v, REASON, batch));
    return new Outcome(
        bucket.isVersioned() ? version : null,
        bucket.isVersioned() && found.filter(StoredVersion::marker).isPresent());
  }

  /** What a deletion answers: the marker made or removed, or the version removed. */
  private record Outcome(@Nullable String version, boolean marker) {}
}
