package dev.onboard.local.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.Rooms;
import dev.onboard.local.eventbridge.BusTrail.State;
import dev.onboard.local.usage.Consumed;
import dev.onboard.local.usage.Usage;
import dev.onboard.local.wire.SdkJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.model.ApiDestinationState;
import software.amazon.awssdk.services.eventbridge.model.ConnectionState;
import software.amazon.awssdk.services.eventbridge.model.CreateConnectionAuthRequestParameters;
import software.amazon.awssdk.services.eventbridge.model.HttpParameters;
import software.amazon.awssdk.services.eventbridge.model.Target;

class ApiDestinationTest extends BusTest {
  private final Endpoint endpoint = new Endpoint();

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @Test
  void event_isSentWithWhatConnectionAndTargetGive() {
    String connection =
        connection(
            "API_KEY",
            a ->
                a.apiKeyAuthParameters(k -> k.apiKeyName("X-Key").apiKeyValue("secret"))
                    .invocationHttpParameters(h ->
                        h.headerParameters(p -> p.key("both").value("connection"))
                            .queryStringParameters(p -> p.key("q").value("a b"))
                            .bodyParameters(p -> p.key("tenant").value("t1"))));
    String destination = destination(connection, "POST", "/orders/*/x", null);
    rule(
        "r",
        "{\"source\":[\"shop\"]}",
        api(destination)
            .inputPath("$.detail")
            .httpParameters(h ->
                h.pathParameterValues("$.detail.id")
                    .headerParameters(Map.of("both", "target", "own", "$.source", "host", "evil"))
                    .queryStringParameters(Map.of("q", "target", "n", "1")))
            .build());
    String id = put("shop", "{\"id\":\"7/8\"}");
    rooms.clock.advance(Duration.ZERO);

    assertThat(endpoint.asked)
        .singleElement()
        .satisfies(asked -> {
          assertThat(asked.method()).isEqualTo("POST");
          assertThat(asked.uri()).startsWith("/orders/7%2F8/x?").contains("q=a%20b", "n=1");
          assertThat(asked.body()).isEqualTo("{\"id\":\"7/8\",\"tenant\":\"t1\"}");
          assertThat(asked.headers())
              .containsEntry("X-Key", "secret")
              .containsEntry("Both", "connection")
              .containsEntry("Own", "shop")
              .containsEntry("User-Agent", "Amazon/EventBridge/ApiDestinations")
              .containsEntry("Content-Type", "application/json; charset=utf-8")
              .containsEntry("Range", "bytes=0-1048575")
              .containsEntry("Accept-Encoding", "gzip,deflate");
          assertThat(asked.headers().get("Host")).startsWith("127.0.0.1:");
        });
    assertThat(only(id).state()).isEqualTo(State.DELIVERED);
  }

  @Test
  void basicConnection_sendsUserAndPassword() {
    invokeOnce("PUT", basic());
    assertThat(endpoint.asked.getFirst().headers()).containsEntry("Authorization", "Basic dTpw");
    assertThat(endpoint.asked.getFirst().method()).isEqualTo("PUT");
  }

  @Test
  void everyCall_isCountedWhateverComesOfIt() {
    endpoint.then(503, "", Map.of());
    invokeOnce("POST", basic());
    rooms.clock.advance(Duration.ofMinutes(10));
    assertThat(endpoint.asked).hasSize(2);
    assertThat(rooms.meter.between(Rooms.START, rooms.clock.now()))
        .contains(new Consumed(Usage.API_DESTINATION_CALLS, "d", 2));
  }

  @Test
  void get_hasNoBody() {
    invokeOnce("GET", basic());
    assertThat(endpoint.asked.getFirst().body()).isEmpty();
  }

