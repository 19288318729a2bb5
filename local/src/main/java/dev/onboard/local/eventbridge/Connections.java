package dev.onboard.local.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.ConnectionAuthResponseParameters;
import software.amazon.awssdk.services.eventbridge.model.ConnectionAuthorizationType;
import software.amazon.awssdk.services.eventbridge.model.ConnectionState;
import software.amazon.awssdk.services.eventbridge.model.CreateConnectionAuthRequestParameters;
import software.amazon.awssdk.services.eventbridge.model.CreateConnectionRequest;
import software.amazon.awssdk.services.eventbridge.model.CreateConnectionResponse;
import software.amazon.awssdk.services.eventbridge.model.DeauthorizeConnectionRequest;
import software.amazon.awssdk.services.eventbridge.model.DeauthorizeConnectionResponse;
import software.amazon.awssdk.services.eventbridge.model.DeleteConnectionRequest;
import software.amazon.awssdk.services.eventbridge.model.DeleteConnectionResponse;
import software.amazon.awssdk.services.eventbridge.model.DescribeConnectionRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeConnectionResponse;
import software.amazon.awssdk.services.eventbridge.model.ListConnectionsRequest;
import software.amazon.awssdk.services.eventbridge.model.ListConnectionsResponse;
import software.amazon.awssdk.services.eventbridge.model.UpdateConnectionRequest;
import software.amazon.awssdk.services.eventbridge.model.UpdateConnectionResponse;

/** The connections: how API destinations authorize. */
final class Connections {
  private static final int NAME = 64;
  private static final List<String> AUTHS =
      List.of("BasicAuthParameters", "OAuthParameters", "ApiKeyAuthParameters");

  private final Environment env;
  private final Quotas quotas;
  private final Names names;
  private final Tokens tokens;

  Connections(Environment env, Quotas quotas, Names names, Tokens tokens) {
    this.env = env;
    this.quotas = quotas;
    this.names = names;
    this.tokens = tokens;
  }

  /** The tokens of those that need one. */
  Tokens tokens() {
    return tokens;
  }

  /** Goes on with authorizing what was being authorized. */
  void resume() {
    env.store()
        .read(tx ->
            tx.list(
                "SELECT name FROM events_connection WHERE state = ?",
                r -> r.string(1),
                ConnectionState.AUTHORIZING))
        .forEach(tokens::authorizeSoon);
  }

  CreateConnectionResponse create(CreateConnectionRequest request) {
    check(request);
    Connection made = made(request, env.clock().now());
    env.store()
        .write(tx -> {
          if (Connection.find(tx, made.name()).isPresent()) {
            throw EventErrors.exists("Connection " + made.name() + " already exists.");
          }
          if (tx.number("SELECT count(*) FROM events_connection") >= quotas.connections()) {
            throw EventErrors.limit();
          }
          store(tx, made);
          return null;
        });
    return CreateConnectionResponse.builder()
        .connectionArn(arn(made))
        .connectionState(made.state())
        .creationTime(made.created())
        .lastModifiedTime(made.modified())
        .build();
  }

  private static void check(CreateConnectionRequest request) {
    Constraints constraints =
        named(request.name(), request.description())
            .required("authorizationType", request.authorizationType())
            .required("authParameters", request.authParameters())
            .choice(
                "authorizationType",
                request.authorizationTypeAsString(),
                ConnectionAuthorizationType.knownValues());
    ConnectionCheck.shape(constraints, request.authParameters());
    constraints.check();
    refuse(
        "CreateConnection", request.kmsKeyIdentifier(), request.invocationConnectivityParameters());
    ConnectionCheck.complete(request.authorizationType(), request.authParameters());
  }

  private Connection made(CreateConnectionRequest request, Instant now) {
    boolean oauth =
        request.authorizationType() == ConnectionAuthorizationType.OAUTH_CLIENT_CREDENTIALS;
    return new Connection(
        request.name(),
        UUID.randomUUID().toString(),
        emptyAsNull(request.description()),
        request.authorizationTypeAsString(),
        SdkJson.write(request.authParameters()),
        oauth ? ConnectionState.AUTHORIZING : ConnectionState.AUTHORIZED,
        null,
        secretArn(request.name()),
        now,
        now,
        now,
        null,
        null);
  }

