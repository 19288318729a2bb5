package dev.onboard.local.s3;

import dev.onboard.local.call.Environment;
import dev.onboard.local.s3.KeyWalk.Position;
import dev.onboard.local.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** Listings in which a key occurs more than once: versions, and uploads. */
final class VersionListings {
  private final Environment env;
  private final Buckets buckets;
  private final Versions versions;
  private final Uploads uploads;
  private final Owner owner;

  VersionListings(
      Environment env, Buckets buckets, Versions versions, Uploads uploads, Owner owner) {
    this.env = env;
    this.buckets = buckets;
    this.versions = versions;
    this.uploads = uploads;
    this.owner = owner;
  }

  ListObjectVersionsResponse list(ListObjectVersionsRequest request) {
    Members.only(
        "ListObjectVersions",
        env.account(),
        request,
        Set.of("Delimiter", "EncodingType", "KeyMarker", "MaxKeys", "Prefix", "VersionIdMarker"));
    String keyMarker = empty(request.keyMarker());
    String versionMarker = empty(request.versionIdMarker());
    if (versionMarker != null && keyMarker == null) {
      throw S3Errors.invalidArgument(
          "A version-id marker cannot be specified without a key marker.",
          "version-id-marker",
          versionMarker);
    }
    int most = Page.size("maxKeys", request.maxKeys());
    UnaryOperator<String> encoded = Listings.encoding(request.encodingTypeAsString());
    KeyWalk<StoredVersion> walk = walk(request, most, keyMarker, versionMarker);
    var response =
        ListObjectVersionsResponse.builder()
            .name(request.bucket())
            .prefix(encoded.apply(request.prefix() == null ? "" : request.prefix()))
            .delimiter(Listings.optional(encoded, request.delimiter()))
            .keyMarker(encoded.apply(keyMarker == null ? "" : keyMarker))
            .versionIdMarker(versionMarker == null ? "" : versionMarker)
            .maxKeys(most)
            .encodingType(request.encodingType())
            .isTruncated(walk.truncated())
            .commonPrefixes(Listings.commonPrefixes(walk.prefixes(), encoded));
    show(walk, encoded, response);
    if (walk.truncated()) {
      StoredVersion last = walk.lastRow();
      response.nextKeyMarker(
          encoded.apply(last == null ? String.valueOf(walk.lastPrefix()) : last.key()));
      response.nextVersionIdMarker(last == null ? null : last.version());
    }
    return response.build();
  }

  ListMultipartUploadsResponse list(ListMultipartUploadsRequest request) {
    Members.only(
        "ListMultipartUploads",
        env.account(),
        request,
        Set.of("Delimiter", "EncodingType", "KeyMarker", "MaxUploads", "Prefix", "UploadIdMarker"));
    String keyMarker = empty(request.keyMarker());
    // Without a key marker an upload's id means nothing.
    String idMarker = keyMarker == null ? null : empty(request.uploadIdMarker());
    int most = Page.size("max-uploads", request.maxUploads());
    UnaryOperator<String> encoded = Listings.encoding(request.encodingTypeAsString());
    KeyWalk<Upload> walk = walk(request, most, keyMarker, idMarker);
    Upload last = walk.lastRow();
    String lastKey = last == null ? walk.lastPrefix() : last.key();
    return ListMultipartUploadsResponse.builder()
        .bucket(request.bucket())
        .prefix(Listings.optional(encoded, request.prefix()))
        .delimiter(Listings.optional(encoded, request.delimiter()))
        .keyMarker(encoded.apply(keyMarker == null ? "" : keyMarker))
        .uploadIdMarker(idMarker == null ? "" : idMarker)
        .nextKeyMarker(encoded.apply(lastKey == null ? "" : lastKey))
        .nextUploadIdMarker(last == null ? "" : last.id())
        .maxUploads(most)
        .encodingType(request.encodingType())
        .isTruncated(walk.truncated())
        .commonPrefixes(Listings.commonPrefixes(walk.prefixes(), encoded))
        .uploads(
            walk.rows().isEmpty()
                ? null
                : walk.rows().stream().map(u -> shown(u, encoded)).toList())
        .build();
  }

  private KeyWalk<StoredVersion> walk(
      ListObjectVersionsRequest request,
      int most,
      @Nullable String keyMarker,
      @Nullable String versionMarker) {
    return env.store()
        .read(tx -> {
          Bucket bucket = buckets.required(tx, request.bucket());
          return new KeyWalk<>(
                  (from, end, limit) -> versions(tx, bucket.name(), from, end, limit),
                  StoredVersion::key,
                  StoredVersion::id,
                  request.prefix(),
                  request.delimiter(),
                  most)
              .from(start(tx, bucket, keyMarker, versionMarker), keyMarker);
        });
  }

  private KeyWalk<Upload> walk(
      ListMultipartUploadsRequest request,
      int most,
      @Nullable String keyMarker,
      @Nullable String idMarker) {
    return env.store()
        .read(tx -> {
          Bucket bucket = buckets.required(tx, request.bucket());
          return new KeyWalk<>(
                  (from, end, limit) -> uploads(tx, bucket.name(), from, end, limit),
                  Upload::key,
                  Upload::number,
                  request.prefix(),
                  request.delimiter(),
                  most)
              .from(start(tx, keyMarker, idMarker), keyMarker);
        });
  }