  @Test
  void oauthConnection_getsATokenOnce_andKeepsItOverRestart() {
    endpoint.then(
        200, "{\"access_token\":\"t1\",\"token_type\":\"bearer\",\"expires_in\":3600}", Map.of());
    String connection = oauth();
    assertThat(events.describeConnection(r -> r.name("c")).connectionState())
        .isIn(ConnectionState.AUTHORIZING, ConnectionState.AUTHORIZED);
    rooms.clock.advance(Duration.ZERO);
    assertThat(events.describeConnection(r -> r.name("c")).connectionState())
        .isEqualTo(ConnectionState.AUTHORIZED);
    assertThat(endpoint.asked.getFirst().uri()).isEqualTo("/token?aud=x");
    assertThat(endpoint.asked.getFirst().body())
        .isEqualTo("grant_type=client_credentials&client_id=id&client_secret=s%26s&scope=all");

    rule("r", "{\"source\":[\"shop\"]}", api(destination(connection, "POST", "/in", null)).build());
    put("shop", "{}");
    rooms.clock.advance(Duration.ZERO);
    restart();
    put("shop", "{}");
    rooms.clock.advance(Duration.ZERO);
    assertThat(endpoint.asked).hasSize(3);
    assertThat(endpoint.asked.subList(1, 3))
        .allSatisfy(a -> assertThat(a.headers()).containsEntry("Authorization", "Bearer t1"));
  }

  @Test
  void methodOfTheTokenRequest_mayBeInLowerCase() {
    endpoint.always(200, "{\"access_token\":\"t1\"}");
    oauth("put");
    rooms.clock.advance(Duration.ZERO);
    assertThat(endpoint.asked).extracting(Endpoint.Asked::method).containsExactly("PUT");
  }

  @Test
  void expiredOrRefusedToken_isRenewed() {
    endpoint.then(200, "{\"access_token\":\"t1\",\"expires_in\":3600}", Map.of());
    String connection = oauth();
    rooms.clock.advance(Duration.ofMinutes(59));
    rule("r", "{\"source\":[\"shop\"]}", api(destination(connection, "POST", "/in", null)).build());
    endpoint
        .then(200, "{\"access_token\":\"t2\",\"expires_in\":3600}", Map.of())
        .then(401, "", Map.of())
        .then(200, "{\"access_token\":\"t3\"}", Map.of());
    String id = put("shop", "{}");
    rooms.clock.advance(Duration.ofSeconds(2));

    assertThat(endpoint.asked)
        .extracting(a -> a.uri() + " " + a.headers().get("Authorization"))
        .containsExactly(
            "/token?aud=x null",
            "/token?aud=x null",
            "/in Bearer t2",
            "/token?aud=x null",
            "/in Bearer t3");
    assertThat(only(id).attempts()).isEqualTo(2);
    assertThat(only(id).state()).isEqualTo(State.DELIVERED);
  }

  @Test
  void refusingAuthorizationEndpoint_leavesTheConnectionDeauthorized_untilItGivesAToken() {
    endpoint.then(403, "", Map.of());
    String connection = oauth();
    rooms.clock.advance(Duration.ZERO);
    var described = events.describeConnection(r -> r.name("c"));
    assertThat(described.connectionState()).isEqualTo(ConnectionState.DEAUTHORIZED);
    assertThat(described.stateReason()).contains("403");
    String destination = destination(connection, "POST", "/in", null);
    assertThat(events.describeApiDestination(r -> r.name("d")).apiDestinationState())
        .isEqualTo(ApiDestinationState.INACTIVE);

    endpoint.then(500, "", Map.of()).then(200, "{\"access_token\":\"t\"}", Map.of());
    rule("r", "{\"source\":[\"shop\"]}", api(destination).build());
    String id = put("shop", "{}");
    rooms.clock.advance(Duration.ofSeconds(2));
    assertThat(only(id).state()).isEqualTo(State.DELIVERED);
    assertThat(events.describeApiDestination(r -> r.name("d")).apiDestinationState())
        .isEqualTo(ApiDestinationState.ACTIVE);
  }

  @Test
  void retriedStatuses_areTriedAgain_retryAfterIsHonoured() {
    endpoint
        .then(429, "", Map.of("Retry-After", "30"))
        .then(503, "", Map.of())
        .then(409, "", Map.of());
    String id = invoke("POST", basic(), b -> b);
    rooms.clock.advance(Duration.ofSeconds(29));
    assertThat(endpoint.asked).hasSize(1);
    assertThat(only(id).errorCode()).isEqualTo("THROTTLING");
    rooms.clock.advance(Duration.ofSeconds(20));
    assertThat(endpoint.asked).hasSize(4);
    assertThat(only(id).state()).isEqualTo(State.DELIVERED);
  }

