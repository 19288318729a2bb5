package dev.onboard.local.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.jayway.jsonpath.JsonPath;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.ConnectionHttpParameters;
import software.amazon.awssdk.services.eventbridge.model.CreateConnectionAuthRequestParameters;
import software.amazon.awssdk.services.eventbridge.model.HttpParameters;

/**
 * The HTTP request for one event: what the target gives, over it what the connection gives, and the
 * headers that AWS sets itself.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destination-headers.html">
 *     headers of requests to API destinations</a>
 */
final class DestinationRequest {
  static final String USER_AGENT = "Amazon/EventBridge/ApiDestinations";

  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS");
  private static final String RANGE = "bytes=0-1048575";

  /** Headers that AWS takes out of what targets and connections give. */
  private static final Set<String> REMOVED =
      Set.of(
          "a-im",
          "accept-charset",
          "accept-datetime",
          "accept-encoding",
          "cache-control",
          "connection",
          "content-encoding",
          "content-length",
          "content-md5",
          "date",
          "expect",
          "forwarded",
          "from",
          "host",
          "http2-settings",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "if-range",
          "if-unmodified-since",
          "max-forwards",
          "origin",
          "pragma",
          "proxy-authorization",
          "range",
          "referer",
          "te",
          "trailer",
          "transfer-encoding",
          "user-agent",
          "upgrade",
          "via",
          "warning");

  private final ApiDestination destination;
  private final @Nullable HttpParameters given;
  private final CreateConnectionAuthRequestParameters auth;
  private final @Nullable String authorization;
  private final JsonNode event;

  /**
   * A request to be built.
   *
   * @param given what the target says of it
   * @param authorization the value of the Authorization header, if a token is in it
   */
  DestinationRequest(
      ApiDestination destination,
      @Nullable HttpParameters given,
      CreateConnectionAuthRequestParameters auth,
      @Nullable String authorization,
      BusEvent event) {
    this.destination = destination;
    this.given = given;
    this.auth = auth;
    this.authorization = authorization;
    this.event = Input.Values.tree(event.json());
  }

  /**
   * Builds it.
   *
   * @throws IllegalArgumentException if the parts make no request
   */
  HttpRequest build(String payload) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(Tokens.withQuery(path(), query())))
            .method(
                destination.method(),
                WITHOUT_BODY.contains(destination.method())
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body(payload)));
    headers().forEach(request::setHeader);
    return request
        .setHeader("User-Agent", USER_AGENT)
        .setHeader("Range", RANGE)
        .setHeader("Accept-Encoding", "gzip,deflate")
        .build();
  }

  private String path() {
    List<String> values = given == null ? List.of() : given.pathParameterValues();
    var path = new StringBuilder();
    int used = 0;
    for (char c : destination.endpoint().toCharArray()) {
      if (c != '*') {
        path.append(c);
      } else if (used < values.size()) {
        String value = values.get(used++);
        path.append(
            Tokens.encoded(
                value(value)
                    .orElseThrow(() -> new IllegalArgumentException("the event has no " + value))));
      } else {
        throw new IllegalArgumentException(
            "the endpoint has more path parameters than the target has values");
      }
    }
    return path.toString();
  }

  private Map<String, String> query() {
    var query = new LinkedHashMap<String, String>();
    if (given != null) {
      given
          .queryStringParameters()
          .forEach((name, value) -> value(value).ifPresent(v -> query.put(name, v)));
    }
    ConnectionHttpParameters http = auth.invocationHttpParameters();
    if (http != null) {
      http.queryStringParameters().forEach(p -> query.put(p.key(), text(p.value())));
    }
    return query;
  }

  private Map<String, String> headers() {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Content-Type", "application/json; charset=utf-8");
    if (given != null) {
      given
          .headerParameters()
          .forEach((name, value) -> value(value).ifPresent(v -> headers.put(name, v)));
    }
    ConnectionHttpParameters http = auth.invocationHttpParameters();
    if (http != null) {
      http.headerParameters().forEach(p -> headers.put(p.key(), text(p.value())));
    }
    headers.keySet().removeIf(name -> REMOVED.contains(name.toLowerCase(Locale.ROOT)));
    if (auth.basicAuthParameters() != null) {
      String pair =
          auth.basicAuthParameters().username() + ":" + auth.basicAuthParameters().password();
      headers.put(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    } else if (auth.apiKeyAuthParameters() != null) {
      headers.put(
          auth.apiKeyAuthParameters().apiKeyName(), auth.apiKeyAuthParameters().apiKeyValue());
    } else if (authorization != null) {
      headers.put("Authorization", authorization);
    }
    return headers;
  }

  /** The payload; with the connection's body parameters if it is an object. */
  private String body(String payload) {
    ConnectionHttpParameters http = auth.invocationHttpParameters();
    if (http == null || http.bodyParameters().isEmpty() || Details.object(payload) == null) {
      return payload;
    }
    var body = (ObjectNode) Input.Values.tree(payload);
    http.bodyParameters().forEach(p -> body.put(p.key(), text(p.value())));
    return body.toString();
  }

  /** A target's value: as it is, or what a path that begins with a dollar finds in the event. */
  private Optional<String> value(String text) {
    JsonPath path = Input.pathOrNull(text);
    if (path == null) {
      return Optional.of(text);
    }
    JsonNode found = Input.Values.read(event, path);
    return Optional.ofNullable(found).map(f -> f.isTextual() ? f.textValue() : f.toString());
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
