package dev.onboard.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** URLs that carry their signature, of both versions. */
class PresignedUrlTest {
  private static LocalRuntime runtime;

  @BeforeAll
  static void start(@TempDir Path data) throws IOException {
    runtime = LocalRuntime.start(data, 0);
    S3Client s3 = runtime.client(S3Client.class);
    s3.createBucket(b -> b.bucket("urls"));
    s3.putObject(p -> p.bucket("urls").key("hello"), RequestBody.fromString("hello"));
  }

  @AfterAll
  static void stop() {
    runtime.close();
  }

  @Test
  void secondVersion_inTime_isServed() throws Exception {
    long later = runtime.clock().now().plusSeconds(60).getEpochSecond();
    HttpResponse<String> answer =
        get("/urls/hello?AWSAccessKeyId=test&Signature=c2lnbmVk&Expires=" + later);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("hello");
  }

  @Test
  void secondVersion_tooLate_isRefused() throws Exception {
    long before = runtime.clock().now().minusSeconds(60).getEpochSecond();
    HttpResponse<String> answer =
        get("/urls/hello?AWSAccessKeyId=test&Signature=c2lnbmVk&Expires=" + before);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("AccessDenied", "Request has expired");
  }

  @Test
  void fourthVersion_tooLate_isRefused() throws Exception {
    HttpResponse<String> answer =
        get(
            "/urls/hello?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                + "&X-Amz-Credential=test/20200101/us-east-1/s3/aws4_request"
                + "&X-Amz-Date=20200101T000000Z&X-Amz-Expires=60"
                + "&X-Amz-SignedHeaders=host&X-Amz-Signature=00");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("AccessDenied", "Request has expired");
  }

  @Test
  void expiryThatIsNoNumber_isRefused() throws Exception {
    HttpResponse<String> answer =
        get("/urls/hello?AWSAccessKeyId=test&Signature=c2lnbmVk&Expires=soon");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("AuthorizationQueryParametersError", "Expires");
  }

  @Test
  void unsigned_isRefused() throws Exception {
    assertThat(get("/urls/hello").statusCode()).isEqualTo(403);
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create(runtime.endpoint() + path);
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
