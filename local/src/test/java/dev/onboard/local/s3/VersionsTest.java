package dev.onboard.local.s3;

import static dev.onboard.local.s3.S3Room.BUCKET;
import static dev.onboard.local.s3.S3Room.error;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;

class VersionsTest {
  @TempDir Path folder;
  private S3Room room;
  private S3Client s3;

  @BeforeEach
  void open() {
    room = new S3Room(folder).withBucket();
    s3 = room.s3;
  }

  @AfterEach
  void close() {
    room.close();
  }

  @Test
  void versions_areReadAndDeletedById() {
    room.put("a", "before");
    room.versioned();
    String one = room.put("a", "one").versionId();
    String two = room.put("a", "two").versionId();
    assertThat(one).hasSize(32);
    assertThat(text(one)).isEqualTo("one");
    assertThat(text("null")).isEqualTo("before");
    assertThat(room.text("a")).isEqualTo("two");
    assertThat(s3.listObjectVersions(b -> b.bucket(BUCKET)).versions())
        .extracting(ObjectVersion::versionId)
        .containsExactly(two, one, "null");
    s3.deleteObject(b -> b.bucket(BUCKET).key("a").versionId(two));
    assertThat(room.text("a")).isEqualTo("one");
    assertThat(error(() -> text(two))).isEqualTo("404 NoSuchVersion");
    assertThat(error(() -> text("junk"))).isEqualTo("400 InvalidArgument");
    assertThat(room.files()).hasSize(2);
  }

  @Test
  void deleteMarker_hidesAndCanBeTakenAway() {
    room.versioned();
    room.put("a", "one");
    var deleted = s3.deleteObject(b -> b.bucket(BUCKET).key("a"));
    assertThat(deleted.deleteMarker()).isTrue();
    assertThat(error(() -> room.get("a"))).isEqualTo("404 NoSuchKey");
    assertThat(error(() -> text(deleted.versionId()))).isEqualTo("405 MethodNotAllowed");
    assertThat(s3.listObjectsV2(b -> b.bucket(BUCKET)).contents()).isEmpty();
    ListObjectVersionsResponse listed = s3.listObjectVersions(b -> b.bucket(BUCKET));
    assertThat(listed.deleteMarkers()).hasSize(1);
    assertThat(listed.deleteMarkers().getFirst().isLatest()).isTrue();
    assertThat(listed.versions().getFirst().isLatest()).isFalse();
    assertThat(error(() -> s3.deleteBucket(b -> b.bucket(BUCKET)))).isEqualTo("409 BucketNotEmpty");
    var undone = s3.deleteObject(b -> b.bucket(BUCKET).key("a").versionId(deleted.versionId()));
    assertThat(undone.deleteMarker()).isTrue();
    assertThat(room.text("a")).isEqualTo("one");
    assertThat(s3.listObjectsV2(b -> b.bucket(BUCKET)).contents())
        .extracting(S3Object::key)
        .containsExactly("a");
  }

  @Test
  void suspendedBucket_replacesItsNullVersionAlone() {
    room.versioned();
    String kept = room.put("a", "kept").versionId();
    room.suspended();
    assertThat(room.put("a", "null 1").versionId()).isNull();
    room.put("a", "null 2");
    assertThat(room.text("a")).isEqualTo("null 2");
    var deleted = s3.deleteObject(b -> b.bucket(BUCKET).key("a"));
    assertThat(deleted.versionId()).isEqualTo("null");
    var listed = s3.listObjectVersions(b -> b.bucket(BUCKET));
    assertThat(listed.versions()).extracting(ObjectVersion::versionId).containsExactly(kept);
    assertThat(listed.deleteMarkers()).hasSize(1);
    assertThat(room.files()).hasSize(1);
  }

  @Test
  void copyInASuspendedBucket_namesTheNullVersion() {
    room.put("a", "one");
    room.versioned().suspended();
    var copied =
        s3.copyObject(b ->
            b.sourceBucket(BUCKET).sourceKey("a").destinationBucket(BUCKET).destinationKey("b"));
    assertThat(copied.versionId()).isEqualTo("null");
  }

  @Test
  void versionListing_goesOnBehindAVersionThatWasDeletedMeanwhile() {
    room.versioned();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ids.addFirst(room.put("a", "v" + i).versionId());
    }
    room.put("b", "x");
    var first = s3.listObjectVersions(b -> b.bucket(BUCKET).maxKeys(2));
    assertThat(first.isTruncated()).isTrue();
    assertThat(first.nextVersionIdMarker()).isEqualTo(ids.get(1));
    s3.deleteObject(b -> b.bucket(BUCKET).key("a").versionId(ids.get(1)));
    var second =
        s3.listObjectVersions(b ->
            b.bucket(BUCKET)
                .keyMarker(first.nextKeyMarker())
                .versionIdMarker(first.nextVersionIdMarker()));
    assertThat(second.versions())
        .extracting(v -> v.key() + v.versionId().equals(ids.get(2)))
        .containsExactly("atrue", "bfalse");
  }

  @Test
  void copyOfAVersion_bringsItBack() {
    room.versioned();
    String one = room.put("a", "one").versionId();
    room.put("a", "two");
    var copied =
        s3.copyObject(b ->
            b.sourceBucket(BUCKET)
                .sourceKey("a")
                .sourceVersionId(one)
                .destinationBucket(BUCKET)
                .destinationKey("a"));
    assertThat(copied.copySourceVersionId()).isEqualTo(one);
    assertThat(room.text("a")).isEqualTo("one");
  }

  private String text(String version) {
    return s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("a").versionId(version)).asUtf8String();
  }
}
