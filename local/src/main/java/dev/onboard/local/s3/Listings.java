package dev.onboard.local.s3;

import dev.onboard.local.call.Environment;
import dev.onboard.local.s3.KeyWalk.Position;
import dev.onboard.local.store.Tx;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Listing the objects of a bucket, in both versions of the operation. */
final class Listings {
  private final Environment env;
  private final Buckets buckets;
  private final Owner owner;

  Listings(Environment env, Buckets buckets, Owner owner) {
    this.env = env;
    this.buckets = buckets;
    this.owner = owner;
  }

  ListObjectsV2Response list(ListObjectsV2Request request) {
    Members.only(
        "ListObjectsV2",
        env.account(),
        request,
        Set.of(
            "Delimiter",
            "EncodingType",
            "MaxKeys",
            "Prefix",
            "ContinuationToken",
            "FetchOwner",
            "StartAfter"));
    int most = Page.size("maxKeys", request.maxKeys());
    UnaryOperator<String> encoded = encoding(request.encodingTypeAsString());
    String token = request.continuationToken();
    Position start = token == null ? Position.after(request.startAfter()) : decode(token);
    KeyWalk<StoredVersion> walk =
        walk(request.bucket(), request.prefix(), request.delimiter(), most, start, null);
    boolean withOwner = Boolean.TRUE.equals(request.fetchOwner());
    var response =
        ListObjectsV2Response.builder()
            .name(request.bucket())
            .prefix(encoded.apply(request.prefix() == null ? "" : request.prefix()))
            .delimiter(optional(encoded, request.delimiter()))
            .maxKeys(most)
            .encodingType(request.encodingType())
            .keyCount(walk.rows().size() + walk.prefixes().size())
            .isTruncated(walk.truncated())
            .continuationToken(token)
            .startAfter(token == null ? optional(encoded, request.startAfter()) : null)
            .contents(contents(walk, encoded, withOwner))
            .commonPrefixes(commonPrefixes(walk.prefixes(), encoded));
    if (walk.truncated()) {
      response.nextContinuationToken(encode(walk));
    }
    return response.build();
  }

  ListObjectsResponse list(ListObjectsRequest request) {
    Members.only(
        "ListObjects",
        env.account(),
        request,
        Set.of("Delimiter", "EncodingType", "MaxKeys", "Prefix", "Marker"));
    int most = Page.size("maxKeys", request.maxKeys());
    UnaryOperator<String> encoded = encoding(request.encodingTypeAsString());
    String marker = request.marker();
    KeyWalk<StoredVersion> walk =
        walk(
            request.bucket(),
            request.prefix(),
            request.delimiter(),
            most,
            Position.after(marker),
            marker);
    var response =
        ListObjectsResponse.builder()
            .name(request.bucket())
            .prefix(encoded.apply(request.prefix() == null ? "" : request.prefix()))
            .marker(encoded.apply(marker == null ? "" : marker))
            .delimiter(optional(encoded, request.delimiter()))
            .maxKeys(most)
            .encodingType(request.encodingType())
            .isTruncated(walk.truncated())
            .contents(contents(walk, encoded, true))
            .commonPrefixes(commonPrefixes(walk.prefixes(), encoded));
    if (walk.truncated() && request.delimiter() != null && !request.delimiter().isEmpty()) {
      String last = walk.lastPrefix();
      response.nextMarker(encoded.apply(last == null ? walk.rows().getLast().key() : last));
    }
    return response.build();
  }

  static UnaryOperator<String> encoding(@Nullable String type) {
    if (type != null && !type.equals("url")) {
      throw S3Errors.invalidArgument(
          "Invalid Encoding Method specified in Request", "encoding-type", type);
    }
    return type == null ? UnaryOperator.identity() : UrlEncoding::of;
  }

  static @Nullable String optional(UnaryOperator<String> encoded, @Nullable String text) {
    return text == null || text.isEmpty() ? null : encoded.apply(text);
  }

  static @Nullable List<CommonPrefix> commonPrefixes(
      List<String> prefixes, UnaryOperator<String> encoded) {
    return prefixes.isEmpty()
        ? null
        : prefixes.stream()
            .map(p -> CommonPrefix.builder().prefix(encoded.apply(p)).build())
            .toList();
  }

  private KeyWalk<StoredVersion> walk(
      String name,
      @Nullable String prefix,
      @Nullable String delimiter,
      int most,
      Position start,
      @Nullable String passed) {
    return env.store()
        .read(tx -> {
          Bucket bucket = buckets.required(tx, name);
          return new KeyWalk<>(
                  (from, end, limit) -> rows(tx, bucket.name(), from, end, limit),
                  StoredVersion::key,
                  StoredVersion::id,
                  prefix,
                  delimiter,
                  most)
              .from(start, passed);
        });
  }

  private static List<StoredVersion> rows(
      Tx tx, String bucket, Position from, Object end, int limit) {
    return tx.list(
        "SELECT "
            + StoredVersion.COLUMNS
            + " FROM s3_object"
            + " WHERE bucket = ? AND latest = 1 AND marker = 0 AND key "
            + (from.inclusive() ? ">=" : ">")
            + " ? AND key < ? ORDER BY key LIMIT ?",
        StoredVersion::of,
        bucket,
        from.key(),
        end,
        limit);
  }

  private @Nullable List<S3Object> contents(
      KeyWalk<StoredVersion> walk, UnaryOperator<String> encoded, boolean withOwner) {
    return walk.rows().isEmpty()
        ? null
        : walk.rows().stream().map(v -> shown(v, encoded, withOwner)).toList();
  }

  private S3Object shown(StoredVersion v, UnaryOperator<String> encoded, boolean withOwner) {
    var object =
        S3Object.builder()
            .key(encoded.apply(v.key()))
            .lastModified(v.lastModified())
            .eTag(v.quotedEtag())
            .size(v.size())
            .storageClass(v.storageClass());
    if (v.checksumKind() != null) {
      object.checksumAlgorithmWithStrings(v.checksumKind().name()).checksumType(v.checksumType());
    }
    if (withOwner) {
      object.owner(owner.owner());
    }
    return object.build();
  }

  /** A token says what came last: {@code k} and a key, or {@code p} and a common prefix. */
  private static String encode(KeyWalk<StoredVersion> walk) {
    String prefix = walk.lastPrefix();
    String text = prefix == null ? "k" + walk.rows().getLast().key() : "p" + prefix;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Position decode(String token) {
    String text;
    try {
      text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      text = "";
    }
    if (text.startsWith("k")) {
      return Position.after(text.substring(1));
    }
    String next = text.startsWith("p") ? KeyOrder.successor(text.substring(1)) : null;
    if (next == null) {
      throw S3Errors.invalidContinuation();
    }
    return Position.from(next);
  }
}
