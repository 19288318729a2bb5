package dev.onboard.local.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.onboard.local.LocalRuntime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What the document of an error names beside code and message, as clients receive it. */
class ErrorDocumentsTest {
  private static final String BUCKET = "documents";
  private static LocalRuntime runtime;
  private static S3Client s3;
  private static final Documents documents = new Documents();

  @BeforeAll
  static void start(@TempDir Path data) throws IOException {
    runtime = LocalRuntime.start(data, 0);
    s3 =
        S3Client.builder()
            .endpointOverride(runtime.endpoint())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .overrideConfiguration(c -> c.addExecutionInterceptor(documents))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .build();
    s3.createBucket(b -> b.bucket(BUCKET));
    s3.putObject(b -> b.bucket(BUCKET).key("there"), RequestBody.fromString("0123456789"));
  }

  @AfterAll
  static void stop() {
    s3.close();
    runtime.close();
  }

  @Test
  void missingBucket_isNamed() {
    String error = document(() -> s3.listObjectsV2(b -> b.bucket("missing")));
    assertThat(error)
        .contains("<Code>NoSuchBucket</Code>", "<BucketName>missing</BucketName>", "<RequestId>");
  }

  @Test
  void missingBucketOfACopysSource_isNamed() {
    String error =
        document(() ->
            s3.copyObject(b ->
                b.sourceBucket("missing")
                    .sourceKey("a")
                    .destinationBucket(BUCKET)
                    .destinationKey("b")));
    assertThat(error).contains("<BucketName>missing</BucketName>");
  }

