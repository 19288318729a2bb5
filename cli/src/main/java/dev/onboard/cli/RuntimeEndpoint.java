package dev.onboard.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onboard.console.web.Questions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What a running local runtime says beside AWS's own services, under {@code /_onboard/}. */
final class RuntimeEndpoint implements Questions {
  static final ObjectMapper JSON = new ObjectMapper();

  private final URI endpoint;

  private RuntimeEndpoint(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** The runtime at that address, if one answers. */
  static Optional<RuntimeEndpoint> at(URI endpoint) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) endpoint.resolve("/_onboard/health").toURL().openConnection();
      connection.setConnectTimeout(1000);
      connection.setReadTimeout(5000);
      if (connection.getResponseCode() != 200) {
        return Optional.empty();
      }
      try (InputStream in = connection.getInputStream()) {
        boolean ours = JSON.readTree(in).path("runtime").asText("").equals("onboard");
        return ours ? Optional.of(new RuntimeEndpoint(endpoint)) : Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  Clients clients() {
    return Clients.local(endpoint);
  }

  @Override
  public List<JsonNode> ask(String question, Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    var answers = new ArrayList<JsonNode>();
    each("/_onboard/" + question + "?" + query, answers::add);
    return answers;
  }

  /** Hands over the objects that a question is answered with, one by one. */
  void each(String path, Consumer<JsonNode> consumer) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) endpoint.resolve(path).toURL().openConnection();
      try (var lines =
          new BufferedReader(new InputStreamReader(body(connection), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          consumer.accept(JSON.readTree(line));
        }
      }
    } catch (IOException e) {
      throw new Failure("the runtime at " + endpoint + " did not answer: " + e.getMessage(), e);
    }
  }

  /** Asks for something to be done and answers what came of it. */
  JsonNode post(String path) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) endpoint.resolve(path).toURL().openConnection();
      connection.setRequestMethod("POST");
      connection.setRequestProperty("Onboard-Command", "cli");
      try (InputStream in = body(connection)) {
        return JSON.readTree(in);
      }
    } catch (IOException e) {
      throw new Failure("the runtime at " + endpoint + " did not answer: " + e.getMessage(), e);
    }
  }

  private static InputStream body(HttpURLConnection connection) throws IOException {
    if (connection.getResponseCode() >= 400) {
      try (InputStream error = connection.getErrorStream()) {
        throw new IOException(
            error == null
                ? "status " + connection.getResponseCode()
                : new String(error.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return connection.getInputStream();
  }
}
