package dev.onboard.local.s3;

import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Tx;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;

/**
 * What copies are made from. A copy shares the files of its source, so that nothing is written; its
 * source is read where digests are needed that are not known.
 */
final class Sources {
  /** How often a copy is begun anew because its source was replaced meanwhile. */
  private static final int TRIES = 100;

  private final Environment env;
  private final Buckets buckets;
  private final Versions versions;
  private final Bodies bodies;

  Sources(Environment env, Buckets buckets, Versions versions, Bodies bodies) {
    this.env = env;
    this.buckets = buckets;
    this.versions = versions;
    this.bodies = bodies;
  }

  /** Looks a source up and checks the conditions that a request sets for it. */
  Found find(String operation, SdkPojo request, @Nullable String range) {
    CopySource source = CopySource.of(operation, request);
    return env.store()
        .read(tx -> {
          Bucket bucket = buckets.required(tx, source.bucket());
          StoredVersion version = version(tx, bucket, source);
          ReadCondition.of(request, "CopySource").checkCopy(version, env.clock().now());
          List<Piece> pieces = versions.pieces(tx, version);
          if (range != null) {
            ByteRange stretch = ByteRange.parseCopySource(range, version.size());
            pieces = Piece.slice(pieces, stretch.first(), stretch.length());
          }
          if (Piece.length(pieces) > S3Limits.PUT_BYTES) {
            throw S3Errors.invalidRequest(
                "The specified copy source is larger than the maximum allowable size for a"
                    + " copy source: "
                    + S3Limits.PUT_BYTES);
          }
          return new Found(bucket, version, pieces);
        });
  }

  /**
   * Makes a copy.
   *
   * @param kinds the checksums needed of what is copied
   * @param write run in a write in which the source is still there
   */
  <T> T copy(Supplier<Found> find, Function<Found, Set<ChecksumKind>> kinds, Write<T> write) {
    for (int i = 1; ; i++) {
      Found found = find.get();
      try {
        Digests.Summary summary = summary(found, kinds.apply(found));
        T done =
            env.store()
                .write(tx ->
                    versions.isThere(tx, found.version) ? write.run(tx, found, summary) : null);
        if (done != null) {
          return done;
        }
        if (i == TRIES) {
          throw S3Errors.conflict();
        }
      } catch (NoSuchFileException e) {
        if (i == TRIES) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /** The digests of a source: those kept with it, if they are all that is needed. */
  private Digests.Summary summary(Found found, Set<ChecksumKind> kinds) throws NoSuchFileException {
    StoredVersion version = found.version;
    boolean whole = Piece.length(found.pieces) == version.size();
    boolean plain = version.parts() == 0 && "FULL_OBJECT".equals(version.checksumType());
    if (whole
        && plain
        && version.checksumKind() != null
        && version.checksum() != null
        && kinds.equals(Set.of(version.checksumKind()))) {
      return new Digests.Summary(
          version.size(), version.etag(), Map.of(version.checksumKind(), version.checksum()));
    }
    return bodies.digest(found.pieces, kinds);
  }

  private StoredVersion version(Tx tx, Bucket bucket, CopySource source) {
    try {
      return versions.found(tx, bucket, source.key(), source.version(), true);
    } catch (AwsServiceException e) {
      if (e.statusCode() == 405) {
        throw S3Errors.invalidRequest(
            "The source of a copy request may not specifically refer to a delete marker by version"
                + " id.");
      }
      throw e;
    }
  }

  /** A source, and what is taken of it. */
  record Found(Bucket bucket, StoredVersion version, List<Piece> pieces) {

    /** The source's version as answers show it. */
    @Nullable String shownVersion() {
      String shown = bucket.shownVersion(version);
      return Ids.NULL.equals(shown) ? null : shown;
    }
  }

  /** What makes the copy within a write. */
  interface Write<T> {
    T run(Tx tx, Found source, Digests.Summary summary);
  }
}