  @Test
  void missingKey_isNamed() {
    String error = document(() -> s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("a & b")));
    assertThat(error).contains("<Code>NoSuchKey</Code>", "<Key>a &amp; b</Key>");
  }

  @Test
  void missingKeyOfACopysSource_isNamedInsteadOfItsDestination() {
    String error =
        document(() ->
            s3.copyObject(b ->
                b.sourceBucket(BUCKET)
                    .sourceKey("missing")
                    .destinationBucket(BUCKET)
                    .destinationKey("copy")));
    assertThat(error).contains("<Key>missing</Key>").doesNotContain("<Key>copy</Key>");
  }

  @Test
  void copyOverAnObjectThatIsNotThere_namesTheDestination() {
    String error =
        document(() ->
            s3.copyObject(b ->
                b.sourceBucket(BUCKET)
                    .sourceKey("there")
                    .destinationBucket(BUCKET)
                    .destinationKey("absent")
                    .ifMatch("\"x\"")));
    assertThat(error).contains("<Code>NoSuchKey</Code>", "<Key>absent</Key>");
  }

  @Test
  void missingUpload_isNamed() {
    String error =
        document(
            () -> s3.abortMultipartUpload(b -> b.bucket(BUCKET).key("there").uploadId("missing")));
    assertThat(error).contains("<Code>NoSuchUpload</Code>", "<UploadId>missing</UploadId>");
  }

  @Test
  void unsatisfiableRange_namesRangeAndSize() {
    String error =
        document(
            () -> s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("there").range("bytes=100-200")));
    assertThat(error)
        .contains(
            "<RangeRequested>bytes=100-200</RangeRequested>",
            "<ActualObjectSize>10</ActualObjectSize>");
  }

  @Test
  void partBehindTheLast_namesNumberAndCount() {
    String error =
        document(() -> s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("there").partNumber(2)));
    assertThat(error)
        .contains(
            "<PartNumberRequested>2</PartNumberRequested>", "<ActualPartCount>1</ActualPartCount>");
  }

  @Test
  void conditionThatDoesNotHold_isNamed() {
    assertThat(
            document(() ->
                s3.putObject(
                    b -> b.bucket(BUCKET).key("there").ifNoneMatch("*"),
                    RequestBody.fromString("x"))))
        .contains("<Code>PreconditionFailed</Code>", "<Condition>If-None-Match</Condition>");
    assertThat(document(() -> s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("there").ifMatch("x"))))
        .contains("<Condition>If-Match</Condition>");
    assertThat(
            document(() ->
                s3.copyObject(b ->
                    b.sourceBucket(BUCKET)
                        .sourceKey("there")
                        .destinationBucket(BUCKET)
                        .destinationKey("copy")
                        .copySourceIfMatch("x"))))
        .contains("<Condition>x-amz-copy-source-If-Match</Condition>");
  }

  @Test
  void conditionThatIsNotTaken_isNamedWithTheReason() {
    String error =
        document(() ->
            s3.putObject(
                b -> b.bucket(BUCKET).key("there").ifNoneMatch("x"), RequestBody.fromString("x")));
    assertThat(error)
        .contains(
            "<Code>NotImplemented</Code>",
            "<Header>If-None-Match</Header>",
            "<additionalMessage>We don't accept the provided value of If-None-Match header for this"
                + " API</additionalMessage>");
  }

  @Test
  void badArgument_isNamedWithItsValue() {
    assertThat(
            document(() -> s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("there").versionId("x"))))
        .contains("<ArgumentName>versionId</ArgumentName>", "<ArgumentValue>x</ArgumentValue>");
    assertThat(document(() -> s3.listObjectVersions(b -> b.bucket(BUCKET).encodingType("URL"))))
        .contains(
            "Invalid Encoding Method specified in Request",
            "<ArgumentName>encoding-type</ArgumentName>",
            "<ArgumentValue>URL</ArgumentValue>");
    assertThat(document(() -> s3.listObjectsV2(b -> b.bucket(BUCKET).continuationToken("?"))))
        .contains("<ArgumentName>continuation-token</ArgumentName>")
        .doesNotContain("<ArgumentValue>");
  }

  @Test
  void badTag_isNamed() {
    String error =
        document(() ->
            s3.putObjectTagging(b ->
                b.bucket(BUCKET)
                    .key("there")
                    .tagging(t -> t.tagSet(g -> g.key("aws:x").value("")))));
    assertThat(error).contains("<Code>InvalidTag</Code>", "<TagKey>aws:x</TagKey>");
  }

  @Test
  void readOfADeleteMarker_namesMethodAndKind() {
    s3.createBucket(b -> b.bucket("versioned"));
    s3.putBucketVersioning(b ->
        b.bucket("versioned")
            .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    String marker = s3.deleteObject(b -> b.bucket("versioned").key("a")).versionId();
    String error =
        document(() -> s3.getObjectAsBytes(b -> b.bucket("versioned").key("a").versionId(marker)));
    assertThat(error)
        .contains(
            "<Code>MethodNotAllowed</Code>",
            "<Method>GET</Method>",
            "<ResourceType>DeleteMarker</ResourceType>");
  }

  @Test
  void expectedOwnerThatIsNoAccount_isABadArgument() {
    var no =
        catchThrowableOfType(
            S3Exception.class,
            () -> s3.getBucketPolicy(b -> b.bucket(BUCKET).expectedBucketOwner("abcd")));
    assertThat(no.statusCode()).isEqualTo(400);
    assertThat(no.awsErrorDetails().errorCode()).isEqualTo("InvalidBucketOwnerAWSAccountID");
    assertThat(no.awsErrorDetails().errorMessage())
        .isEqualTo(
            "The value of the expected bucket owner parameter must be an AWS Account ID... [abcd]");
    var other =
        catchThrowableOfType(
            S3Exception.class,
            () -> s3.getBucketPolicy(b -> b.bucket(BUCKET).expectedBucketOwner("111122223333")));
    assertThat(other.statusCode()).isEqualTo(403);
  }

  /** The body of an error's answer. */
  private static String document(ThrowingCallable call) {
    assertThat(catchThrowableOfType(S3Exception.class, call)).isNotNull();
    return documents.last;
  }

  /** Keeps the body of the last answer that was an error. */
  private static final class Documents implements ExecutionInterceptor {
    private String last = "";

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
        Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
      if (context.httpResponse().isSuccessful() || context.responseBody().isEmpty()) {
        return context.responseBody();
      }
      try (InputStream body = context.responseBody().get()) {
        byte[] bytes = body.readAllBytes();
        last = new String(bytes, StandardCharsets.UTF_8);
        return Optional.of(new ByteArrayInputStream(bytes));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
