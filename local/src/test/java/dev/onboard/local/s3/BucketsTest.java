package dev.onboard.local.s3;

import static dev.onboard.local.s3.S3Room.BUCKET;
import static dev.onboard.local.s3.S3Room.error;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;

class BucketsTest {
  @TempDir Path folder;
  private S3Room room;
  private S3Client s3;

  @BeforeEach
  void open() {
    room = new S3Room(folder);
    s3 = room.s3;
  }

  @AfterEach
  void close() {
    room.close();
  }

  @Test
  void bucketCreatedTwiceByItsOwner_isStillOne() {
    assertThat(s3.createBucket(b -> b.bucket("mine")).location()).isEqualTo("/mine");
    s3.createBucket(
        b -> b.bucket("mine").createBucketConfiguration(c -> c.locationConstraint("us-east-1")));
    assertThat(s3.listBuckets().buckets()).extracting(Bucket::name).containsExactly("mine");
    assertThat(s3.headBucket(b -> b.bucket("mine")).bucketRegion()).isEqualTo("us-east-1");
    assertThat(s3.getBucketLocation(b -> b.bucket("mine")).locationConstraint()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ab",
        "Upper",
        "under_score",
        "-dash",
        "a..b",
        "192.168.1.1",
        "xn--x",
        "a-s3alias"
      })
  void nameThatIsNone_isRefused(String name) {
    assertThat(error(() -> s3.createBucket(b -> b.bucket(name))))
        .isEqualTo("400 InvalidBucketName");
  }

  @Test
  void otherRegion_isRefused() {
    assertThat(
            error(() ->
                s3.createBucket(b ->
                    b.bucket("mine")
                        .createBucketConfiguration(c -> c.locationConstraint("eu-west-1")))))
        .isEqualTo("400 IllegalLocationConstraintException");
  }

  @Test
  void bucketThatIsNotEmpty_isNotDeleted() {
    room.withBucket().put("a", "1");
    assertThat(error(() -> s3.deleteBucket(b -> b.bucket(BUCKET)))).isEqualTo("409 BucketNotEmpty");
    s3.deleteObject(b -> b.bucket(BUCKET).key("a"));
    s3.createMultipartUpload(b -> b.bucket(BUCKET).key("open"));
    s3.deleteBucket(b -> b.bucket(BUCKET));
    assertThat(error(() -> s3.headBucket(b -> b.bucket(BUCKET)))).isEqualTo("404 NoSuchBucket");
    assertThat(error(() -> s3.listObjectsV2(b -> b.bucket(BUCKET)))).isEqualTo("404 NoSuchBucket");
  }

  @Test
  void listBuckets_goesPageByPage() {
    for (String name : new String[] {"bbb", "aaa", "abc", "ccc"}) {
      s3.createBucket(b -> b.bucket(name));
    }
    var first = s3.listBuckets(b -> b.maxBuckets(1).prefix("a"));
    assertThat(first.buckets()).extracting(Bucket::name).containsExactly("aaa");
    var second = s3.listBuckets(b -> b.prefix("a").continuationToken(first.continuationToken()));
    assertThat(second.buckets()).extracting(Bucket::name).containsExactly("abc");
    assertThat(second.continuationToken()).isNull();
  }

  @Test
  void newBucket_isClosedAndEncrypted() {
    room.withBucket();
    var access = s3.getPublicAccessBlock(b -> b.bucket(BUCKET)).publicAccessBlockConfiguration();
    assertThat(access.blockPublicPolicy()).isTrue();
    assertThat(access.restrictPublicBuckets()).isTrue();
    assertThat(
            s3.getBucketOwnershipControls(b -> b.bucket(BUCKET))
                .ownershipControls()
                .rules()
                .getFirst()
                .objectOwnership())
        .isEqualTo(ObjectOwnership.BUCKET_OWNER_ENFORCED);
    assertThat(
            s3.getBucketEncryption(b -> b.bucket(BUCKET))
                .serverSideEncryptionConfiguration()
                .rules()
                .getFirst()
                .applyServerSideEncryptionByDefault()
                .sseAlgorithm())
        .isEqualTo(ServerSideEncryption.AES256);
    assertThat(s3.getBucketVersioning(b -> b.bucket(BUCKET)).status()).isNull();
    assertThat(
            s3.getBucketNotificationConfiguration(b -> b.bucket(BUCKET)).eventBridgeConfiguration())
        .isNull();
  }

