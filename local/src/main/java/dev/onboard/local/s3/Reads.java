package dev.onboard.local.s3;

import dev.onboard.local.call.Environment;
import dev.onboard.local.s3.NewVersion.PartOfObject;
import dev.onboard.local.store.Tx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.Checksum;
import software.amazon.awssdk.services.s3.model.GetObjectAclRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAclResponse;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesParts;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.ObjectPart;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.Type;
import software.amazon.awssdk.utils.DateUtils;

/** Reading objects: their bodies, heads, attributes. */
final class Reads {
  private static final Set<String> KNOWN =
      Set.of(
          "Key",
          "VersionId",
          "Range",
          "PartNumber",
          "ChecksumMode",
          "IfMatch",
          "IfNoneMatch",
          "IfModifiedSince",
          "IfUnmodifiedSince",
          "ResponseCacheControl",
          "ResponseContentDisposition",
          "ResponseContentEncoding",
          "ResponseContentLanguage",
          "ResponseContentType",
          "ResponseExpires");

  /** How often a body is looked up anew because it was replaced between looking and opening. */
  private static final int TRIES = 100;

  private final Environment env;
  private final Buckets buckets;
  private final Versions versions;
  private final Bodies bodies;
  private final Owner owner;

  Reads(Environment env, Buckets buckets, Versions versions, Bodies bodies, Owner owner) {
    this.env = env;
    this.buckets = buckets;
    this.versions = versions;
    this.bodies = bodies;
    this.owner = owner;
  }

  <T> T get(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
    Members.only("GetObject", env.account(), request, KNOWN);
    for (int i = 1; ; i++) {
      Answer answer = env.store().read(tx -> answer(tx, request, request.bucket()));
      GetObjectResponse.Builder response = GetObjectResponse.builder();
      Members.copyAll(answer.head, response);
      InputStream body;
      try {
        body = bodies.open(answer.body);
      } catch (NoSuchFileException e) {
        if (i == TRIES) {
          throw new UncheckedIOException(e);
        }
        continue;
      }
      return transform(response.build(), body, transformer);
    }
  }

  HeadObjectResponse head(HeadObjectRequest request) {
    Members.only("HeadObject", env.account(), request, KNOWN);
    return env.store().read(tx -> answer(tx, request, request.bucket())).head;
  }

  GetObjectAttributesResponse attributes(GetObjectAttributesRequest request) {
    Members.only(
        "GetObjectAttributes",
        env.account(),
        request,
        Set.of("Key", "VersionId", "MaxParts", "PartNumberMarker", "ObjectAttributes"));
    Set<ObjectAttributes> wanted = Set.copyOf(request.objectAttributes());
    if (wanted.isEmpty() || wanted.contains(ObjectAttributes.UNKNOWN_TO_SDK_VERSION)) {
      throw S3Errors.invalidArgument("Invalid attribute name specified.");
    }
    return env.store()
        .read(tx -> {
          Bucket bucket = buckets.required(tx, request.bucket());
          StoredVersion v = versions.found(tx, bucket, request.key(), request.versionId(), true);
          var response =
              GetObjectAttributesResponse.builder()
                  .lastModified(v.lastModified())
                  .versionId(bucket.shownVersion(v));
          if (wanted.contains(ObjectAttributes.E_TAG)) {
            response.eTag(v.etag());
          }
          if (wanted.contains(ObjectAttributes.OBJECT_SIZE)) {
            response.objectSize(v.size());
          }
          if (wanted.contains(ObjectAttributes.STORAGE_CLASS)) {
            response.storageClass(v.storageClass());
          }
          if (wanted.contains(ObjectAttributes.CHECKSUM) && v.checksumKind() != null) {
            Checksum.Builder checksum = Checksum.builder();
            Heads.checksum(checksum, v);
            response.checksum(checksum.build());
          }
          if (wanted.contains(ObjectAttributes.OBJECT_PARTS) && v.parts() > 0) {
            response.objectParts(parts(tx, v, request));
          }
          return response.build();
        });
  }

  GetObjectAclResponse acl(GetObjectAclRequest request) {
    Members.only("GetObjectAcl", env.account(), request, Set.of("Key", "VersionId"));
    env.store()
        .read(tx ->
            versions.found(
                tx,
                buckets.required(tx, request.bucket()),
                request.key(),
                request.versionId(),
                true));
    return GetObjectAclResponse.builder()
        .owner(owner.owner())
        .grants(
            Grant.builder()
                .permission(Permission.FULL_CONTROL)
                .grantee(g -> g.type(Type.CANONICAL_USER).id(owner.canonicalId()))
                .build())
        .build();
  }

