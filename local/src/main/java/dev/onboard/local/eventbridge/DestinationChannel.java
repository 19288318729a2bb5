package dev.onboard.local.eventbridge;

import dev.onboard.local.call.Environment;
import dev.onboard.local.eventbridge.Outcome.Answer;
import dev.onboard.local.eventbridge.Outcome.Failed;
import dev.onboard.local.store.Tx;
import dev.onboard.local.usage.Chunks;
import dev.onboard.local.usage.Usage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.CreateConnectionAuthRequestParameters;

/**
 * API destinations: real HTTP, authorized by the destination's connection and bounded by its rate.
 *
 * <p>401, 407, 409, 429 and 5xx are tried again, as is what could not be reached; any other answer
 * that is not 2xx is final.
 */
final class DestinationChannel implements Channel {
  private static final String UNABLE = "Unable to invoke ApiDestination endpoint: ";
  private static final Set<Integer> RETRIED = Set.of(401, 407, 409, 429);
  private static final Set<Integer> UNAUTHORIZED = Set.of(401, 407);

  private final Environment env;
  private final Connections connections;
  private final Tokens tokens;
  private final Outside outside;
  private final RateLimits limits = new RateLimits();

  DestinationChannel(Environment env, Connections connections, Outside outside) {
    this.env = env;
    this.connections = connections;
    this.tokens = connections.tokens();
    this.outside = outside;
  }

  @Override
  public boolean cheap() {
    return false;
  }

  @Override
  public boolean outside() {
    return true;
  }

  @Override
  public Instant slot(Tx tx, Address address, Instant now) {
    String arn = address.target().arn();
    return ApiDestination.ofArn(tx, arn)
        .map(d -> limits.slot(tx, arn, d.invocationsPerSecond(), now))
        .orElse(now);
  }

  @Override
  public List<Outcome> deliver(Address address, List<Invocation> invocations) {
    return invocations.stream().map(i -> attempt(address, i)).toList();
  }

  private Outcome attempt(Address address, Invocation invocation) {
    String arn = address.target().arn();
    ApiDestination destination = env.store().read(tx -> ApiDestination.ofArn(tx, arn).orElse(null));
    if (destination == null) {
      return new Failed("NO_RESOURCE", "API destination " + arn + " does not exist.", false);
    }
    Connection connection = env.store().read(tx -> connections.ofArn(tx, destination.connection()));
    if (connection == null) {
      return new Failed(
          "NO_RESOURCE", "Connection " + destination.connection() + " does not exist.", false);
    }
    CreateConnectionAuthRequestParameters auth = connection.parameters();
    if (auth == null) {
      return unable("Connection " + connection.name() + " is deauthorized.", false);
    }
    String authorization = null;
    if (connection.isOAuth()) {
      try {
        authorization = tokens.authorization(connection.name());
      } catch (Tokens.Refused e) {
        return unable(e.getMessage(), true);
      }
    }
    return send(
        new DestinationRequest(
            destination,
            address.target().httpParameters(),
            auth,
            authorization,
            invocation.event()),
        destination.name(),
        invocation.payload(),
        connection,
        authorization);
  }

  private Outcome send(
      DestinationRequest request,
      String destination,
      String payload,
      Connection connection,
      @Nullable String authorization) {
    env.meter().add(Usage.API_DESTINATION_CALLS, destination, Chunks.of(payload, EventMeter.KB));
    HttpResponse<String> response;
    try {
      response = outside.send(request.build(payload));
    } catch (IllegalArgumentException e) {
      return new Failed("INVALID_PARAMETER", UNABLE + e.getMessage() + ".", false);
    } catch (HttpTimeoutException e) {
      return new Failed(
          "UNKNOWN",
          UNABLE + "Timeout calling endpoint for API Destination: " + e.getMessage() + ".",
          true);
    } catch (IOException e) {
      return unable("API destination endpoint cannot be reached.", true);
    }
    if (authorization != null && UNAUTHORIZED.contains(response.statusCode())) {
      tokens.refused(connection.name(), authorization);
    }
    return outcome(response);
  }

  private Outcome outcome(HttpResponse<String> response) {
    int status = response.statusCode();
    Duration wait = response.headers().firstValue("Retry-After").map(this::duration).orElse(null);
    boolean text = response.headers().firstValue("Content-Encoding").isEmpty();
    var answer = new Answer(status, null, text ? response.body() : null, wait);
    if (status / 100 == 2) {
      return new Outcome.Delivered(answer);
    }
    boolean again =
        (status >= 500 || RETRIED.contains(status)) && (wait == null || !wait.isNegative());
    String code =
        status == 429 ? "THROTTLING" : status >= 500 ? "ERROR_FROM_TARGET" : "SDK_CLIENT_ERROR";
    return new Failed(
        code,
        UNABLE + "The endpoint answered with the HTTP status code " + status + ".",
        again,
        answer);
  }

  /** The time in a Retry-After header: seconds, or a date; null if it is neither. */
  private @Nullable Duration duration(String header) {
    return RetryAfter.parse(header, env.clock().now());
  }

  private static Failed unable(String reason, boolean again) {
    return new Failed("SDK_CLIENT_ERROR", UNABLE + reason, again);
  }
}
