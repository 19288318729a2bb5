package dev.onboard.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers at the runtime's endpoint without being a part of it. */
class MountTest {
  private LocalRuntime runtime;

  @BeforeEach
  void start(@TempDir Path data) throws IOException {
    runtime = LocalRuntime.start(data, 0);
  }

  @AfterEach
  void stop() {
    runtime.close();
  }

  @Test
  void mounted_answersBelowItsPathAlone() throws Exception {
    runtime.mount("/_two/", exchange -> answer(exchange, "two"));
    runtime.mount("/_one/", exchange -> answer(exchange, "one"));
    assertThat(get("/_one/deep/down?x=1").body()).isEqualTo("one");
    assertThat(get("/_two/").body()).isEqualTo("two");
    assertThat(get("/_two").headers().firstValue("Location")).contains("/_two/");
    assertThat(get("/_three/").body()).contains("AccessDenied");
    assertThat(get("/", "Accept", "text/html").headers().firstValue("Location")).contains("/_two/");
  }

  @Test
  void browser_whereNothingIsMounted_isAnsweredByS3() throws Exception {
    HttpResponse<String> answer = get("/", "Accept", "text/html");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("AccessDenied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "", "console", "/console", "console/", "/a/b/"})
  void prefix_thatIsNoNameBetweenSlashes_isRefused(String prefix) {
    assertThatThrownBy(() -> runtime.mount(prefix, exchange -> answer(exchange, "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a name between two slashes");
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(runtime.endpoint().resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }
}