  private Position start(
      Tx tx, Bucket bucket, @Nullable String keyMarker, @Nullable String versionMarker) {
    if (keyMarker == null || versionMarker == null) {
      return Position.after(keyMarker);
    }
    Optional<StoredVersion> marker = versions.version(tx, bucket.name(), keyMarker, versionMarker);
    OptionalLong number = Ids.number(versionMarker);
    if (marker.isEmpty() && number.isEmpty() && !versionMarker.equals(Ids.NULL)) {
      throw S3Errors.invalidArgument(
          "Invalid version id specified", "version-id-marker", versionMarker);
    }
    return new Position(keyMarker, marker.map(StoredVersion::id).orElse(number.orElse(0)), false);
  }

  private Position start(Tx tx, @Nullable String keyMarker, @Nullable String idMarker) {
    if (keyMarker == null || idMarker == null) {
      return Position.after(keyMarker);
    }
    Upload marker =
        uploads
            .find(tx, idMarker)
            .filter(u -> u.key().equals(keyMarker))
            .orElseThrow(() ->
                S3Errors.invalidArgument("Invalid uploadId marker", "upload-id-marker", idMarker));
    return new Position(keyMarker, marker.number(), false);
  }

  /** Newest first within a key. */
  private static List<StoredVersion> versions(
      Tx tx, String bucket, Position from, Object end, int limit) {
    var found = new ArrayList<StoredVersion>();
    if (from.number() > 0) {
      found.addAll(
          tx.list(
              "SELECT "
                  + StoredVersion.COLUMNS
                  + " FROM s3_object"
                  + " WHERE bucket = ? AND key = ? AND id < ? ORDER BY id DESC LIMIT ?",
              StoredVersion::of,
              bucket,
              from.key(),
              from.number(),
              limit));
    }
    if (found.size() < limit) {
      found.addAll(
          tx.list(
              "SELECT "
                  + StoredVersion.COLUMNS
                  + " FROM s3_object WHERE bucket = ? AND key "
                  + (from.inclusive() ? ">=" : ">")
                  + " ? AND key < ? ORDER BY key, id DESC LIMIT ?",
              StoredVersion::of,
              bucket,
              from.key(),
              end,
              limit - found.size()));
    }
    return found;
  }

  /** Oldest first within a key. */
  private static List<Upload> uploads(Tx tx, String bucket, Position from, Object end, int limit) {
    var found = new ArrayList<Upload>();
    if (from.number() > 0) {
      found.addAll(
          tx.list(
              "SELECT * FROM s3_upload WHERE bucket = ? AND key = ? AND number > ?"
                  + " AND completed IS NULL ORDER BY number LIMIT ?",
              Upload::of,
              bucket,
              from.key(),
              from.number(),
              limit));
    }
    if (found.size() < limit) {
      found.addAll(
          tx.list(
              "SELECT * FROM s3_upload WHERE bucket = ? AND key "
                  + (from.inclusive() ? ">=" : ">")
                  + " ? AND key < ? AND completed IS NULL ORDER BY key, number LIMIT ?",
              Upload::of,
              bucket,
              from.key(),
              end,
              limit - found.size()));
    }
    return found;
  }

  private void show(
      KeyWalk<StoredVersion> walk,
      UnaryOperator<String> encoded,
      ListObjectVersionsResponse.Builder response) {
    var shown = new ArrayList<ObjectVersion>();
    var markers = new ArrayList<DeleteMarkerEntry>();
    for (StoredVersion v : walk.rows()) {
      if (v.marker()) {
        markers.add(
            DeleteMarkerEntry.builder()
                .key(encoded.apply(v.key()))
                .versionId(v.version())
                .isLatest(v.latest())
                .lastModified(v.lastModified())
                .owner(owner.owner())
                .build());
      } else {
        shown.add(version(v, encoded));
      }
    }
    response
        .versions(shown.isEmpty() ? null : shown)
        .deleteMarkers(markers.isEmpty() ? null : markers);
  }

  private ObjectVersion version(StoredVersion v, UnaryOperator<String> encoded) {
    var version =
        ObjectVersion.builder()
            .key(encoded.apply(v.key()))
            .versionId(v.version())
            .isLatest(v.latest())
            .lastModified(v.lastModified())
            .eTag(v.quotedEtag())
            .size(v.size())
            .storageClass(v.storageClass())
            .owner(owner.owner());
    if (v.checksumKind() != null) {
      version.checksumAlgorithmWithStrings(v.checksumKind().name()).checksumType(v.checksumType());
    }
    return version.build();
  }

  private MultipartUpload shown(Upload upload, UnaryOperator<String> encoded) {
    return MultipartUpload.builder()
        .uploadId(upload.id())
        .key(encoded.apply(upload.key()))
        .initiated(upload.initiated())
        .storageClass(upload.storageClass())
        .owner(owner.owner())
        .initiator(owner.initiator(upload.initiator()))
        .checksumAlgorithm(upload.kind() == null ? null : upload.kind().name())
        .checksumType(upload.type())
        .build();
  }

  private static @Nullable String empty(@Nullable String marker) {
    return marker == null || marker.isEmpty() ? null : marker;
  }
}