  @Test
  void configurations_areKeptAndDeleted() {
    room.withBucket();
    s3.putBucketTagging(b -> b.bucket(BUCKET).tagging(t -> t.tagSet(tag("a", "1"), tag("b", ""))));
    assertThat(s3.getBucketTagging(b -> b.bucket(BUCKET)).tagSet())
        .containsExactly(tag("a", "1"), tag("b", ""));
    s3.deleteBucketTagging(b -> b.bucket(BUCKET));
    assertThat(error(() -> s3.getBucketTagging(b -> b.bucket(BUCKET))))
        .isEqualTo("404 NoSuchTagSet");
    s3.putBucketPolicy(b -> b.bucket(BUCKET).policy("{\"Statement\": []}"));
    assertThat(s3.getBucketPolicy(b -> b.bucket(BUCKET)).policy()).isEqualTo("{\"Statement\": []}");
    assertThat(error(() -> s3.putBucketPolicy(b -> b.bucket(BUCKET).policy("[]"))))
        .isEqualTo("400 MalformedPolicy");
    s3.deleteBucketPolicy(b -> b.bucket(BUCKET));
    assertThat(error(() -> s3.getBucketPolicy(b -> b.bucket(BUCKET))))
        .isEqualTo("404 NoSuchBucketPolicy");
    s3.deletePublicAccessBlock(b -> b.bucket(BUCKET));
    assertThat(error(() -> s3.getPublicAccessBlock(b -> b.bucket(BUCKET))))
        .isEqualTo("404 NoSuchPublicAccessBlockConfiguration");
    s3.deleteBucketOwnershipControls(b -> b.bucket(BUCKET));
    assertThat(error(() -> s3.getBucketOwnershipControls(b -> b.bucket(BUCKET))))
        .isEqualTo("404 OwnershipControlsNotFoundError");
  }

  @Test
  void whatIsNotHere_isRefusedByName() {
    room.withBucket();
    assertThat(
            error(() ->
                s3.putBucketNotificationConfiguration(b ->
                    b.bucket(BUCKET)
                        .notificationConfiguration(
                            n -> n.queueConfigurations(q -> q.queueArn("arn"))))))
        .isEqualTo("400 NotSupportedByLocalRuntime");
    assertThat(
            error(() ->
                s3.putBucketEncryption(b ->
                    b.bucket(BUCKET)
                        .serverSideEncryptionConfiguration(c ->
                            c.rules(r ->
                                r.applyServerSideEncryptionByDefault(
                                    e -> e.sseAlgorithm(ServerSideEncryption.AWS_KMS)))))))
        .isEqualTo("400 NotSupportedByLocalRuntime");
    assertThat(error(() -> s3.putBucketCors(b -> b.bucket(BUCKET))))
        .isEqualTo("400 NotSupportedByLocalRuntime");
    assertThat(
            error(() ->
                s3.putObject(
                    b -> b.bucket(BUCKET).key("k").sseCustomerKey("x"), RequestBody.empty())))
        .isEqualTo("400 NotSupportedByLocalRuntime");
    assertThat(
            error(() ->
                s3.putObject(
                    b -> b.bucket(BUCKET).key("k").acl(ObjectCannedACL.PUBLIC_READ),
                    RequestBody.empty())))
        .isEqualTo("400 AccessControlListNotSupported");
  }

  @Test
  void bucketOfSomebodyElse_isNotTouched() {
    room.withBucket();
    assertThat(
            error(() -> s3.headBucket(b -> b.bucket(BUCKET).expectedBucketOwner("111111111111"))))
        .isEqualTo("403 AccessDenied");
    s3.headBucket(b -> b.bucket(BUCKET).expectedBucketOwner("000000000000"));
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
