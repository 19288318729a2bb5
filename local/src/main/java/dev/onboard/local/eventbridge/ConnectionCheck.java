package dev.onboard.local.eventbridge;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.ConnectionAuthorizationType;
import software.amazon.awssdk.services.eventbridge.model.ConnectionHttpParameters;
import software.amazon.awssdk.services.eventbridge.model.ConnectionOAuthHttpMethod;
import software.amazon.awssdk.services.eventbridge.model.CreateConnectionAuthRequestParameters;
import software.amazon.awssdk.services.eventbridge.model.CreateConnectionOAuthRequestParameters;

/** What connections and API destinations may hold. */
final class ConnectionCheck {
  private static final int SECRET = 512;
  private static final int PARAMETERS = 100;
  private static final Pattern ENDPOINT =
      Pattern.compile("^((%[0-9A-Fa-f]{2}|[-()_.!~*';/?:@&=+$,A-Za-z0-9])+)([).!';/?:,])?$");
  private static final Pattern KEY =
      Pattern.compile("^[ \\t]*[^\\x00-\\x1F:\\x7F]+([ \\t]+[^\\x00-\\x1F:\\x7F]+)*[ \\t]*$");
  private static final Pattern VALUE =
      Pattern.compile("^[ \\t]*[^\\x00-\\x1F\\x7F]+([ \\t]+[^\\x00-\\x1F\\x7F]+)*[ \\t]*$");
  private static final List<String> LOOPBACK = List.of("localhost", "[::1]");

  private ConnectionCheck() {}

  /** Checks the shape of what a connection authorizes with. */
  static void shape(Constraints constraints, @Nullable CreateConnectionAuthRequestParameters auth) {
    if (auth == null) {
      return;
    }
    if (auth.basicAuthParameters() != null) {
      String path = "authParameters.basicAuthParameters.";
      text(constraints, path + "username", auth.basicAuthParameters().username());
      text(constraints, path + "password", auth.basicAuthParameters().password());
    }
    if (auth.apiKeyAuthParameters() != null) {
      String path = "authParameters.apiKeyAuthParameters.";
      text(constraints, path + "apiKeyName", auth.apiKeyAuthParameters().apiKeyName());
      text(constraints, path + "apiKeyValue", auth.apiKeyAuthParameters().apiKeyValue());
    }
    if (auth.oAuthParameters() != null) {
      oauth(constraints, auth.oAuthParameters());
    }
    http(constraints, "authParameters.invocationHttpParameters.", auth.invocationHttpParameters());
  }

  private static void oauth(Constraints constraints, CreateConnectionOAuthRequestParameters auth) {
    String path = "authParameters.oAuthParameters.";
    if (auth.clientParameters() != null) {
      text(constraints, path + "clientParameters.clientID", auth.clientParameters().clientID());
      text(
          constraints,
          path + "clientParameters.clientSecret",
          auth.clientParameters().clientSecret());
    }
    constraints
        .length(path + "authorizationEndpoint", auth.authorizationEndpoint(), 1, 2048)
        .pattern(path + "authorizationEndpoint", auth.authorizationEndpoint(), ENDPOINT)
        .choiceInAnyCase(
            path + "httpMethod",
            auth.httpMethodAsString(),
            ConnectionOAuthHttpMethod.knownValues());
    http(constraints, path + "oAuthHttpParameters.", auth.oAuthHttpParameters());
  }

  private static void text(Constraints constraints, String path, @Nullable String value) {
    constraints.length(path, value, 1, SECRET).pattern(path, value, VALUE);
  }

  private static void http(
      Constraints constraints, String path, @Nullable ConnectionHttpParameters http) {
    if (http == null) {
      return;
    }
    constraints
        .size(path + "headerParameters", http.headerParameters(), 0, PARAMETERS)
        .size(path + "queryStringParameters", http.queryStringParameters(), 0, PARAMETERS)
        .size(path + "bodyParameters", http.bodyParameters(), 0, PARAMETERS);
    for (int i = 0; i < http.headerParameters().size(); i++) {
      String member = path + "headerParameters." + (i + 1) + ".member.";
      constraints
          .length(member + "key", http.headerParameters().get(i).key(), 0, SECRET)
          .pattern(member + "key", http.headerParameters().get(i).key(), KEY)
          .length(member + "value", http.headerParameters().get(i).value(), 0, SECRET)
          .pattern(member + "value", http.headerParameters().get(i).value(), VALUE);
    }
  }