  @Test
  void otherStatus_isADeadLetterAtOnce() {
    endpoint.then(422, "no", Map.of());
    String id = invoke("POST", basic(), b -> b.deadLetterConfig(d -> d.arn(queueArn("dead"))));
    assertThat(only(id).state()).isEqualTo(State.DEAD_LETTERED);
    assertThat(received("dead").getFirst().extra())
        .contains("ERROR_CODE=SDK_CLIENT_ERROR", "422", "RETRY_ATTEMPTS=0", "api-destination/d/")
        .doesNotContain("EXHAUSTED");
  }

  @Test
  void negativeRetryAfter_endsTheDelivery() {
    endpoint.then(503, "", Map.of("Retry-After", "-1"));
    String id = invoke("POST", basic(), b -> b);
    rooms.clock.advance(Duration.ofMinutes(1));
    assertThat(only(id).state()).isEqualTo(State.DROPPED);
    assertThat(endpoint.asked).hasSize(1);
  }

  @Test
  void endpointDownForADay_gets185Retries() {
    endpoint.always(500, "");
    String id = invoke("POST", basic(), b -> b);
    rooms.clock.advance(Duration.ofHours(24));
    assertThat(endpoint.asked).hasSize(186);
    assertThat(only(id).attempts()).isEqualTo(186);
    assertThat(only(id).state()).isEqualTo(State.DROPPED);
  }

  @Test
  void unreachableEndpoint_isTriedAgain() {
    String destination = destination(connection("BASIC", basic()), "POST", "/in", null);
    endpoint.close();
    rule("r", "{\"source\":[\"shop\"]}", api(destination).build());
    String id = put("shop", "{}");
    rooms.clock.advance(Duration.ZERO);
    assertThat(only(id).state()).isEqualTo(State.PENDING);
    assertThat(only(id).errorMessage())
        .isEqualTo(
            "Unable to invoke ApiDestination endpoint: API destination endpoint cannot be"
                + " reached.");
  }

  @Test
  void rateLimit_boundsTheInvocationsOfEachSecond_overRestartToo() {
    String destination = destination(connection("BASIC", basic()), "POST", "/in", 5);
    rule("r", "{\"source\":[\"shop\"]}", api(destination).build());
    for (int i = 0; i < 12; i++) {
      put("shop", "{\"n\":" + i + "}");
    }
    rooms.clock.advance(Duration.ZERO);
    assertThat(endpoint.asked).hasSize(5);
    restart();
    String last = put("shop", "{\"n\":12}");
    rooms.clock.advance(Duration.ZERO);
    assertThat(endpoint.asked).hasSizeLessThanOrEqualTo(10);
    assertThat(only(last).errorCode()).isEqualTo("INVOCATION_RATE_LIMIT");
    for (int second = 1; second <= 4; second++) {
      int before = endpoint.asked.size();
      rooms.clock.advance(Duration.ofSeconds(1));
      assertThat(endpoint.asked.size() - before).isBetween(0, 5);
    }
    assertThat(endpoint.asked).hasSize(13);
    assertThat(only(last).attempts()).isEqualTo(1);
    assertThat(only(last).errorCode()).isNull();
  }

  @Test
  void eventThatWaitedTooLongForItsTurn_isADeadLetter() {
    String destination = destination(connection("BASIC", basic()), "POST", "/in", 1);
    rule(
        "r",
        "{\"source\":[\"shop\"]}",
        api(destination)
            .retryPolicy(p -> p.maximumEventAgeInSeconds(60))
            .deadLetterConfig(d -> d.arn(queueArn("dead")))
            .build());
    for (int i = 0; i < 70; i++) {
      put("shop", "{}");
    }
    rooms.clock.advance(Duration.ofMinutes(2));
    assertThat(endpoint.asked).hasSize(61);
    assertThat(received("dead")).hasSize(9);
    assertThat(received("dead").getFirst().extra())
        .contains("EXHAUSTED_RETRY_CONDITION=MaximumEventAgeInSeconds", "RETRY_ATTEMPTS=0");
  }

  @Test
  void attemptThatTheEndCutsOff_isMadeAgain() throws InterruptedException {
    String destination = destination(connection("BASIC", basic()), "POST", "/in", null);
    rule("r", "{\"source\":[\"shop\"]}", api(destination).build());
    try (var held = endpoint.hold()) {
      String id = put("shop", "{}");
      held.await();
      restart();
      assertThat(only(id).state()).isEqualTo(State.PENDING);
      assertThat(only(id).attempts()).isZero();
    }
    rooms.clock.advance(Duration.ofMinutes(2));
    assertThat(endpoint.asked).hasSize(2);
  }

