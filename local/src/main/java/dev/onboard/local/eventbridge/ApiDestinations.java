package dev.onboard.local.eventbridge;

import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.ApiDestinationState;
import software.amazon.awssdk.services.eventbridge.model.ConnectionState;
import software.amazon.awssdk.services.eventbridge.model.CreateApiDestinationRequest;
import software.amazon.awssdk.services.eventbridge.model.CreateApiDestinationResponse;
import software.amazon.awssdk.services.eventbridge.model.DeleteApiDestinationRequest;
import software.amazon.awssdk.services.eventbridge.model.DeleteApiDestinationResponse;
import software.amazon.awssdk.services.eventbridge.model.DescribeApiDestinationRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeApiDestinationResponse;
import software.amazon.awssdk.services.eventbridge.model.ListApiDestinationsRequest;
import software.amazon.awssdk.services.eventbridge.model.ListApiDestinationsResponse;
import software.amazon.awssdk.services.eventbridge.model.UpdateApiDestinationRequest;
import software.amazon.awssdk.services.eventbridge.model.UpdateApiDestinationResponse;

/** The API destinations: HTTP endpoints that rules may have as targets. */
final class ApiDestinations {
  private static final int NAME = 64;
  private static final List<String> METHODS =
      List.of("HEAD", "POST", "PATCH", "DELETE", "PUT", "GET", "OPTIONS");
  private static final Pattern CONNECTION =
      Pattern.compile(
          "^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:connection\\/"
              + "[\\.\\-_A-Za-z0-9]+\\/[\\-A-Za-z0-9]+$");

  private final Environment env;
  private final Quotas quotas;
  private final Names names;
  private final Connections connections;

  ApiDestinations(Environment env, Quotas quotas, Names names, Connections connections) {
    this.env = env;
    this.quotas = quotas;
    this.names = names;
    this.connections = connections;
  }

  CreateApiDestinationResponse create(CreateApiDestinationRequest request) {
    Constraints constraints =
        named(request.name(), request.description())
            .required("connectionArn", request.connectionArn())
            .required("invocationEndpoint", request.invocationEndpoint())
            .required("httpMethod", request.httpMethod());
    check(
        constraints,
        request.connectionArn(),
        request.invocationEndpoint(),
        request.httpMethodAsString(),
        request.invocationRateLimitPerSecond());
    ConnectionCheck.reachable("InvocationEndpoint", request.invocationEndpoint());
    ApiDestination made = made(request, env.clock().now());
    return env.store()
        .write(tx -> {
          if (ApiDestination.find(tx, made.name()).isPresent()) {
            throw EventErrors.exists("An api-destination '" + made.name() + "' already exists.");
          }
          if (tx.number("SELECT count(*) FROM events_destination") >= quotas.destinations()) {
            throw EventErrors.limit();
          }
          requireConnection(tx, made.connection());
          made.put(tx);
          return CreateApiDestinationResponse.builder()
              .apiDestinationArn(arn(made))
              .apiDestinationState(state(tx, made))
              .creationTime(made.created())
              .lastModifiedTime(made.modified())
              .build();
        });
  }

  private static ApiDestination made(CreateApiDestinationRequest request, Instant now) {
    return new ApiDestination(
        request.name(),
        UUID.randomUUID().toString(),
        emptyAsNull(request.description()),
        request.connectionArn(),
        request.invocationEndpoint(),
        request.httpMethodAsString(),
        request.invocationRateLimitPerSecond(),
        now,
        now);
  }

  UpdateApiDestinationResponse update(UpdateApiDestinationRequest request) {
    check(
        named(request.name(), request.description()),
        request.connectionArn(),
        request.invocationEndpoint(),
        request.httpMethodAsString(),
        request.invocationRateLimitPerSecond());
    if (request.invocationEndpoint() != null) {
      ConnectionCheck.reachable("InvocationEndpoint", request.invocationEndpoint());
    }
    return env.store()
        .write(tx -> {
          ApiDestination old = get(tx, request.name(), "update");
          ApiDestination changed = changed(old, request, env.clock().now());
          requireConnection(tx, changed.connection());
          changed.put(tx);
          return UpdateApiDestinationResponse.builder()
              .apiDestinationArn(arn(changed))
              .apiDestinationState(state(tx, changed))
              .creationTime(changed.created())
              .lastModifiedTime(changed.modified())
              .build();
        });
  }

  private static ApiDestination changed(
      ApiDestination old, UpdateApiDestinationRequest request, Instant now) {
    return new ApiDestination(
        old.name(),
        old.id(),
        request.description() == null ? old.description() : emptyAsNull(request.description()),
        Objects.requireNonNullElse(request.connectionArn(), old.connection()),
        Objects.requireNonNullElse(request.invocationEndpoint(), old.endpoint()),
        Objects.requireNonNullElse(request.httpMethodAsString(), old.method()),
        request.invocationRateLimitPerSecond() == null
            ? old.rate()
            : request.invocationRateLimitPerSecond(),
        old.created(),
        now);
  }