  /** Refuses parameters that lack what the kind of authorization needs, or are of another kind. */
  static void complete(
      ConnectionAuthorizationType type, CreateConnectionAuthRequestParameters auth) {
    if (auth.connectivityParameters() != null) {
      throw EventErrors.unsupported("CreateConnection", "ConnectivityParameters (private APIs)");
    }
    only(type, ConnectionAuthorizationType.BASIC, "Basic", auth.basicAuthParameters());
    only(type, ConnectionAuthorizationType.API_KEY, "ApiKey", auth.apiKeyAuthParameters());
    only(
        type,
        ConnectionAuthorizationType.OAUTH_CLIENT_CREDENTIALS,
        "OAuth",
        auth.oAuthParameters());
    switch (type) {
      case BASIC -> {
        given("Username", auth.basicAuthParameters().username());
        given("Password", auth.basicAuthParameters().password());
      }
      case API_KEY -> {
        given("ApiKeyName", auth.apiKeyAuthParameters().apiKeyName());
        given("ApiKeyValue", auth.apiKeyAuthParameters().apiKeyValue());
      }
      default -> {
        var client = auth.oAuthParameters().clientParameters();
        given("ClientID", client == null ? null : client.clientID());
        given("ClientSecret", client == null ? null : client.clientSecret());
        given("HttpMethod", auth.oAuthParameters().httpMethodAsString());
        given("AuthorizationEndpoint", auth.oAuthParameters().authorizationEndpoint());
        reachable("AuthorizationEndpoint", auth.oAuthParameters().authorizationEndpoint());
      }
    }
  }

  private static void only(
      ConnectionAuthorizationType type,
      ConnectionAuthorizationType kind,
      String prefix,
      @Nullable Object parameters) {
    String name = prefix + (prefix.equals("OAuth") ? "Parameters" : "AuthParameters");
    if (type == kind && parameters == null) {
      throw EventErrors.validation(
          "Parameter AuthParameters is not valid. Reason: "
              + name
              + " must be specified for the authorization type "
              + type
              + ".");
    }
    if (type != kind && parameters != null) {
      throw EventErrors.validation(
          "Parameter AuthParameters is not valid. Reason: "
              + name
              + " must not be specified for the authorization type "
              + type
              + ".");
    }
  }

  private static void given(String name, @Nullable String value) {
    if (value == null) {
      throw EventErrors.validation(
          "Parameter AuthParameters is not valid. Reason: " + name + " must be specified.");
    }
  }

  /** The form of an endpoint, as the model has it. */
  static Constraints endpoint(Constraints constraints, String path, @Nullable String endpoint) {
    return constraints.length(path, endpoint, 1, 2048).pattern(path, endpoint, ENDPOINT);
  }

  /** Refuses endpoints that are not https, unless they are on this machine. */
  static void reachable(String parameter, String endpoint) {
    try {
      URI uri = new URI(endpoint.replace("*", "x"));
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
      boolean here = LOOPBACK.contains(host) || host.matches("127(\\.\\d{1,3}){3}");
      if (!host.isEmpty() && (scheme.equals("https") || (scheme.equals("http") && here))) {
        return;
      }
    } catch (URISyntaxException e) {
      throw EventErrors.validation(
          "Parameter " + parameter + " is not valid. Reason: " + endpoint + " is not a URL.");
    }
    throw EventErrors.validation(
        "Parameter "
            + parameter
            + " is not valid. Reason: "
            + endpoint
            + " must begin with https://; the local runtime takes http:// for hosts on this machine"
            + " (localhost, 127.0.0.1, [::1]) too.");
  }
}