  UpdateConnectionResponse update(UpdateConnectionRequest request) {
    var constraints =
        named(request.name(), request.description())
            .choice(
                "authorizationType",
                request.authorizationTypeAsString(),
                ConnectionAuthorizationType.knownValues());
    if (request.authParameters() != null) {
      ConnectionCheck.shape(
          constraints,
          SdkJson.as(CreateConnectionAuthRequestParameters.class, request.authParameters()));
    }
    constraints.check();
    refuse(
        "UpdateConnection", request.kmsKeyIdentifier(), request.invocationConnectivityParameters());
    return env.store()
        .write(tx -> {
          Connection changed = changed(get(tx, request.name(), "update"), request);
          store(tx, changed);
          return UpdateConnectionResponse.builder()
              .connectionArn(arn(changed))
              .connectionState(changed.state())
              .creationTime(changed.created())
              .lastModifiedTime(changed.modified())
              .lastAuthorizedTime(changed.authorized())
              .build();
        });
  }

  private Connection changed(Connection old, UpdateConnectionRequest request) {
    Instant now = env.clock().now();
    String type =
        request.authorizationType() == null ? old.type() : request.authorizationTypeAsString();
    boolean reauthorized = request.authParameters() != null || !type.equals(old.type());
    String auth = old.auth();
    if (reauthorized) {
      auth = merged(old, type, request);
      ConnectionCheck.complete(
          ConnectionAuthorizationType.fromValue(type),
          SdkJson.read(CreateConnectionAuthRequestParameters.class, auth));
    }
    boolean oauth = type.equals(ConnectionAuthorizationType.OAUTH_CLIENT_CREDENTIALS.toString());
    ConnectionState state = oauth ? ConnectionState.AUTHORIZING : ConnectionState.AUTHORIZED;
    return new Connection(
        old.name(),
        old.id(),
        request.description() == null ? old.description() : emptyAsNull(request.description()),
        type,
        auth,
        reauthorized ? state : old.state(),
        reauthorized ? null : old.reason(),
        reauthorized && old.secret() == null ? secretArn(old.name()) : old.secret(),
        old.created(),
        now,
        reauthorized ? now : old.authorized(),
        reauthorized ? null : old.token(),
        reauthorized ? null : old.expires());
  }

  /** The parameters as they were with what an update gives; another kind's are gone. */
  private static String merged(Connection old, String type, UpdateConnectionRequest request) {
    var auth =
        old.auth() != null
            ? (ObjectNode) Input.Values.tree(old.auth())
            : Input.Values.JSON.createObjectNode();
    if (!type.equals(old.type())) {
      auth.remove(AUTHS);
    }
    if (request.authParameters() != null) {
      merge(auth, (ObjectNode) Input.Values.tree(SdkJson.write(request.authParameters())));
    }
    return auth.toString();
  }

  private static void merge(ObjectNode into, ObjectNode from) {
    from.properties()
        .forEach(member -> {
          JsonNode there = into.get(member.getKey());
          if (there instanceof ObjectNode object
              && member.getValue() instanceof ObjectNode given
              && !member.getKey().endsWith("HttpParameters")) {
            merge(object, given);
          } else {
            into.set(member.getKey(), member.getValue());
          }
        });
  }

  DeauthorizeConnectionResponse deauthorize(DeauthorizeConnectionRequest request) {
    named(request.name(), null).check();
    return env.store()
        .write(tx -> {
          Connection old = get(tx, request.name(), "deauthorize");
          Instant now = env.clock().now();
          var bare =
              new Connection(
                  old.name(),
                  old.id(),
                  old.description(),
                  old.type(),
                  null,
                  ConnectionState.DEAUTHORIZED,
                  null,
                  null,
                  old.created(),
                  now,
                  old.authorized(),
                  null,
                  null);
          bare.put(tx);
          return DeauthorizeConnectionResponse.builder()
              .connectionArn(arn(old))
              .connectionState(ConnectionState.DEAUTHORIZING)
              .creationTime(old.created())
              .lastModifiedTime(now)
              .lastAuthorizedTime(old.authorized())
              .build();
        });
  }

  DeleteConnectionResponse delete(DeleteConnectionRequest request) {
    named(request.name(), null).check();
    return env.store()
        .write(tx -> {
          Connection old = get(tx, request.name(), "delete");
          tx.update("DELETE FROM events_connection WHERE name = ?", old.name());
          return DeleteConnectionResponse.builder()
              .connectionArn(arn(old))
              .connectionState(ConnectionState.DELETING)
              .creationTime(old.created())
              .lastModifiedTime(env.clock().now())
              .lastAuthorizedTime(old.authorized())
              .build();
        });
  }

