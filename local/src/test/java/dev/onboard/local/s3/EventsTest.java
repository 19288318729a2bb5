package dev.onboard.local.s3;

import static dev.onboard.local.s3.S3Room.BUCKET;
import static dev.onboard.local.s3.S3Room.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onboard.local.Rooms;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Principal;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.Tag;

class EventsTest {
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
  void bucketWithoutEventBridge_isSilent() {
    room.put("a", "x");
    assertThat(room.bus.entries).isEmpty();
  }

  @Test
  void objectCreated_isToldAsOnAws() throws Exception {
    room.notifying();
    room.put("a b.csv", "hello");
    PutEventsRequestEntry entry = room.bus.entries.getFirst();
    assertThat(room.bus.publishers).containsExactly("s3.amazonaws.com");
    assertThat(entry.source()).isEqualTo("aws.s3");
    assertThat(entry.detailType()).isEqualTo("Object Created");
    assertThat(entry.resources()).containsExactly("arn:aws:s3:::uploads");
    assertThat(entry.time()).isEqualTo(Rooms.START);
    assertThat(entry.eventBusName()).isNull();
    JsonNode detail = RecordingBus.detail(entry);
    assertThat(detail.path("request-id").asText()).isNotEmpty();
    assertThat(detail.path("object").path("sequencer").asText()).matches("[0-9A-F]{16}");
    var copy = (com.fasterxml.jackson.databind.node.ObjectNode) detail.deepCopy();
    copy.remove("request-id");
    ((com.fasterxml.jackson.databind.node.ObjectNode) copy.path("object")).remove("sequencer");
    assertThat(copy)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"version": "0", "bucket": {"name": "uploads"},
                     "object": {"key": "a b.csv", "size": 5,
                                "etag": "5d41402abc4b2a76b9719d911017c592"},
                     "requester": "000000000000", "source-ip-address": "127.0.0.1",
                     "reason": "PutObject"}\
                    """));
  }

  @Test
  void everyChange_isToldWithItsReasonInOrder() {
    room.versioned().notifying();
    String version = room.put("a", "x").versionId();
    s3.copyObject(b -> b.copySource(BUCKET + "/a").destinationBucket(BUCKET).destinationKey("b"));
    String upload = s3.createMultipartUpload(b -> b.bucket(BUCKET).key("c")).uploadId();
    String etag =
        s3.uploadPart(
                b -> b.bucket(BUCKET).key("c").uploadId(upload).partNumber(1),
                RequestBody.fromString("x"))
            .eTag();
    s3.completeMultipartUpload(b ->
        b.bucket(BUCKET)
            .key("c")
            .uploadId(upload)
            .multipartUpload(m -> m.parts(p -> p.partNumber(1).eTag(etag))));
    String marker = s3.deleteObject(b -> b.bucket(BUCKET).key("a")).versionId();
    s3.deleteObject(b -> b.bucket(BUCKET).key("a").versionId(version));
    assertThat(room.bus.details("Object Created"))
        .extracting(d -> d.path("reason").asText())
        .containsExactly("PutObject", "CopyObject", "CompleteMultipartUpload");
    assertThat(room.bus.details("Object Created").getFirst().at("/object/version-id").asText())
        .isEqualTo(version);
    List<JsonNode> deleted = room.bus.details("Object Deleted");
    assertThat(deleted)
        .extracting(
            d -> d.path("deletion-type").asText() + " " + d.at("/object/version-id").asText())
        .containsExactly("Delete Marker Created " + marker, "Permanently Deleted " + version);
    assertThat(
            room.bus.entries.stream()
                .map(e -> RecordingBus.detail(e).at("/object/sequencer").asText()))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void manyDeletions_areToldTenAtATime() {
    room.notifying();
    List<ObjectIdentifier> keys =
        IntStream.range(0, 25)
            .mapToObj(i -> ObjectIdentifier.builder().key("k" + i).build())
            .toList();
    keys.forEach(k -> room.put(k.key(), "x"));
    room.bus.publishers.clear();
    s3.deleteObjects(b -> b.bucket(BUCKET).delete(d -> d.objects(keys).quiet(true)));
    assertThat(room.bus.publishers).hasSize(3);
    assertThat(room.bus.details("Object Deleted")).hasSize(25);
  }

  @Test
  void tags_areTold() {
    room.notifying();
    room.put("a", "x");
    s3.putObjectTagging(b ->
        b.bucket(BUCKET)
            .key("a")
            .tagging(t -> t.tagSet(Tag.builder().key("k").value("v").build())));
    s3.deleteObjectTagging(b -> b.bucket(BUCKET).key("a"));
    assertThat(room.bus.details("Object Tags Added")).hasSize(1);
    assertThat(room.bus.details("Object Tags Deleted")).hasSize(1);
  }

  @Test
  void busThatRefuses_leavesNoObject() {
    room.notifying();
    room.rooms.faults.inject(
        "events",
        "PutEvents",
        1,
        call -> true,
        AwsErrors.error(EventBridgeException.builder(), 500, "InternalException", "no"));
    assertThat(error(() -> room.put("a", "x"))).isEqualTo("500 InternalException");
    assertThat(error(() -> room.get("a"))).isEqualTo("404 NoSuchKey");
    assertThat(room.files()).isEmpty();
  }

  @Test
  void requester_isTheAccountOfTheRole() {
    room.notifying();
    S3Client role =
        room.rooms.client(
            S3Client.class,
            new Principal.RoleSession("arn:aws:iam::000000000000:role/r", "session"));
    role.putObject(b -> b.bucket(BUCKET).key("a"), RequestBody.fromString("x"));
    assertThat(room.bus.details("Object Created").getFirst().path("requester").asText())
        .isEqualTo("000000000000");
  }
}