  @Test
  void describedConnection_showsNoSecret() {
    connection(
        "BASIC",
        a ->
            a.basicAuthParameters(b -> b.username("u").password("hidden"))
                .invocationHttpParameters(h ->
                    h.headerParameters(
                        p -> p.key("open").value("shown").isValueSecret(false),
                        p -> p.key("closed").value("hidden").isValueSecret(true))));
    var described = events.describeConnection(r -> r.name("c"));
    assertThat(SdkJson.write(described)).contains("shown", "closed").doesNotContain("hidden");
    assertThat(described.authParameters().basicAuthParameters().username()).isEqualTo("u");
    assertThat(described.secretArn())
        .startsWith("arn:aws:secretsmanager:us-east-1:000000000000:secret:events!connection/c/");
    assertThat(events.listConnections(r -> r.namePrefix("c")).connections()).hasSize(1);
    assertThat(
            events
                .listConnections(r -> r.connectionState(ConnectionState.DEAUTHORIZED))
                .connections())
        .isEmpty();
  }

  @Test
  void updatedConnection_keepsWhatIsNotGiven() {
    connection("BASIC", basic());
    events.updateConnection(r ->
        r.name("c")
            .description("new")
            .authParameters(a -> a.basicAuthParameters(b -> b.password("other"))));
    destinationAndRule("POST");
    put("shop", "{}");
    rooms.clock.advance(Duration.ZERO);
    assertThat(endpoint.asked.getFirst().headers())
        .containsEntry("Authorization", "Basic dTpvdGhlcg==");
    assertRefused(
        () -> events.updateConnection(r -> r.name("c").authorizationType("API_KEY")),
        "ValidationException",
        "Parameter AuthParameters is not valid. Reason: ApiKeyAuthParameters must be specified for"
            + " the authorization type API_KEY.");
  }

  @Test
  void deauthorizedConnection_letsNothingThrough() {
    connection("BASIC", basic());
    destinationAndRule("POST");
    assertThat(events.deauthorizeConnection(r -> r.name("c")).connectionState())
        .isEqualTo(ConnectionState.DEAUTHORIZING);
    assertThat(events.describeConnection(r -> r.name("c")).connectionState())
        .isEqualTo(ConnectionState.DEAUTHORIZED);
    String id = put("shop", "{}");
    rooms.clock.advance(Duration.ZERO);
    assertThat(endpoint.asked).isEmpty();
    assertThat(only(id).errorMessage()).contains("deauthorized");
  }

  @Test
  void deletedConnection_isGone() {
    connection("BASIC", basic());
    assertThat(events.deleteConnection(r -> r.name("c")).connectionState())
        .isEqualTo(ConnectionState.DELETING);
    assertRefused(
        () -> events.describeConnection(r -> r.name("c")),
        "ResourceNotFoundException",
        "Failed to describe the connection(s). Connection 'c' does not exist.");
  }

  @Test
  void destination_isDescribedListedUpdatedAndDeleted() {
    String connection = connection("BASIC", basic());
    String arn = destination(connection, "POST", "/in", null);
    var described = events.describeApiDestination(r -> r.name("d"));
    assertThat(described.apiDestinationArn()).isEqualTo(arn);
    assertThat(described.apiDestinationState()).isEqualTo(ApiDestinationState.ACTIVE);
    assertThat(described.invocationRateLimitPerSecond()).isEqualTo(300);
    assertThat(events.listApiDestinations(r -> r.connectionArn(connection)).apiDestinations())
        .hasSize(1);
    events.updateApiDestination(r -> r.name("d").httpMethod("PUT").description("x"));
    assertThat(events.describeApiDestination(r -> r.name("d")).httpMethodAsString())
        .isEqualTo("PUT");
    events.deleteApiDestination(r -> r.name("d"));
    assertRefused(
        () -> events.describeApiDestination(r -> r.name("d")),
        "ResourceNotFoundException",
        "Failed to describe the api-destination(s). An api-destination 'd' does not exist.");
  }

