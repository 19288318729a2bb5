package dev.onboard.local.s3;

import static dev.onboard.local.s3.S3Room.BUCKET;
import static dev.onboard.local.s3.S3Room.bytes;
import static dev.onboard.local.s3.S3Room.error;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.Part;

class MultipartTest {
  private static final int FIVE = 5 << 20;

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
  void upload_becomesAnObjectOfItsParts() throws Exception {
    byte[] body = bytes(2 * FIVE + 1000, 1);
    String upload = begin(b -> b.contentType("text/csv").tagging("k=v"));
    List<CompletedPart> parts = send(upload, body);
    var done = complete(upload, parts);
    assertThat(done.eTag()).isEqualTo('"' + etag(body) + '"');
    assertThat(done.checksumCRC64NVME()).isEqualTo(checksum(ChecksumKind.CRC64NVME, body));
    assertThat(done.checksumType()).isEqualTo(ChecksumType.FULL_OBJECT);
    assertThat(done.location()).isEqualTo("http://127.0.0.1:4566/uploads/big%20one");
    var got = room.get("big one");
    assertThat(got.asByteArray()).isEqualTo(body);
    assertThat(got.response().contentType()).isEqualTo("text/csv");
    assertThat(got.response().tagCount()).isEqualTo(1);
    assertThat(room.files()).hasSize(3);
    var across =
        s3.getObjectAsBytes(b ->
            b.bucket(BUCKET).key("big one").range("bytes=" + (FIVE - 2) + "-" + (2 * FIVE + 1)));
    assertThat(across.asByteArray()).isEqualTo(Arrays.copyOfRange(body, FIVE - 2, 2 * FIVE + 2));
    var second = s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("big one").partNumber(2));
    assertThat(second.asByteArray()).isEqualTo(Arrays.copyOfRange(body, FIVE, 2 * FIVE));
    assertThat(second.response().partsCount()).isEqualTo(3);
    assertThat(error(() -> s3.headObject(b -> b.bucket(BUCKET).key("big one").partNumber(4))))
        .isEqualTo("416 InvalidPartNumber");
    s3.deleteObject(b -> b.bucket(BUCKET).key("big one"));
    assertThat(room.files()).isEmpty();
  }

  @Test
  void completionAskedForAgain_isAnsweredAgain() {
    String upload = begin(b -> {});
    List<CompletedPart> parts = send(upload, bytes(10, 1));
    var done = complete(upload, parts);
    assertThat(complete(upload, parts)).isEqualTo(done);
    assertThat(error(() -> send(upload, bytes(10, 1)))).isEqualTo("404 NoSuchUpload");
    assertThat(s3.listMultipartUploads(b -> b.bucket(BUCKET)).uploads()).isEmpty();
    assertThat(s3.listObjectVersions(b -> b.bucket(BUCKET)).versions()).hasSize(1);
  }

  @Test
  void compositeChecksum_isThatOfThePartsChecksums() {
    byte[] body = bytes(FIVE + 7, 2);
    String upload = begin(b -> b.checksumAlgorithm(ChecksumAlgorithm.SHA256));
    List<CompletedPart> parts = send(upload, body);
    assertThat(error(() -> complete(upload, parts))).isEqualTo("400 InvalidRequest");
    List<CompletedPart> listed =
        s3.listParts(b -> b.bucket(BUCKET).key("big one").uploadId(upload)).parts().stream()
            .map(MultipartTest::withSha)
            .toList();
    var done = complete(upload, listed);
    byte[] first = ChecksumKind.digest("SHA-256").digest(Arrays.copyOf(body, FIVE));
    var all = ChecksumKind.digest("SHA-256");
    all.update(first);
    byte[] second =
        ChecksumKind.digest("SHA-256").digest(Arrays.copyOfRange(body, FIVE, body.length));
    String expected = Base64.getEncoder().encodeToString(all.digest(second)) + "-2";
    assertThat(done.checksumSHA256()).isEqualTo(expected);
    assertThat(done.checksumType()).isEqualTo(ChecksumType.COMPOSITE);
    var attributes =
        s3.getObjectAttributes(b ->
            b.bucket(BUCKET)
                .key("big one")
                .objectAttributes(ObjectAttributes.OBJECT_PARTS, ObjectAttributes.CHECKSUM));
    assertThat(attributes.objectParts().totalPartsCount()).isEqualTo(2);
    assertThat(attributes.objectParts().parts().getFirst().checksumSHA256())
        .isEqualTo(Base64.getEncoder().encodeToString(first));
    assertThat(
            s3.headObject(b ->
                    b.bucket(BUCKET)
                        .key("big one")
                        .partNumber(1)
                        .checksumMode(ChecksumMode.ENABLED))
                .checksumSHA256())
        .isEqualTo(Base64.getEncoder().encodeToString(first));
  }

  @Test
  void fullChecksum_followsFromTheParts() {
    byte[] body = bytes(FIVE + 7, 3);
    String upload =
        begin(b ->
            b.checksumAlgorithm(ChecksumAlgorithm.CRC32).checksumType(ChecksumType.FULL_OBJECT));
    List<CompletedPart> parts = send(upload, body);
    assertThat(
            error(() ->
                s3.completeMultipartUpload(b ->
                    b.bucket(BUCKET)
                        .key("big one")
                        .uploadId(upload)
                        .checksumCRC32("AAAAAA==")
                        .multipartUpload(m -> m.parts(parts)))))
        .isEqualTo("400 BadDigest");
    assertThat(complete(upload, parts).checksumCRC32())
        .isEqualTo(checksum(ChecksumKind.CRC32, body));
    assertThat(
            error(() ->
                begin(b ->
                    b.checksumAlgorithm(ChecksumAlgorithm.SHA1)
                        .checksumType(ChecksumType.FULL_OBJECT))))
        .isEqualTo("400 InvalidRequest");
  }

  @Test
  void wrongLists_areRefused() {
    String upload = begin(b -> {});
    List<CompletedPart> parts = new ArrayList<>(send(upload, bytes(FIVE + 1, 1)));
    assertThat(error(() -> complete(upload, List.of()))).isEqualTo("400 InvalidRequest");
    assertThat(error(() -> complete(upload, parts.reversed()))).isEqualTo("400 InvalidPartOrder");
    assertThat(error(() -> complete(upload, List.of(part(7, "\"x\"")))))
        .isEqualTo("400 InvalidPart");
    assertThat(error(() -> complete(upload, List.of(part(1, "\"x\"")))))
        .isEqualTo("400 InvalidPart");
    parts.add(upload(upload, 3, bytes(1, 1)));
    assertThat(error(() -> complete(upload, parts))).isEqualTo("400 EntityTooSmall");
    assertThat(error(() -> upload(upload, 0, bytes(1, 1)))).isEqualTo("400 InvalidArgument");
    assertThat(error(() -> complete("none", parts))).isEqualTo("404 NoSuchUpload");
    complete(upload, parts.subList(0, 2));
    assertThat(room.files()).hasSize(2);
  }

  @Test
  void partSentAgain_replacesTheFirst() {
    String upload = begin(b -> {});
    upload(upload, 1, bytes(10, 1));
    upload(upload, 1, bytes(11, 2));
    assertThat(room.files()).hasSize(1);
    assertThat(s3.listParts(b -> b.bucket(BUCKET).key("big one").uploadId(upload)).parts())
        .extracting(Part::size)
        .containsExactly(11L);
    s3.abortMultipartUpload(b -> b.bucket(BUCKET).key("big one").uploadId(upload));
    assertThat(room.files()).isEmpty();
    assertThat(error(() -> complete(upload, List.of(part(1, "\"x\"")))))
        .isEqualTo("404 NoSuchUpload");
  }

  @Test
  void partCopied_sharesTheFile() {
    byte[] body = bytes(FIVE + 100, 4);
    s3.putObject(b -> b.bucket(BUCKET).key("source"), RequestBody.fromBytes(body));
    String upload = begin(b -> {});
    var first =
        s3.uploadPartCopy(b ->
            b.sourceBucket(BUCKET)
                .sourceKey("source")
                .copySourceRange("bytes=100-" + (FIVE + 99))
                .destinationBucket(BUCKET)
                .destinationKey("big one")
                .uploadId(upload)
                .partNumber(1));
    CompletedPart second = upload(upload, 2, bytes(3, 5));
    complete(upload, List.of(part(1, first.copyPartResult().eTag()), second));
    assertThat(room.files()).hasSize(2);
    s3.deleteObject(b -> b.bucket(BUCKET).key("source"));
    byte[] got = room.get("big one").asByteArray();
    assertThat(Arrays.copyOf(got, FIVE)).isEqualTo(Arrays.copyOfRange(body, 100, FIVE + 100));
    assertThat(got).hasSize(FIVE + 3);
    assertThat(
            error(() ->
                s3.uploadPartCopy(b ->
                    b.copySource(BUCKET + "/big%20one")
                        .copySourceRange("bytes=0-99999999")
                        .destinationBucket(BUCKET)
                        .destinationKey("big one")
                        .uploadId(begin(c -> {}))
                        .partNumber(1))))
        .isEqualTo("400 InvalidArgument");
  }

  @Test
  void uploads_areListedInOrderPageByPage() {
    List<String> ids = new ArrayList<>();
    for (String key : List.of("b", "a", "a", "c/1", "c/2")) {
      ids.add(s3.createMultipartUpload(b -> b.bucket(BUCKET).key(key)).uploadId());
    }
    var first = s3.listMultipartUploads(b -> b.bucket(BUCKET).maxUploads(1));
    assertThat(first.uploads()).extracting(MultipartUpload::uploadId).containsExactly(ids.get(1));
    var rest =
        s3.listMultipartUploads(b ->
            b.bucket(BUCKET)
                .delimiter("/")
                .keyMarker(first.nextKeyMarker())
                .uploadIdMarker(first.nextUploadIdMarker()));
    assertThat(rest.uploads())
        .extracting(MultipartUpload::uploadId)
        .containsExactly(ids.get(2), ids.get(0));
    assertThat(rest.commonPrefixes()).extracting(p -> p.prefix()).containsExactly("c/");
  }

  private String begin(Consumer<CreateMultipartUploadRequest.Builder> more) {
    return s3.createMultipartUpload(b -> more.accept(b.bucket(BUCKET).key("big one"))).uploadId();
  }

  private List<CompletedPart> send(String upload, byte[] body) {
    List<CompletedPart> parts = new ArrayList<>();
    for (int from = 0; from < body.length; from += FIVE) {
      parts.add(
          upload(
              upload,
              parts.size() + 1,
              Arrays.copyOfRange(body, from, Math.min(from + FIVE, body.length))));
    }
    return parts;
  }

  private CompletedPart upload(String upload, int number, byte[] body) {
    String etag =
        s3.uploadPart(
                b -> b.bucket(BUCKET).key("big one").uploadId(upload).partNumber(number),
                RequestBody.fromBytes(body))
            .eTag();
    return part(number, etag);
  }

  private CompleteMultipartUploadResponse complete(String upload, List<CompletedPart> parts) {
    return s3.completeMultipartUpload(
        b -> b.bucket(BUCKET).key("big one").uploadId(upload).multipartUpload(m -> m.parts(parts)));
  }

  private static CompletedPart part(int number, String etag) {
    return CompletedPart.builder().partNumber(number).eTag(etag).build();
  }

  private static CompletedPart withSha(Part part) {
    return CompletedPart.builder()
        .partNumber(part.partNumber())
        .eTag(part.eTag())
        .checksumSHA256(part.checksumSHA256())
        .build();
  }

  private static String etag(byte[] body) {
    var all = ChecksumKind.digest("MD5");
    int parts = 0;
    for (int from = 0; from < body.length; from += FIVE, parts++) {
      all.update(
          ChecksumKind.digest("MD5")
              .digest(Arrays.copyOfRange(body, from, Math.min(from + FIVE, body.length))));
    }
    return HexFormat.of().formatHex(all.digest()) + "-" + parts;
  }

  private static String checksum(ChecksumKind kind, byte[] body) {
    RunningChecksum running = kind.start();
    running.update(body, 0, body.length);
    return Base64.getEncoder().encodeToString(running.value());
  }
}