  DeleteApiDestinationResponse delete(DeleteApiDestinationRequest request) {
    named(request.name(), null).check();
    env.store()
        .write(tx -> {
          get(tx, request.name(), "delete");
          return tx.update("DELETE FROM events_destination WHERE name = ?", request.name());
        });
    return DeleteApiDestinationResponse.builder().build();
  }

  DescribeApiDestinationResponse describe(DescribeApiDestinationRequest request) {
    named(request.name(), null).check();
    return env.store()
        .read(tx -> {
          ApiDestination found = get(tx, request.name(), "describe");
          return DescribeApiDestinationResponse.builder()
              .apiDestinationArn(arn(found))
              .name(found.name())
              .description(found.description())
              .apiDestinationState(state(tx, found))
              .connectionArn(found.connection())
              .invocationEndpoint(found.endpoint())
              .httpMethod(found.method())
              .invocationRateLimitPerSecond(found.invocationsPerSecond())
              .creationTime(found.created())
              .lastModifiedTime(found.modified())
              .build();
        });
  }

  ListApiDestinationsResponse list(ListApiDestinationsRequest request) {
    new Constraints()
        .name("namePrefix", request.namePrefix(), NAME)
        .pattern("connectionArn", request.connectionArn(), CONNECTION)
        .range("limit", request.limit(), 1, 100)
        .check();
    return env.store()
        .read(tx -> {
          List<ApiDestination> all =
              tx.list("SELECT * FROM events_destination ORDER BY name", ApiDestination::of).stream()
                  .filter(d ->
                      request.namePrefix() == null || d.name().startsWith(request.namePrefix()))
                  .filter(d ->
                      request.connectionArn() == null
                          || d.connection().equals(request.connectionArn()))
                  .toList();
          Pages<ApiDestination> page =
              Pages.of(all, ApiDestination::name, request.limit(), request.nextToken());
          return ListApiDestinationsResponse.builder()
              .apiDestinations(page.page().stream().map(d -> summary(tx, d)).toList())
              .nextToken(page.token())
              .build();
        });
  }

  private software.amazon.awssdk.services.eventbridge.model.ApiDestination summary(
      Tx tx, ApiDestination one) {
    return software.amazon.awssdk.services.eventbridge.model.ApiDestination.builder()
        .apiDestinationArn(arn(one))
        .name(one.name())
        .apiDestinationState(state(tx, one))
        .connectionArn(one.connection())
        .invocationEndpoint(one.endpoint())
        .httpMethod(one.method())
        .invocationRateLimitPerSecond(one.invocationsPerSecond())
        .creationTime(one.created())
        .lastModifiedTime(one.modified())
        .build();
  }

  /** A destination is active while its connection is authorized. */
  private ApiDestinationState state(Tx tx, ApiDestination destination) {
    Connection connection = connections.ofArn(tx, destination.connection());
    return connection != null && connection.state() == ConnectionState.AUTHORIZED
        ? ApiDestinationState.ACTIVE
        : ApiDestinationState.INACTIVE;
  }

  private void requireConnection(Tx tx, String arn) {
    if (connections.ofArn(tx, arn) == null) {
      throw EventErrors.notFound("Connection '" + arn + "' does not exist.");
    }
  }

  private static Constraints named(@Nullable String name, @Nullable String description) {
    return new Constraints()
        .required("name", name)
        .name("name", name, NAME)
        .length("description", description, 0, 512);
  }

  private static void check(
      Constraints constraints,
      @Nullable String connection,
      @Nullable String endpoint,
      @Nullable String method,
      @Nullable Integer rate) {
    constraints.length("connectionArn", connection, 1, 1600);
    constraints.pattern("connectionArn", connection, CONNECTION);
    ConnectionCheck.endpoint(constraints, "invocationEndpoint", endpoint)
        .choice("httpMethod", method, METHODS)
        .range("invocationRateLimitPerSecond", rate, 1, Integer.MAX_VALUE)
        .check();
  }

  private static ApiDestination get(Tx tx, String name, String operation) {
    return ApiDestination.find(tx, name)
        .orElseThrow(() ->
            EventErrors.notFound(
                "Failed to "
                    + operation
                    + " the api-destination(s). An api-destination '"
                    + name
                    + "' does not exist."));
  }

  private String arn(ApiDestination destination) {
    return names.destinationArn(destination.name(), destination.id());
  }

  private static @Nullable String emptyAsNull(@Nullable String text) {
    return Objects.equals(text, "") ? null : text;
  }
}
