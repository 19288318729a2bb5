package dev.onboard.functions.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** An object written to S3 in one piece if it is small, in parts of 8 MiB if it is not. */
final class S3Upload extends ObjectUpload {

  /** S3 takes 10,000 parts of at least 5 MiB. */
  private static final int PART_BYTES = 8 << 20;

  private final S3Client s3;
  private final String bucket;
  private final String key;
  private final String contentType;
  private final List<CompletedPart> parts = new ArrayList<>();
  private byte[] buffer = new byte[1 << 16];
  private int filled;
  private @Nullable String uploadId;
  private boolean complete;

  S3Upload(S3Client s3, String bucket, String key, String contentType) {
    this.s3 = s3;
    this.bucket = bucket;
    this.key = key;
    this.contentType = contentType;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    for (int done = 0; done < length; ) {
      if (filled == buffer.length) {
        makeRoom();
      }
      int count = Math.min(length - done, buffer.length - filled);
      System.arraycopy(bytes, offset + done, buffer, filled, count);
      filled += count;
      done += count;
    }
  }

  private void makeRoom() {
    if (buffer.length < PART_BYTES) {
      buffer = Arrays.copyOf(buffer, Math.min(PART_BYTES, buffer.length * 4));
    } else {
      uploadPart();
    }
  }

  private void uploadPart() {
    if (uploadId == null) {
      uploadId =
          s3.createMultipartUpload(create ->
                  create
                      .bucket(bucket)
                      .key(key)
                      .contentType(contentType)
                      // What S3 is not told now it refuses in the list of parts.
                      .checksumAlgorithm(ChecksumAlgorithm.CRC32))
              .uploadId();
    }
    String id = uploadId;
    int number = parts.size() + 1;
    UploadPartResponse part =
        s3.uploadPart(
            upload -> upload.bucket(bucket).key(key).uploadId(id).partNumber(number), body());
    parts.add(
        CompletedPart.builder()
            .partNumber(number)
            .eTag(part.eTag())
            .checksumCRC32(part.checksumCRC32())
            .build());
    filled = 0;
  }

  private RequestBody body() {
    return RequestBody.fromBytes(filled == buffer.length ? buffer : Arrays.copyOf(buffer, filled));
  }

  @Override
  public void complete() {
    if (uploadId == null) {
      s3.putObject(put -> put.bucket(bucket).key(key).contentType(contentType), body());
    } else {
      if (filled > 0) {
        uploadPart();
      }
      s3.completeMultipartUpload(done ->
          done.bucket(bucket).key(key).uploadId(uploadId).multipartUpload(all -> all.parts(parts)));
    }
    complete = true;
  }

  @Override
  public void close() {
    if (!complete && uploadId != null) {
      s3.abortMultipartUpload(abort -> abort.bucket(bucket).key(key).uploadId(uploadId));
    }
  }
}