  /** The parts with their checksums, which S3 keeps only where they make a composite one. */
  private GetObjectAttributesParts parts(
      Tx tx, StoredVersion version, GetObjectAttributesRequest request) {
    var shown = GetObjectAttributesParts.builder().totalPartsCount(version.parts());
    if (!"COMPOSITE".equals(version.checksumType()) || version.checksumKind() == null) {
      return shown.build();
    }
    String member = version.checksumKind().member();
    int most = Page.size("max-parts", request.maxParts());
    int after = request.partNumberMarker() == null ? 0 : request.partNumberMarker();
    List<PartOfObject> found = versions.parts(tx, version, after, most + 1);
    List<PartOfObject> page = found.stream().limit(most).toList();
    return shown
        .maxParts(most)
        .partNumberMarker(after)
        .nextPartNumberMarker(page.isEmpty() ? 0 : page.getLast().number())
        .isTruncated(found.size() > most)
        .parts(
            page.stream()
                .map(p -> {
                  ObjectPart.Builder part =
                      ObjectPart.builder().partNumber(p.number()).size(p.size());
                  Members.set(part, member, p.checksum());
                  return part.build();
                })
                .toList())
        .build();
  }

  private Answer answer(Tx tx, S3Request request, String name) {
    Bucket bucket = buckets.required(tx, name);
    String key = Members.string(request, "Key");
    StoredVersion version =
        versions.found(tx, bucket, key, Members.string(request, "VersionId"), true);
    ReadCondition.of(request, "").checkRead(version, env.clock().now());
    String range = Members.string(request, "Range");
    Integer part = (Integer) Members.get(request, "PartNumber");
    if (range != null && part != null) {
      throw S3Errors.invalidRequest(
          "Cannot specify both Range header and partNumber query parameter");
    }
    HeadObjectResponse.Builder head = Heads.response(bucket, version);
    Optional<ByteRange> stretch =
        part == null
            ? ByteRange.parse(range, version.size())
            : Optional.ofNullable(part(tx, version, part));
    if (part != null && version.parts() > 0) {
      head.partsCount(version.parts());
    }
    stretch.ifPresent(
        r -> head.contentLength(r.length()).contentRange(r.contentRange(version.size())));
    if ("ENABLED".equalsIgnoreCase(Members.string(request, "ChecksumMode"))) {
      checksum(tx, head, version, stretch, part);
    }
    override(request, head);
    long first = stretch.map(ByteRange::first).orElse(0L);
    long length = stretch.map(ByteRange::length).orElse(version.size());
    return new Answer(head.build(), Piece.slice(versions.pieces(tx, version), first, length));
  }

  /** The stretch of a part; null if the object is empty, which no range can say. */
  private @Nullable ByteRange part(Tx tx, StoredVersion version, int number) {
    if (version.parts() == 0) {
      if (number != 1) {
        throw noSuchPart(1);
      }
      return version.size() == 0 ? null : new ByteRange(0, version.size());
    }
    PartOfObject part =
        versions.parts(tx, version, number - 1, 1).stream()
            .filter(p -> p.number() == number)
            .findFirst()
            .orElseThrow(() -> noSuchPart(version.parts()));
    return part.size() == 0
        ? null
        : new ByteRange(versions.partStart(tx, version, number), part.size());
  }

  private static RuntimeException noSuchPart(int there) {
    return ErrorElements.named(
        S3Errors.of(416, "InvalidPartNumber", "The requested partnumber is not satisfiable"),
        Map.of("ActualPartCount", Integer.toString(there)));
  }

  /** A checksum is shown with what it is of: the whole, or one part. */
  private void checksum(
      Tx tx,
      HeadObjectResponse.Builder head,
      StoredVersion version,
      Optional<ByteRange> stretch,
      @Nullable Integer part) {
    boolean composite = "COMPOSITE".equals(version.checksumType());
    if (part != null && version.parts() > 0 && composite && version.checksumKind() != null) {
      String checksum = versions.parts(tx, version, part - 1, 1).getFirst().checksum();
      Members.set(head, version.checksumKind().member(), checksum);
      head.checksumType(version.checksumType());
    } else if (stretch.isEmpty() || stretch.get().length() == version.size()) {
      Heads.checksum(head, version);
    }
  }

  private static void override(S3Request request, HeadObjectResponse.Builder head) {
    Stream.of(
            "CacheControl",
            "ContentDisposition",
            "ContentEncoding",
            "ContentLanguage",
            "ContentType")
        .forEach(member -> {
          String value = Members.string(request, "Response" + member);
          if (value != null) {
            Members.set(head, member, value);
          }
        });
    if (Members.get(request, "ResponseExpires") instanceof Instant expires) {
      head.expiresString(DateUtils.formatRfc822Date(expires));
    }
  }

  private static <T> T transform(
      GetObjectResponse response,
      InputStream body,
      ResponseTransformer<GetObjectResponse, T> transformer) {
    boolean keep = false;
    try {
      T result =
          transformer.transform(response, AbortableInputStream.create(body, () -> close(body)));
      keep = transformer.needsConnectionLeftOpen();
      return result;
    } catch (RuntimeException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("the reader was interrupted", e);
    } catch (Exception e) {
      throw SdkClientException.create("the body could not be handed over", e);
    } finally {
      if (!keep) {
        close(body);
      }
    }
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Answer(HeadObjectResponse head, List<Piece> body) {}
}
