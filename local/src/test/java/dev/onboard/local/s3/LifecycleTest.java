package dev.onboard.local.s3;

import static dev.onboard.local.s3.S3Room.BUCKET;
import static dev.onboard.local.s3.S3Room.error;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.TransitionStorageClass;

class LifecycleTest {
  @TempDir Path folder;
  private S3Room room;
  private S3Client s3;

  @BeforeEach
  void open() {
    room = new S3Room(folder).withBucket().notifying();
    s3 = room.s3;
  }

  @AfterEach
  void close() {
    room.close();
  }

  @Test
  void objects_expireAtMidnightAfterTheirDays() {
    rule(r -> r.id("day").filter(f -> f.prefix("in/")).expiration(e -> e.days(1)));
    advance(Duration.ofHours(10));
    assertThat(room.put("in/a", "x").expiration())
        .isEqualTo("expiry-date=\"Sat, 03 Jan 2026 00:00:00 GMT\", rule-id=\"day\"");
    room.put("out/a", "x");
    advance(Duration.ofHours(37));
    assertThat(keys()).containsExactly("in/a", "out/a");
    advance(Duration.ofHours(1));
    assertThat(keys()).containsExactly("out/a");
    assertThat(room.files()).hasSize(1);
    var detail = room.bus.details("Object Deleted").getFirst();
    assertThat(detail.path("reason").asText()).isEqualTo("Lifecycle Expiration");
    assertThat(detail.path("deletion-type").asText()).isEqualTo("Permanently Deleted");
    assertThat(detail.path("requester").asText()).isEqualTo("s3.amazonaws.com");
    assertThat(detail.has("source-ip-address")).isFalse();
  }

  @Test
  void versions_areHiddenThenRemovedThenForgotten() {
    room.versioned();
    rule(r ->
        r.filter(f -> f.prefix(""))
            .expiration(e -> e.days(1))
            .noncurrentVersionExpiration(n -> n.noncurrentDays(1))
            .abortIncompleteMultipartUpload(a -> a.daysAfterInitiation(1)));
    room.put("a", "x");
    String upload = s3.createMultipartUpload(b -> b.bucket(BUCKET).key("m")).uploadId();
    s3.uploadPart(
        b -> b.bucket(BUCKET).key("m").uploadId(upload).partNumber(1), RequestBody.fromString("x"));
    advance(Duration.ofDays(1));
    assertThat(error(() -> room.get("a"))).isEqualTo("404 NoSuchKey");
    assertThat(s3.listObjectVersions(b -> b.bucket(BUCKET)).versions())
        .extracting(ObjectVersion::key)
        .containsExactly("a");
    assertThat(s3.listMultipartUploads(b -> b.bucket(BUCKET)).uploads()).isEmpty();
    assertThat(room.bus.details("Object Deleted").getFirst().path("deletion-type").asText())
        .isEqualTo("Delete Marker Created");
    advance(Duration.ofDays(3));
    var listed = s3.listObjectVersions(b -> b.bucket(BUCKET));
    assertThat(listed.versions()).isEmpty();
    assertThat(listed.deleteMarkers()).isEmpty();
    assertThat(room.files()).isEmpty();
    s3.deleteBucket(b -> b.bucket(BUCKET));
  }

  @Test
  void noncurrentVersions_areKeptUpToANumber() {
    room.versioned();
    rule(r ->
        r.filter(f -> f.prefix(""))
            .noncurrentVersionExpiration(n -> n.noncurrentDays(1).newerNoncurrentVersions(2)));
    for (int i = 0; i < 5; i++) {
      room.put("a", "v" + i);
    }
    advance(Duration.ofDays(2));
    assertThat(s3.listObjectVersions(b -> b.bucket(BUCKET)).versions()).hasSize(3);
    assertThat(room.text("a")).isEqualTo("v4");
  }

  @Test
  void expirationMissedWhileNothingRan_isMadeUpFor() {
    rule(r -> r.filter(f -> f.prefix("")).expiration(e -> e.days(1)));
    room.put("a", "x");
    room.close();
    var later =
        dev.onboard.local.Rooms.open(
            folder,
            dev.onboard.local.Rooms.START.plus(Duration.ofDays(9)),
            env -> java.util.List.of(new RecordingBus(), new LocalS3(env)));
    try (later) {
      later.clock.advance(Duration.ofSeconds(1));
      assertThat(later.client(S3Client.class).listObjectsV2(b -> b.bucket(BUCKET)).contents())
          .isEmpty();
    } finally {
      room = new S3Room(folder.resolve("other"));
    }
  }

  @Test
  void rules_areKeptAndChecked() {
    rule(r -> r.filter(f -> f.prefix("a")).expiration(e -> e.days(3)));
    LifecycleRule kept =
        s3.getBucketLifecycleConfiguration(b -> b.bucket(BUCKET)).rules().getFirst();
    assertThat(kept.id()).isNotEmpty();
    assertThat(kept.expiration().days()).isEqualTo(3);
    assertThat(kept.filter().prefix()).isEqualTo("a");
    assertThat(error(() -> rule(r -> r.expiration(e -> e.days(3))))).isEqualTo("400 MalformedXML");
    assertThat(error(() -> rule(r -> r.filter(f -> f.prefix("")).expiration(e -> e.days(0)))))
        .isEqualTo("400 InvalidArgument");
    assertThat(error(() -> rule(r -> r.filter(f -> f.prefix(""))))).isEqualTo("400 InvalidRequest");
    assertThat(
            error(() ->
                rule(r ->
                    r.filter(f -> f.prefix(""))
                        .transitions(t -> t.days(1).storageClass(TransitionStorageClass.GLACIER)))))
        .isEqualTo("400 NotSupportedByLocalRuntime");
    s3.deleteBucketLifecycle(b -> b.bucket(BUCKET));
    assertThat(error(() -> s3.getBucketLifecycleConfiguration(b -> b.bucket(BUCKET))))
        .isEqualTo("404 NoSuchLifecycleConfiguration");
  }

  private void rule(Consumer<LifecycleRule.Builder> rule) {
    s3.putBucketLifecycleConfiguration(b ->
        b.bucket(BUCKET)
            .lifecycleConfiguration(c ->
                c.rules(
                    LifecycleRule.builder()
                        .status(ExpirationStatus.ENABLED)
                        .applyMutation(rule)
                        .build())));
  }

  private void advance(Duration duration) {
    room.rooms.clock.advance(duration);
  }

  private java.util.List<String> keys() {
    return s3.listObjectsV2(b -> b.bucket(BUCKET)).contents().stream().map(S3Object::key).toList();
  }
}
