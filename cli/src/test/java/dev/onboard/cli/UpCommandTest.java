package dev.onboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code up}, until it is ended. */
@Timeout(120)
class UpCommandTest {
  @TempDir Path data;

  @Test
  void up_saysFirstWhereTheConsoleIs() throws Exception {
    List<String> lines = new ArrayList<>();
    HttpResponse<String> answer = whileUp(lines, "/");
    String first = lines.getFirst();
    assertThat(first).matches("Console: http://127\\.0\\.0\\.1:\\d+/_console/");
    assertThat(answer.headers().firstValue("Location")).contains("/_console/");
  }

  @Test
  void up_withoutConsole_hasNone() throws Exception {
    List<String> lines = new ArrayList<>();
    HttpResponse<String> answer = whileUp(lines, "/_console/", "--no-console");
    assertThat(lines).noneMatch(line -> line.contains("onsole"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("AccessDenied");
  }

  /** Gets a path as a browser does, once everything is up, and ends it. */
  private HttpResponse<String> whileUp(List<String> lines, String path, String... options)
      throws Exception {
    var words = new ArrayList<>(List.of("up", "--port", "0", "--data", data.toString()));
    words.addAll(List.of(options));
    try (var printed = new PipedReader();
        var lineByLine = new BufferedReader(printed);
        var out = new PrintWriter(new PipedWriter(printed), true);
        HttpClient http = HttpClient.newHttpClient()) {
      Thread up =
          Thread.ofPlatform()
              .start(() -> {
                Onboard.run(out, out, words.toArray(String[]::new));
                out.close();
              });
      String endpoint = "";
      while (!lines.toString().contains("Ctrl-C ends it")) {
        lines.add(lineByLine.readLine());
        if (lines.getLast().startsWith("Onboard runs at ")) {
          endpoint = lines.getLast().split(" ")[3].replaceFirst("\\.$", "");
        }
      }
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(endpoint + path))
                  .header("Accept", "text/html")
                  .build(),
              BodyHandlers.ofString());
      up.interrupt();
      up.join();
      return answer;
    }
  }
}
