package dev.onboard.local.lambda;

import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Where the code of functions comes from: a request itself, or S3. What was taken from an object is
 * remembered by its entity tag, for the functions of a stack share one jar, and copying and hashing
 * it anew took up to 0.7 s for each of them.
 */
final class CodeSources {
  private final Environment env;
  private final FunctionCode code;

  /** Lets who comes second find what the first one kept. */
  private final ReentrantLock fetching = new ReentrantLock();

  CodeSources(Environment env, FunctionCode code) {
    this.env = env;
    this.code = code;
  }

  FunctionCode.Kept keep(
      Principal caller,
      @Nullable SdkBytes zip,
      @Nullable String bucket,
      @Nullable String key,
      @Nullable String version) {
    try {
      if (zip != null) {
        return code.keep(new ByteArrayInputStream(zip.asByteArrayUnsafe()));
      } else if (bucket != null && key != null) {
        return keep(env.client(S3Client.class, caller), bucket, key, version);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw Errors.invalid("Please provide a source for function code.");
  }

  private FunctionCode.Kept keep(S3Client s3, String bucket, String key, @Nullable String version) {
    String source = bucket + "/" + key;
    fetching.lock();
    try {
      Optional<FunctionCode.Kept> known =
          tag(s3, bucket, key, version).flatMap(tag -> known(source, tag));
      if (known.isPresent()) {
        return known.get();
      }
      var read = GetObjectRequest.builder().bucket(bucket).key(key).versionId(version).build();
      return s3.getObject(
          read,
          ResponseTransformer.unmanaged((response, stream) -> {
            FunctionCode.Kept kept = code.keep(stream);
            remember(source, response, kept);
            return kept;
          }));
    } finally {
      fetching.unlock();
    }
  }

  /** The object's entity tag; none if it cannot be had, which reading it then says why. */
  private static Optional<String> tag(
      S3Client s3, String bucket, String key, @Nullable String version) {
    try {
      var head = HeadObjectRequest.builder().bucket(bucket).key(key).versionId(version).build();
      return Optional.ofNullable(s3.headObject(head).eTag());
    } catch (S3Exception e) {
      return Optional.empty();
    }
  }

  private Optional<FunctionCode.Kept> known(String source, String tag) {
    return env.store()
        .read(tx ->
            tx.first(
                "SELECT sha, size FROM lambda_code WHERE source = ? AND etag = ?",
                row -> new FunctionCode.Kept(row.string(1), row.number(2)),
                source,
                tag))
        .filter(kept -> code.has(kept.sha()));
  }

  private void remember(String source, GetObjectResponse response, FunctionCode.Kept kept) {
    env.store()
        .write(tx ->
            tx.update(
                "INSERT OR REPLACE INTO lambda_code VALUES (?, ?, ?, ?)",
                source,
                response.eTag(),
                kept.sha(),
                kept.size()));
  }
}
