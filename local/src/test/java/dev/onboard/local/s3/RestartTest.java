package dev.onboard.local.s3;

import static dev.onboard.local.s3.S3Room.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

class RestartTest {
  @TempDir Path folder;

  @Test
  void objectsAndUploads_goOnAfterARestart() {
    String upload;
    String etag;
    try (S3Room room = new S3Room(folder).withBucket().versioned().notifying()) {
      room.put("a", "x");
      upload = room.s3.createMultipartUpload(b -> b.bucket(BUCKET).key("m")).uploadId();
      etag =
          room.s3
              .uploadPart(
                  b -> b.bucket(BUCKET).key("m").uploadId(upload).partNumber(1),
                  RequestBody.fromString("part"))
              .eTag();
    }
    try (S3Room room = new S3Room(folder)) {
      assertThat(room.text("a")).isEqualTo("x");
      room.s3.completeMultipartUpload(b ->
          b.bucket(BUCKET)
              .key("m")
              .uploadId(upload)
              .multipartUpload(m -> m.parts(p -> p.partNumber(1).eTag(etag))));
      assertThat(room.text("m")).isEqualTo("part");
      assertThat(room.bus.details("Object Created")).hasSize(1);
    }
  }

  @Test
  void filesThatBelongToNothing_areRemoved() throws IOException {
    try (S3Room room = new S3Room(folder).withBucket()) {
      room.put("a", "x");
    }
    Files.writeString(folder.resolve("objects/incoming/half"), "half");
    Files.createDirectories(folder.resolve("objects/ab"));
    Files.writeString(folder.resolve("objects/ab/abcdef"), "orphan");
    try (S3Room room = new S3Room(folder)) {
      assertThat(room.files()).hasSize(1);
      assertThat(room.text("a")).isEqualTo("x");
    }
  }
}
