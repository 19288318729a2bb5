package dev.onboard.functions.storage;

import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** S3. */
public final class S3Objects implements Objects {

  private static final int NOT_FOUND = 404;

  /** What a GET of a delete marker answers. */
  private static final int METHOD_NOT_ALLOWED = 405;

  private final S3Client s3;

  public S3Objects(S3Client s3) {
    this.s3 = s3;
  }

  @Override
  public Optional<Content> open(String bucket, String key, String version) {
    GetObjectRequest.Builder request = GetObjectRequest.builder().bucket(bucket).key(key);
    if (!version.isEmpty()) {
      request.versionId(version);
    }
    try {
      ResponseInputStream<GetObjectResponse> stream = s3.getObject(request.build());
      return Optional.of(new Content(new AbortOnClose(stream), stream.response().contentLength()));
    } catch (S3Exception e) {
      boolean noBucket = "NoSuchBucket".equals(e.awsErrorDetails().errorCode());
      if (!noBucket && (e.statusCode() == NOT_FOUND || e.statusCode() == METHOD_NOT_ALLOWED)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public ObjectUpload create(String bucket, String key, String contentType) {
    return new S3Upload(s3, bucket, key, contentType);
  }
}