  @Test
  void invalidRequests_areRefusedInAwssWords() {
    assertRefused(
        () ->
            events.createApiDestination(r ->
                r.name("d")
                    .connectionArn("invalid-connection-arn")
                    .httpMethod("INVALID_METHOD")
                    .invocationEndpoint("https://example.com")),
        "ValidationException",
        "2 validation errors detected: Value 'invalid-connection-arn' at 'connectionArn' failed to"
            + " satisfy constraint: Member must satisfy regular expression pattern:"
            + " ^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:connection\\/"
            + "[\\.\\-_A-Za-z0-9]+\\/[\\-A-Za-z0-9]+$; Value 'INVALID_METHOD' at 'httpMethod'"
            + " failed to satisfy constraint: Member must satisfy enum value set:"
            + " [HEAD, POST, PATCH, DELETE, PUT, GET, OPTIONS]");
    assertRefused(
        () ->
            events.createConnection(r ->
                r.name("c").authorizationType("INVALID_AUTH_TYPE").authParameters(basicAuth())),
        "ValidationException",
        "1 validation error detected: Value 'INVALID_AUTH_TYPE' at 'authorizationType' failed to"
            + " satisfy constraint: Member must satisfy enum value set: [BASIC,"
            + " OAUTH_CLIENT_CREDENTIALS, API_KEY]");
    String connection = connection("BASIC", basic());
    assertRefused(
        () ->
            events.createApiDestination(r ->
                r.name("d")
                    .connectionArn(connection)
                    .httpMethod("POST")
                    .invocationEndpoint("http://example.com/in")),
        "ValidationException",
        "Parameter InvocationEndpoint is not valid. Reason: http://example.com/in must begin with"
            + " https://; the local runtime takes http:// for hosts on this machine (localhost,"
            + " 127.0.0.1, [::1]) too.");
    assertRefused(
        () ->
            rule(
                "r",
                "{\"source\":[\"shop\"]}",
                queue("q").toBuilder().httpParameters(HttpParameters.builder().build()).build()),
        "ValidationException",
        "Parameter(s) HttpParameters not valid for target: q.");
  }

  private interface Auth
      extends java.util.function.Consumer<CreateConnectionAuthRequestParameters.Builder> {}

  private static Auth basic() {
    return a -> a.basicAuthParameters(b -> b.username("u").password("p"));
  }

  private static CreateConnectionAuthRequestParameters basicAuth() {
    return CreateConnectionAuthRequestParameters.builder()
        .basicAuthParameters(b -> b.username("u").password("p"))
        .build();
  }

  private String connection(String type, Auth auth) {
    return events
        .createConnection(r -> r.name("c").authorizationType(type).authParameters(auth))
        .connectionArn();
  }

  private String oauth() {
    return oauth("POST");
  }

  private String oauth(String method) {
    return connection(
        "OAUTH_CLIENT_CREDENTIALS",
        a ->
            a.oAuthParameters(o ->
                o.authorizationEndpoint(endpoint.url("/token"))
                    .httpMethod(method)
                    .clientParameters(c -> c.clientID("id").clientSecret("s&s"))
                    .oAuthHttpParameters(h ->
                        h.bodyParameters(p -> p.key("scope").value("all"))
                            .queryStringParameters(p -> p.key("aud").value("x")))));
  }

  private String destination(String connection, String method, String path, Integer rate) {
    return events
        .createApiDestination(r ->
            r.name("d")
                .connectionArn(connection)
                .httpMethod(method)
                .invocationEndpoint(endpoint.url(path))
                .invocationRateLimitPerSecond(rate))
        .apiDestinationArn();
  }

  private static Target.Builder api(String destination) {
    return target("api", destination).roleArn(ROLE);
  }

  private void destinationAndRule(String method) {
    String connection = events.describeConnection(r -> r.name("c")).connectionArn();
    rule("r", "{\"source\":[\"shop\"]}", api(destination(connection, method, "/in", null)).build());
  }

  private void invokeOnce(String method, Auth auth) {
    invoke(method, auth, b -> b);
    assertThat(endpoint.asked).hasSize(1);
  }

  private String invoke(
      String method, Auth auth, java.util.function.UnaryOperator<Target.Builder> more) {
    String destination = destination(connection("BASIC", auth), method, "/in", null);
    rule(
        "r",
        "{\"source\":[\"shop\"]}",
        List.of(more.apply(api(destination)).build()).toArray(Target[]::new));
    String id = put("shop", "{}");
    rooms.clock.advance(Duration.ZERO);
    return id;
  }
}
