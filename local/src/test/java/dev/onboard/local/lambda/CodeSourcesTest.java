package dev.onboard.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onboard.local.Rooms;
import dev.onboard.local.s3.LocalS3;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class CodeSourcesTest {
  @TempDir Path folder;
  private Rooms rooms;
  private S3Client s3;
  private LambdaClient lambda;

  @BeforeEach
  void open() {
    rooms =
        Rooms.open(
            folder.resolve("data"),
            env ->
                List.of(
                    new LocalS3(env),
                    new LocalLambda(env, folder.resolve("cache"), 1),
                    new FixedSts(),
                    new RecordingLogs()));
    s3 = rooms.client(S3Client.class);
    lambda = rooms.client(LambdaClient.class);
    s3.createBucket(b -> b.bucket("code"));
    upload("one");
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  @Test
  void codeThatAFunctionHas_isNotReadAgainForAnother() {
    String sha = create("a");
    readingFails();

    assertThat(create("b")).isEqualTo(sha);
  }

  @Test
  void objectThatChanged_isReadAgain() {
    String sha = create("a");
    upload("two");

    assertThat(create("b")).isNotEqualTo(sha);
  }

  @Test
  void codeThatCannotBeRead_isAnError() {
    readingFails();

    assertThatThrownBy(() -> create("a"))
        .isInstanceOf(AwsServiceException.class)
        .hasMessageContaining("slow down");
  }

  private void readingFails() {
    AwsServiceException error = S3Exception.builder().message("slow down").statusCode(503).build();
    rooms.faults.inject("s3", "GetObject", 10, call -> true, error);
  }

  private String create(String name) {
    return lambda
        .createFunction(c ->
            c.functionName(name)
                .runtime("java25")
                .role("arn:aws:iam::000000000000:role/sample")
                .handler("a.B")
                .code(code -> code.s3Bucket("code").s3Key("functions.jar")))
        .codeSha256();
  }

  private void upload(String content) {
    var zip = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry(content));
      out.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    s3.putObject(
        p -> p.bucket("code").key("functions.jar"), RequestBody.fromBytes(zip.toByteArray()));
  }
}
