package dev.onboard.local.s3;

import dev.onboard.local.call.Call;
import dev.onboard.local.call.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Putting objects in one piece. */
final class Puts {
  private static final Set<String> KNOWN =
      Stream.of(
              Heads.and("Key", "ContentLength", "IfMatch", "IfNoneMatch"),
              DeclaredDigests.CHECKSUMS,
              DeclaredDigests.OTHERS)
          .flatMap(Collection::stream)
          .collect(Collectors.toSet());

  private final Environment env;
  private final Buckets buckets;
  private final Versions versions;
  private final Bodies bodies;
  private final Notices notices;

  Puts(Environment env, Buckets buckets, Versions versions, Bodies bodies, Notices notices) {
    this.env = env;
    this.buckets = buckets;
    this.versions = versions;
    this.bodies = bodies;
    this.notices = notices;
  }

  PutObjectResponse put(PutObjectRequest request, RequestBody body) {
    Members.only("PutObject", env.account(), request, KNOWN);
    WriteCondition condition = WriteCondition.of(request.ifMatch(), request.ifNoneMatch());
    checkBeforehand(request, condition);
    String storageClass = Heads.storageClass("PutObject", request);
    String head = Heads.of(request);
    Tags tags = Tags.ofHeader(request.tagging());
    long expected = expected(body, request.contentLength());
    try (InputStream in = body.contentStreamProvider().newStream()) {
      return bodies.receive(
          in,
          expected,
          DeclaredDigests.of(request, in),
          ChecksumKind.CRC64NVME,
          (received, declared) -> {
            ChecksumKind kind = declared == null ? ChecksumKind.CRC64NVME : declared;
            Digests.Summary summary = received.summary();
            return write(
                request,
                condition,
                new NewVersion(
                    request.key(),
                    false,
                    summary.size(),
                    summary.md5(),
                    storageClass,
                    kind,
                    "FULL_OBJECT",
                    summary.checksum(kind),
                    head,
                    tags,
                    received.pieces(),
                    List.of()));
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * How long a body must be: as long as itself says, or, if it does not know, the request; negative
   * if neither does, which only callers inside the JVM may leave open.
   */
  static long expected(RequestBody body, @Nullable Long contentLength) {
    long length = body.optionalContentLength().orElse(contentLength == null ? -1L : contentLength);
    if (length < 0 && Call.current().origin() != null) {
      throw S3Errors.of(
          411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
    }
    return length;
  }

  /** What can be refused is refused before the body comes. */
  private void checkBeforehand(PutObjectRequest request, WriteCondition condition) {
    env.store()
        .read(tx -> {
          Bucket bucket = buckets.required(tx, request.bucket());
          Heads.check("PutObject", request, bucket);
          Heads.checkKey(request.key());
          condition.check(versions.current(tx, bucket.name(), request.key()));
          return null;
        });
  }

  private PutObjectResponse write(
      PutObjectRequest request, WriteCondition condition, NewVersion version) {
    return env.store()
        .write(tx -> {
          Bucket bucket = buckets.required(tx, request.bucket());
          condition.check(versions.current(tx, bucket.name(), request.key()));
          StoredVersion stored = versions.add(tx, bucket, version);
          notices.batch(bucket, Requester.current()).created(stored, "PutObject").publish();
          PutObjectResponse.Builder response =
              PutObjectResponse.builder()
                  .eTag(stored.quotedEtag())
                  .versionId(bucket.keepsVersions() ? stored.version() : null)
                  .serverSideEncryption(ServerSideEncryption.AES256)
                  .expiration(Heads.expiration(bucket, stored));
          Heads.checksum(response, stored);
          return response.build();
        });
  }
}
