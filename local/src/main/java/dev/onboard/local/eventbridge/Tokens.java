package dev.onboard.local.eventbridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.call.Environment;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.eventbridge.model.ConnectionHttpParameters;
import software.amazon.awssdk.services.eventbridge.model.ConnectionState;
import software.amazon.awssdk.services.eventbridge.model.CreateConnectionAuthRequestParameters;
import software.amazon.awssdk.services.eventbridge.model.CreateConnectionOAuthRequestParameters;

/**
 * The tokens of connections that authorize by OAuth's client credentials: got from the connection's
 * authorization endpoint, kept in the store, renewed a minute before they expire or once an
 * endpoint no longer takes them.
 */
final class Tokens {
  private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final Environment env;
  private final Outside outside;
  private final ConcurrentHashMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();

  Tokens(Environment env, Outside outside) {
    this.env = env;
    this.outside = outside;
  }

  /** Authorizes a connection that was made or changed, without anybody waiting for it. */
  void authorizeSoon(String connection) {
    env.clock()
        .start(
            "authorize connection " + connection,
            () -> {
              try {
                authorization(connection);
              } catch (Refused e) {
                LOG.info("Connection {} is not authorized: {}", connection, e.getMessage());
              }
            });
  }

  /**
   * The value of the Authorization header, from a token that is got if there is none that is good.
   *
   * @throws Refused if the authorization endpoint gives none
   */
  String authorization(String connection) throws Refused {
    ReentrantLock lock = locks.computeIfAbsent(connection, c -> new ReentrantLock());
    lock.lock();
    try {
      Connection found =
          env.store()
              .read(tx -> Connection.find(tx, connection))
              .orElseThrow(() -> new Refused("Connection " + connection + " does not exist."));
      CreateConnectionAuthRequestParameters auth = found.parameters();
      if (auth == null || auth.oAuthParameters() == null) {
        throw new Refused("Connection " + connection + " is deauthorized.");
      }
      Instant now = env.clock().now();
      if (found.token() != null && (found.expires() == null || now.isBefore(found.expires()))) {
        return found.token();
      }
      return renewed(found, auth.oAuthParameters());
    } finally {
      lock.unlock();
    }
  }

  /** Forgets a token that an endpoint refused. */
  void refused(String connection, String authorization) {
    env.store()
        .write(tx ->
            tx.update(
                "UPDATE events_connection SET token = NULL, expires = NULL"
                    + " WHERE name = ? AND token = ?",
                connection,
                authorization));
  }

  private String renewed(Connection old, CreateConnectionOAuthRequestParameters auth)
      throws Refused {
    try {
      Token token = request(auth);
      Instant now = env.clock().now();
      Instant expires = token.lasts == null ? null : now.plus(token.lasts);
      keep(old, old.withToken(token.header, expires, now));
      return token.header;
    } catch (Refused e) {
      if (!outside.isClosed()) {
        keep(old, old.with(ConnectionState.DEAUTHORIZED, e.getMessage()));
      }
      throw e;
    }
  }

  /** Stores what became of a connection, unless it was changed meanwhile. */
  private void keep(Connection old, Connection changed) {
    env.store()
        .write(tx -> {
          Connection now = Connection.find(tx, old.name()).orElse(null);
          if (now != null && now.id().equals(old.id()) && now.modified().equals(old.modified())) {
            changed.put(tx);
          }
          return null;
        });
  }

  private Token request(CreateConnectionOAuthRequestParameters auth) throws Refused {
    HttpResponse<String> answer;
    try {
      answer = outside.send(authorizing(auth));
    } catch (HttpTimeoutException e) {
      throw new Refused("The authorization endpoint gave " + e.getMessage() + ".");
    } catch (IOException e) {
      throw new Refused("The authorization endpoint cannot be reached.");
    } catch (IllegalArgumentException e) {
      throw new Refused("The request for a token is not valid: " + e.getMessage() + ".");
    }
    if (answer.statusCode() / 100 != 2) {
      throw new Refused(
          "The authorization endpoint answered with the HTTP status code "
              + answer.statusCode()
              + ".");
    }
    try {
      JsonNode json = Input.Values.JSON.readTree(answer.body());
      if (!json.path("access_token").isTextual()) {
        throw new Refused("The authorization endpoint answered without an access_token.");
      }
      String type = json.path("token_type").asText("Bearer");
      Duration lasts =
          json.path("expires_in").canConvertToLong() || json.path("expires_in").isTextual()
              ? Duration.ofSeconds(json.path("expires_in").asLong())
              : null;
      return new Token(
          (type.equalsIgnoreCase("bearer") ? "Bearer" : type)
              + " "
              + json.path("access_token").asText(),
          lasts == null || lasts.compareTo(MARGIN.multipliedBy(2)) < 0
              ? lasts
              : lasts.minus(MARGIN));
    } catch (JsonProcessingException e) {
      throw new Refused("The authorization endpoint answered with what is not JSON.");
    }
  }

  private static HttpRequest authorizing(CreateConnectionOAuthRequestParameters auth) {
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", "client_credentials");
    form.put("client_id", auth.clientParameters().clientID());
    form.put("client_secret", auth.clientParameters().clientSecret());
    var query = new LinkedHashMap<String, String>();
    var headers = new LinkedHashMap<String, String>();
    ConnectionHttpParameters http = auth.oAuthHttpParameters();
    if (http != null) {
      http.bodyParameters().forEach(p -> form.put(p.key(), text(p.value())));
      http.queryStringParameters().forEach(p -> query.put(p.key(), text(p.value())));
      http.headerParameters().forEach(p -> headers.put(p.key(), text(p.value())));
    }
    String method = auth.httpMethodAsString().toUpperCase(Locale.ROOT);
    boolean get = method.equals("GET");
    if (get) {
      form.forEach(query::putIfAbsent);
    }
    headers.putIfAbsent("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(withQuery(auth.authorizationEndpoint(), query)))
            .method(method, get ? BodyPublishers.noBody() : BodyPublishers.ofString(encoded(form)))
            .setHeader("User-Agent", DestinationRequest.USER_AGENT);
    headers.forEach(request::setHeader);
    return request.build();
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  /** A URL with further parameters in its query. */
  static String withQuery(String url, Map<String, String> query) {
    return query.isEmpty() ? url : url + (url.contains("?") ? "&" : "?") + encoded(query);
  }

  private static String encoded(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(p -> encoded(p.getKey()) + "=" + encoded(p.getValue()))
        .collect(Collectors.joining("&"));
  }

  /** A text as it stands in a query, a form or a path. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * A token.
   *
   * @param header the value of the Authorization header
   * @param lasts how long it is good; null for as long as it is taken
   */
  private record Token(String header, @Nullable Duration lasts) {}

  /** The authorization endpoint gave no token. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }
}
