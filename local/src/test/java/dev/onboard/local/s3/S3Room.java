package dev.onboard.local.s3;

import dev.onboard.local.Rooms;
import dev.onboard.local.call.AwsErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.EventBridgeConfiguration;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** The S3 room over a folder, with a bus that records. */
final class S3Room implements AutoCloseable {
  static final String BUCKET = "uploads";

  final RecordingBus bus = new RecordingBus();
  final Rooms rooms;
  final S3Client s3;
  private final Path folder;

  S3Room(Path folder) {
    this.folder = folder;
    this.rooms = Rooms.open(folder, env -> List.of(bus, new LocalS3(env)));
    this.s3 = rooms.client(S3Client.class);
  }

  S3Room withBucket() {
    s3.createBucket(b -> b.bucket(BUCKET));
    return this;
  }

  S3Room versioned() {
    s3.putBucketVersioning(b ->
        b.bucket(BUCKET).versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    return this;
  }

  S3Room suspended() {
    s3.putBucketVersioning(b ->
        b.bucket(BUCKET).versioningConfiguration(v -> v.status(BucketVersioningStatus.SUSPENDED)));
    return this;
  }

  S3Room notifying() {
    s3.putBucketNotificationConfiguration(b ->
        b.bucket(BUCKET)
            .notificationConfiguration(
                n -> n.eventBridgeConfiguration(EventBridgeConfiguration.builder().build())));
    return this;
  }

  PutObjectResponse put(String key, String body) {
    return s3.putObject(b -> b.bucket(BUCKET).key(key), RequestBody.fromString(body));
  }

  ResponseBytes<GetObjectResponse> get(String key) {
    return s3.getObjectAsBytes(b -> b.bucket(BUCKET).key(key));
  }

  String text(String key) {
    return get(key).asString(StandardCharsets.UTF_8);
  }

  /** The files that hold bodies. */
  List<Path> files() {
    try (Stream<Path> files = Files.walk(folder.resolve("objects"))) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The error of a call as "status code". */
  static String error(ThrowingCallable call) {
    AwsServiceException e = Assertions.catchThrowableOfType(AwsServiceException.class, call);
    return e == null ? "none" : e.statusCode() + " " + AwsErrors.code(e);
  }

  static byte[] bytes(int size, int seed) {
    var bytes = new byte[size];
    new java.util.Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Override
  public void close() {
    rooms.close();
  }
}
