package dev.onboard.local.s3;

import dev.onboard.local.wire.SdkJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.utils.DateUtils;

/** What is said about an object beside its body: content headers, user metadata, and the rest. */
final class Heads {
  /** The members of a request that make an object's head, to be known to it in any case. */
  static final Set<String> MEMBERS =
      Set.of(
          "ACL",
          "CacheControl",
          "ContentDisposition",
          "ContentEncoding",
          "ContentLanguage",
          "ContentType",
          "Expires",
          "Metadata",
          "ServerSideEncryption",
          "StorageClass",
          "Tagging",
          "WebsiteRedirectLocation");

  private static final List<String> TEXTS =
      List.of("CacheControl", "ContentDisposition", "ContentLanguage", "WebsiteRedirectLocation");
  private static final Set<String> STORAGE_CLASSES =
      Set.of("STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING");
  private static final Set<String> COLD_CLASSES =
      Set.of("GLACIER", "DEEP_ARCHIVE", "GLACIER_IR", "SNOW", "EXPRESS_ONEZONE");
  private static final String STANDARD = "STANDARD";

  private Heads() {}

  static Set<String> and(String... members) {
    return Stream.concat(MEMBERS.stream(), Stream.of(members)).collect(Collectors.toSet());
  }

  /** The head that a request gives to an object, as it is kept. */
  static String of(SdkPojo request) {
    HeadObjectResponse.Builder head = HeadObjectResponse.builder();
    Members.copy(request, head, TEXTS);
    String type = Members.string(request, "ContentType");
    head.contentType(type == null || type.isEmpty() ? "binary/octet-stream" : type);
    head.contentEncoding(withoutChunks(Members.string(request, "ContentEncoding")));
    if (Members.get(request, "Expires") instanceof Instant expires) {
      head.expiresString(DateUtils.formatRfc822Date(expires));
    }
    head.metadata(metadata(request));
    return SdkJson.write(head.build());
  }

  /** The head of a copy that keeps that of its source, except for where it redirects to. */
  static String copied(String source, @Nullable String redirect) {
    return SdkJson.write(
        SdkJson.read(HeadObjectResponse.class, source).toBuilder()
            .websiteRedirectLocation(redirect)
            .build());
  }

  static String storageClass(String operation, SdkPojo request) {
    String given = Members.string(request, "StorageClass");
    if (given == null) {
      return STANDARD;
    }
    if (COLD_CLASSES.contains(given)) {
      throw S3Errors.unsupported(operation, "StorageClass " + given);
    }
    if (!STORAGE_CLASSES.contains(given)) {
      throw S3Errors.of(400, "InvalidStorageClass", "The storage class you specified is not valid");
    }
    return given;
  }

  /** Refuses what cannot be had in a bucket: other keys than S3's own, and ACLs. */
  static void check(String operation, SdkPojo request, Bucket bucket) {
    String encryption = Members.string(request, "ServerSideEncryption");
    if (encryption != null && !encryption.equals(ServerSideEncryption.AES256.toString())) {
      throw S3Errors.unsupported(operation, "ServerSideEncryption " + encryption);
    }
    String acl = Members.string(request, "ACL");
    if (acl != null && !acl.equals("private") && !acl.equals("bucket-owner-full-control")) {
      if ("BucketOwnerEnforced".equals(bucket.ownership())) {
        throw S3Errors.of(400, "AccessControlListNotSupported", "The bucket does not allow ACLs");
      }
      throw S3Errors.unsupported(operation, "ACL " + acl);
    }
  }

  static void checkKey(@Nullable String key) {
    if (key == null || key.isEmpty()) {
      throw S3Errors.invalidArgument("Object key must not be empty");
    }
    if (key.getBytes(StandardCharsets.UTF_8).length > S3Limits.KEY_BYTES) {
      throw S3Errors.of(400, "KeyTooLongError", "Your key is too long");
    }
  }

  /** What HeadObject answers for a version. */
  static HeadObjectResponse.Builder response(Bucket bucket, StoredVersion version) {
    HeadObjectResponse.Builder head =
        SdkJson.read(HeadObjectResponse.class, version.head()).toBuilder();
    head.acceptRanges("bytes")
        .lastModified(version.lastModified())
        .contentLength(version.size())
        .eTag(version.quotedEtag())
        .versionId(bucket.shownVersion(version))
        .serverSideEncryption(ServerSideEncryption.AES256);
    if (!version.storageClass().equals(STANDARD)) {
      head.storageClass(version.storageClass());
    }
    if (!version.tags().all().isEmpty()) {
      head.tagCount(version.tags().all().size());
    }
    if (version.latest()) {
      head.expiration(expiration(bucket, version));
    }
    return head;
  }

  static @Nullable String expiration(Bucket bucket, StoredVersion version) {
    return bucket.lifecycle().expiry(version).map(Lifecycle.Expiry::header).orElse(null);
  }

  /** Shows the checksum of a version. */
  static void checksum(SdkPojo builder, StoredVersion version) {
    if (version.checksumKind() != null) {
      Members.set(builder, version.checksumKind().member(), version.checksum());
      Members.set(builder, "ChecksumType", version.checksumType());
    }
  }

  private static Map<String, String> metadata(SdkPojo request) {
    var metadata = new LinkedHashMap<String, String>();
    int size = 0;
    if (Members.get(request, "Metadata") instanceof Map<?, ?> given) {
      for (var entry : given.entrySet()) {
        String name = entry.getKey().toString().toLowerCase(Locale.ROOT);
        String value = String.valueOf(entry.getValue());
        metadata.put(name, value);
        size += name.length() + value.getBytes(StandardCharsets.UTF_8).length;
      }
    }
    if (size > S3Limits.METADATA_BYTES) {
      throw S3Errors.of(
          400,
          "MetadataTooLarge",
          "Your metadata headers exceed the maximum allowed metadata size");
    }
    return metadata;
  }

  /** How the body came over the wire is not how it is encoded. */
  private static @Nullable String withoutChunks(@Nullable String encoding) {
    if (encoding == null) {
      return null;
    }
    String rest =
        Stream.of(encoding.split(","))
            .map(String::strip)
            .filter(e -> !e.isEmpty() && !e.equals("aws-chunked"))
            .collect(Collectors.joining(","));
    return rest.isEmpty() ? null : rest;
  }
}
