package dev.onboard.local.s3;

import static dev.onboard.local.s3.S3Room.BUCKET;
import static dev.onboard.local.s3.S3Room.bytes;
import static dev.onboard.local.s3.S3Room.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.Rooms;
import dev.onboard.local.call.Trailers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

class ObjectsTest {
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
  void objectPut_isReadWithItsHead() {
    var put =
        s3.putObject(
            b ->
                b.bucket(BUCKET)
                    .key("a/b c.csv")
                    .contentType("text/csv")
                    .cacheControl("no-cache")
                    .contentEncoding("aws-chunked,gzip")
                    .expires(Rooms.START.plusSeconds(60))
                    .metadata(Map.of("Mine", "x"))
                    .storageClass(StorageClass.STANDARD_IA)
                    .tagging("k=v&&l=&"),
            RequestBody.fromString("hello"));
    assertThat(put.eTag()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
    assertThat(put.checksumCRC64NVME()).isEqualTo("M3eFcAZSQlc=");
    assertThat(put.checksumType()).isEqualTo(ChecksumType.FULL_OBJECT);
    assertThat(put.versionId()).isNull();
    var head = s3.headObject(b -> b.bucket(BUCKET).key("a/b c.csv"));
    assertThat(head.contentType()).isEqualTo("text/csv");
    assertThat(head.contentEncoding()).isEqualTo("gzip");
    assertThat(head.expiresString()).isEqualTo("Thu, 01 Jan 2026 00:01:00 GMT");
    assertThat(head.metadata()).isEqualTo(Map.of("mine", "x"));
    assertThat(head.storageClassAsString()).isEqualTo("STANDARD_IA");
    assertThat(head.tagCount()).isEqualTo(2);
    assertThat(head.contentLength()).isEqualTo(5);
    assertThat(head.lastModified()).isEqualTo(Rooms.START);
    assertThat(head.checksumCRC64NVME()).isNull();
    var got = room.get("a/b c.csv");
    assertThat(got.asUtf8String()).isEqualTo("hello");
    assertThat(got.response().cacheControl()).isEqualTo("no-cache");
    assertThat(got.response().acceptRanges()).isEqualTo("bytes");
  }

  @Test
  void objectReplaced_leavesOneFile() {
    room.put("a", "one");
    room.put("a", "two");
    assertThat(room.text("a")).isEqualTo("two");
    assertThat(room.files()).hasSize(1);
    s3.deleteObject(b -> b.bucket(BUCKET).key("a"));
    assertThat(room.files()).isEmpty();
    assertThat(error(() -> room.get("a"))).isEqualTo("404 NoSuchKey");
    assertThat(error(() -> s3.headObject(b -> b.bucket(BUCKET).key("a"))))
        .isEqualTo("404 NoSuchKey");
  }

  @Test
  void objectReplacedWhileItIsRead_isReadToItsEnd() throws IOException {
    byte[] body = bytes(1 << 20, 1);
    s3.putObject(b -> b.bucket(BUCKET).key("a"), RequestBody.fromBytes(body));
    try (InputStream in = s3.getObject(b -> b.bucket(BUCKET).key("a"))) {
      assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOf(body, 10));
      room.put("a", "other");
      assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(body, 10, body.length));
      assertThat(room.files()).hasSize(1);
    }
    assertThat(room.text("a")).isEqualTo("other");
  }

  @Test
  void range_answersAStretch() {
    room.put("a", "0123456789");
    var got = s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("a").range("bytes=2-4"));
    assertThat(got.asUtf8String()).isEqualTo("234");
    assertThat(got.response().contentRange()).isEqualTo("bytes 2-4/10");
    assertThat(got.response().contentLength()).isEqualTo(3);
    assertThat(text("bytes=-3")).isEqualTo("789");
    assertThat(text("bytes=7-")).isEqualTo("789");
    assertThat(text("bytes=0-1,4-5")).isEqualTo("0123456789");
    assertThat(text("lines=1-2")).isEqualTo("0123456789");
    assertThat(error(() -> text("bytes=10-"))).isEqualTo("416 InvalidRange");
    assertThat(s3.headObject(b -> b.bucket(BUCKET).key("a").range("bytes=0-0")).contentLength())
        .isEqualTo(1);
  }

  @Test
  void conditionsOfReads_areKept() {
    String etag = room.put("a", "x").eTag();
    room.rooms.clock.advance(Duration.ofHours(1));
    assertThat(error(() -> s3.headObject(b -> b.bucket(BUCKET).key("a").ifMatch("\"no\""))))
        .isEqualTo("412 PreconditionFailed");
    assertThat(error(() -> s3.headObject(b -> b.bucket(BUCKET).key("a").ifNoneMatch(etag))))
        .isEqualTo("304 NotModified");
    assertThat(
            error(() -> s3.headObject(b -> b.bucket(BUCKET).key("a").ifModifiedSince(Rooms.START))))
        .isEqualTo("304 NotModified");
    assertThat(
            error(() ->
                s3.headObject(
                    b -> b.bucket(BUCKET).key("a").ifUnmodifiedSince(Rooms.START.minusSeconds(1)))))
        .isEqualTo("412 PreconditionFailed");
    s3.headObject(b ->
        b.bucket(BUCKET).key("a").ifMatch(etag).ifUnmodifiedSince(Rooms.START.minusSeconds(1)));
    s3.headObject(
        b -> b.bucket(BUCKET).key("a").ifNoneMatch("\"no\"").ifModifiedSince(Rooms.START));
  }

  @Test
  void conditionsOfWrites_areKept() {
    RequestBody body = RequestBody.fromString("x");
    String etag = s3.putObject(b -> b.bucket(BUCKET).key("a").ifNoneMatch("*"), body).eTag();
    assertThat(error(() -> s3.putObject(b -> b.bucket(BUCKET).key("a").ifNoneMatch("*"), body)))
        .isEqualTo("412 PreconditionFailed");
    s3.putObject(b -> b.bucket(BUCKET).key("a").ifMatch(etag), body);
    assertThat(error(() -> s3.putObject(b -> b.bucket(BUCKET).key("a").ifMatch("\"n\""), body)))
        .isEqualTo("412 PreconditionFailed");
    assertThat(error(() -> s3.putObject(b -> b.bucket(BUCKET).key("b").ifMatch(etag), body)))
        .isEqualTo("404 NoSuchKey");
    assertThat(error(() -> s3.putObject(b -> b.bucket(BUCKET).key("b").ifNoneMatch(etag), body)))
        .isEqualTo("501 NotImplemented");
    assertThat(room.files()).hasSize(1);
  }

  @Test
  void checksums_areVerifiedKeptAndShown() {
    RequestBody body = RequestBody.fromString("hello");
    s3.putObject(b -> b.bucket(BUCKET).key("a").checksumCRC32("NhCmhg=="), body);
    assertThat(
            s3.headObject(b -> b.bucket(BUCKET).key("a").checksumMode(ChecksumMode.ENABLED))
                .checksumCRC32())
        .isEqualTo("NhCmhg==");
    s3.putObject(b -> b.bucket(BUCKET).key("a").checksumAlgorithm(ChecksumAlgorithm.SHA1), body);
    assertThat(
            s3.headObject(b -> b.bucket(BUCKET).key("a").checksumMode(ChecksumMode.ENABLED))
                .checksumSHA1())
        .isEqualTo("qvTGHdzF6KLavt4PO0gs2a6pQ00=");
    assertThat(
            error(() ->
                s3.putObject(b -> b.bucket(BUCKET).key("a").checksumCRC32C("AAAAAA=="), body)))
        .isEqualTo("400 BadDigest");
    assertThat(
            error(() -> s3.putObject(b -> b.bucket(BUCKET).key("a").checksumSHA256("AA=="), body)))
        .isEqualTo("400 InvalidRequest");
    assertThat(
            error(() ->
                s3.putObject(
                    b -> b.bucket(BUCKET).key("a").contentMD5("AAAAAAAAAAAAAAAAAAAAAA=="), body)))
        .isEqualTo("400 BadDigest");
    assertThat(error(() -> s3.putObject(b -> b.bucket(BUCKET).key("a").contentMD5("x"), body)))
        .isEqualTo("400 InvalidDigest");
    s3.putObject(b -> b.bucket(BUCKET).key("a").contentMD5("XUFAKrxLKna5cZ2REBfFkg=="), body);
    assertThat(room.files()).hasSize(1);
  }

  @Test
  void checksumBehindTheBody_isVerifiedEvenIfNobodyAnnouncedIt() {
    RequestBody right =
        RequestBody.fromContentProvider(
            () -> trailing("x-amz-checksum-sha1", "qvTGHdzF6KLavt4PO0gs2a6pQ00="), 5, "text/plain");
    assertThat(s3.putObject(b -> b.bucket(BUCKET).key("a"), right).checksumSHA1())
        .isEqualTo("qvTGHdzF6KLavt4PO0gs2a6pQ00=");
    RequestBody wrong =
        RequestBody.fromContentProvider(
            () -> trailing("x-amz-checksum-crc32", "AAAAAA=="), 5, "text/plain");
    assertThat(
            error(() ->
                s3.putObject(
                    b -> b.bucket(BUCKET).key("a").checksumAlgorithm(ChecksumAlgorithm.CRC32),
                    wrong)))
        .isEqualTo("400 BadDigest");
    RequestBody none =
        RequestBody.fromContentProvider(() -> trailing("other", "x"), 5, "text/plain");
    assertThat(
            error(() ->
                s3.putObject(
                    b -> b.bucket(BUCKET).key("a").checksumAlgorithm(ChecksumAlgorithm.CRC32),
                    none)))
        .isEqualTo("400 InvalidRequest");
  }

  @Test
  void bodyThatBreaksOff_leavesNothing() {
    RequestBody shorter =
        RequestBody.fromContentProvider(
            () -> new ByteArrayInputStream(new byte[10]), 20, "text/plain");
    assertThat(error(() -> s3.putObject(b -> b.bucket(BUCKET).key("a"), shorter)))
        .isEqualTo("400 IncompleteBody");
    RequestBody broken =
        RequestBody.fromContentProvider(
            () ->
                new InputStream() {
                  @Override
                  public int read() throws IOException {
                    throw new IOException("gone");
                  }
                },
            "text/plain");
    assertThat(error(() -> s3.putObject(b -> b.bucket(BUCKET).key("a"), broken)))
        .isEqualTo("400 IncompleteBody");
    assertThat(room.files()).isEmpty();
  }

  @Test
  void responseHeaders_areOverridden() {
    room.put("a", "x");
    var got =
        s3.getObjectAsBytes(b ->
                b.bucket(BUCKET)
                    .key("a")
                    .responseContentType("text/html")
                    .responseContentDisposition("attachment"))
            .response();
    assertThat(got.contentType()).isEqualTo("text/html");
    assertThat(got.contentDisposition()).isEqualTo("attachment");
  }

  @Test
  void copy_sharesTheFileAndTakesTheHeadAlong() {
    s3.putObject(
        b -> b.bucket(BUCKET).key("a b").metadata(Map.of("m", "1")).tagging("t=1"),
        RequestBody.fromString("x"));
    var copied =
        s3.copyObject(b ->
            b.sourceBucket(BUCKET)
                .sourceKey("a b")
                .destinationBucket(BUCKET)
                .destinationKey("copy"));
    assertThat(copied.copyObjectResult().eTag()).isEqualTo(room.get("a b").response().eTag());
    assertThat(room.files()).hasSize(1);
    s3.deleteObject(b -> b.bucket(BUCKET).key("a b"));
    assertThat(room.text("copy")).isEqualTo("x");
    assertThat(room.get("copy").response().metadata()).isEqualTo(Map.of("m", "1"));
    assertThat(room.get("copy").response().tagCount()).isEqualTo(1);
    s3.copyObject(b ->
        b.copySource(BUCKET + "/copy")
            .destinationBucket(BUCKET)
            .destinationKey("copy")
            .metadataDirective(MetadataDirective.REPLACE)
            .metadata(Map.of("n", "2"))
            .taggingDirective(TaggingDirective.REPLACE)
            .checksumAlgorithm(ChecksumAlgorithm.SHA256));
    assertThat(room.get("copy").response().metadata()).isEqualTo(Map.of("n", "2"));
    assertThat(room.get("copy").response().tagCount()).isNull();
    assertThat(room.text("copy")).isEqualTo("x");
    assertThat(
            error(() ->
                s3.copyObject(b ->
                    b.copySource("/" + BUCKET + "/copy")
                        .destinationBucket(BUCKET)
                        .destinationKey("copy"))))
        .isEqualTo("400 InvalidRequest");
    assertThat(
            error(() ->
                s3.copyObject(b ->
                    b.copySource(BUCKET + "/copy")
                        .copySourceIfNoneMatch("*")
                        .destinationBucket(BUCKET)
                        .destinationKey("c"))))
        .isEqualTo("412 PreconditionFailed");
    s3.deleteObject(b -> b.bucket(BUCKET).key("copy"));
    assertThat(room.files()).isEmpty();
  }

  @Test
  void tags_comeAndGo() {
    room.put("a", "x");
    Tag tag = Tag.builder().key("k").value("v").build();
    s3.putObjectTagging(b -> b.bucket(BUCKET).key("a").tagging(t -> t.tagSet(tag)));
    assertThat(s3.getObjectTagging(b -> b.bucket(BUCKET).key("a")).tagSet()).containsExactly(tag);
    s3.deleteObjectTagging(b -> b.bucket(BUCKET).key("a"));
    assertThat(s3.getObjectTagging(b -> b.bucket(BUCKET).key("a")).tagSet()).isEmpty();
    assertThat(
            error(() ->
                s3.putObjectTagging(
                    b -> b.bucket(BUCKET).key("a").tagging(t -> t.tagSet(tag, tag)))))
        .isEqualTo("400 InvalidTag");
  }

  @Test
  void attributes_areThoseAskedFor() {
    room.put("a", "x");
    var attributes =
        s3.getObjectAttributes(b ->
            b.bucket(BUCKET)
                .key("a")
                .objectAttributes(ObjectAttributes.E_TAG, ObjectAttributes.OBJECT_SIZE));
    assertThat(attributes.eTag()).isEqualTo("9dd4e461268c8034f5c8564e155c67a6");
    assertThat(attributes.objectSize()).isEqualTo(1);
    assertThat(attributes.checksum()).isNull();
  }

  @Test
  void deleteObjects_answersForEach() {
    room.put("a", "x");
    var answer =
        s3.deleteObjects(b ->
            b.bucket(BUCKET)
                .delete(d ->
                    d.objects(o -> o.key("a"), o -> o.key("b"), o -> o.key("c").versionId("v"))));
    assertThat(answer.deleted()).extracting(o -> o.key()).containsExactly("a", "b");
    assertThat(answer.errors()).extracting(e -> e.code()).containsExactly("NoSuchVersion");
    assertThat(room.files()).isEmpty();
  }

  @Test
  void keyTooLong_isRefused() {
    assertThat(error(() -> room.put("ü".repeat(513), "x"))).isEqualTo("400 KeyTooLongError");
    room.put("ü".repeat(512), "x");
  }

  private String text(String range) {
    return s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("a").range(range)).asUtf8String();
  }

  private static InputStream trailing(String name, String value) {
    class Stream extends ByteArrayInputStream implements Trailers {
      Stream() {
        super("hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }

      @Override
      public Map<String, String> trailers() {
        return Map.of(name, value);
      }
    }
    return new Stream();
  }
}