  DescribeConnectionResponse describe(DescribeConnectionRequest request) {
    named(request.name(), null).check();
    Connection found = env.store().read(tx -> get(tx, request.name(), "describe"));
    CreateConnectionAuthRequestParameters auth = found.parameters();
    return DescribeConnectionResponse.builder()
        .connectionArn(arn(found))
        .name(found.name())
        .description(found.description())
        .connectionState(found.state())
        .stateReason(found.reason())
        .authorizationType(found.type())
        .secretArn(found.secret())
        .authParameters(auth == null ? null : withoutSecrets(auth))
        .creationTime(found.created())
        .lastModifiedTime(found.modified())
        .lastAuthorizedTime(found.authorized())
        .build();
  }

  ListConnectionsResponse list(ListConnectionsRequest request) {
    new Constraints()
        .name("namePrefix", request.namePrefix(), NAME)
        .choice("connectionState", request.connectionStateAsString(), ConnectionState.knownValues())
        .range("limit", request.limit(), 1, 100)
        .check();
    List<Connection> all =
        env
            .store()
            .read(tx -> tx.list("SELECT * FROM events_connection ORDER BY name", Connection::of))
            .stream()
            .filter(c -> request.namePrefix() == null || c.name().startsWith(request.namePrefix()))
            .filter(
                c -> request.connectionState() == null || c.state() == request.connectionState())
            .toList();
    Pages<Connection> page = Pages.of(all, Connection::name, request.limit(), request.nextToken());
    return ListConnectionsResponse.builder()
        .connections(page.page().stream().map(this::summary).toList())
        .nextToken(page.token())
        .build();
  }

  /** The connection of an ARN; null if it is gone. */
  @Nullable Connection ofArn(Tx tx, String arn) {
    String path = names.ofArn(arn, "connection/");
    return path == null
        ? null
        : Connection.find(tx, path.substring(0, Math.max(0, path.indexOf('/'))))
            .filter(c -> arn(c).equals(arn))
            .orElse(null);
  }

  private software.amazon.awssdk.services.eventbridge.model.Connection summary(Connection one) {
    return software.amazon.awssdk.services.eventbridge.model.Connection.builder()
        .connectionArn(arn(one))
        .name(one.name())
        .connectionState(one.state())
        .stateReason(one.reason())
        .authorizationType(one.type())
        .creationTime(one.created())
        .lastModifiedTime(one.modified())
        .lastAuthorizedTime(one.authorized())
        .build();
  }

  private void store(Tx tx, Connection connection) {
    connection.put(tx);
    if (connection.state() == ConnectionState.AUTHORIZING) {
      env.store().afterCommit(() -> tokens.authorizeSoon(connection.name()));
    }
  }

  /** What a connection shows of itself: names, but neither secrets nor values that are secret. */
  private static ConnectionAuthResponseParameters withoutSecrets(
      CreateConnectionAuthRequestParameters auth) {
    JsonNode shown =
        Input.Values.tree(SdkJson.write(SdkJson.as(ConnectionAuthResponseParameters.class, auth)));
    shown
        .findParents("IsValueSecret")
        .forEach(parameter -> {
          if (parameter.path("IsValueSecret").asBoolean()) {
            ((ObjectNode) parameter).remove("Value");
          }
        });
    return SdkJson.read(ConnectionAuthResponseParameters.class, shown.toString());
  }

  private static Constraints named(@Nullable String name, @Nullable String description) {
    return new Constraints()
        .required("name", name)
        .name("name", name, NAME)
        .length("description", description, 0, 512);
  }

  private static void refuse(
      String operation, @Nullable String key, @Nullable Object connectivity) {
    if (key != null) {
      throw EventErrors.unsupported(operation, "KmsKeyIdentifier");
    }
    if (connectivity != null) {
      throw EventErrors.unsupported(operation, "InvocationConnectivityParameters (private APIs)");
    }
  }

  private static Connection get(Tx tx, String name, String operation) {
    return Connection.find(tx, name)
        .orElseThrow(() ->
            EventErrors.notFound(
                "Failed to "
                    + operation
                    + " the connection(s). Connection '"
                    + name
                    + "' does not exist."));
  }

  private String arn(Connection connection) {
    return names.connectionArn(connection.name(), connection.id());
  }

  private String secretArn(String name) {
    String suffix =
        Integer.toString(ThreadLocalRandom.current().nextInt(60_466_176, Integer.MAX_VALUE), 36);
    return env.arn(
        "secretsmanager",
        "secret:events!connection/" + name + "/" + UUID.randomUUID() + "-" + suffix);
  }

  private static @Nullable String emptyAsNull(@Nullable String text) {
    return Objects.equals(text, "") ? null : text;
  }
}
