package dev.onboard.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.Rooms;
import dev.onboard.local.eventbridge.BusTrail;
import dev.onboard.local.eventbridge.LocalEventBridge;
import dev.onboard.local.schemas.LocalSchemas;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.Type;

class ConformanceTest {
  private static final String DRAFT = "{\"$schema\":\"http://json-schema.org/draft-04/schema#\",";
  private static final String V1 =
      DRAFT
          + "\"type\":\"object\",\"required\":[\"email\"],\"properties\":{"
          + "\"email\":{\"$ref\":\"#/definitions/address\"},\"at\":{\"format\":\"date-time\"}},"
          + "\"definitions\":{\"address\":{\"type\":\"string\"}}}";

  @TempDir Path folder;
  private Rooms rooms;
  private Conformance conformance;
  private BusTrail trail;
  private SchemasClient schemas;
  private EventBridgeClient events;

  @BeforeEach
  void open() {
    var made = new AtomicReference<Conformance>();
    rooms =
        Rooms.open(
            folder,
            env -> {
              var bus = new LocalEventBridge(env);
              made.set(new Conformance(env));
              bus.watch(e -> made.get().check(e.number(), e.id(), e.json(), e.copy()));
              return List.of(bus, new LocalSchemas(env));
            });
    conformance = made.get();
    trail = new BusTrail(rooms.store);
    schemas = rooms.client(SchemasClient.class);
    events = rooms.client(EventBridgeClient.class);
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  @Test
  void eventThatDoesNotFit_isAcceptedAndItsViolationsAreKept() {
    register("users@Created-v1", V1);
    long bad = publish("Created", "{\"email\":7,\"at\":\"soon\"}");
    long good = publish("Created", "{\"email\":\"a@b.c\",\"new\":1}");
    long other = publish("Deleted", "{\"email\":7}");
    close();
    open();
    assertThat(conformance.violations(bad))
        .contains(
            new Violation(
                "mine/users@Created-v1 version 1",
                "/detail/email",
                "integer found, string expected"))
        .extracting(Violation::at)
        .containsExactlyInAnyOrder("/detail/email", "/detail/at");
    assertThat(conformance.violations(good)).isEmpty();
    assertThat(conformance.violations(other)).isEmpty();
  }

  @Test
  void newestVersion_isWhatCounts() {
    register("users@Created", V1);
    assertThat(conformance.violations(publish("Created", "{\"email\":\"a\"}"))).isEmpty();
    schemas.updateSchema(r ->
        r.registryName("mine")
            .schemaName("users@Created")
            .content(V1.replace("[\"email\"]", "[\"id\"]")));
    assertThat(conformance.violations(publish("Created", "{\"email\":\"a\"}")))
        .singleElement()
        .satisfies(v -> {
          assertThat(v.schema()).isEqualTo("mine/users@Created version 2");
          assertThat(v.at()).isEqualTo("/detail");
          assertThat(v.problem()).contains("'id'");
        });
    schemas.deleteSchema(r -> r.registryName("mine").schemaName("users@Created"));
    assertThat(conformance.violations(publish("Created", "{}"))).isEmpty();
  }

  @Test
  void eventThatFitsOneMajorVersion_fits() {
    register("users@Created-v1", V1);
    register("users@Created-v2", V1.replace("[\"email\"]", "[\"id\",\"name\"]"));
    assertThat(conformance.violations(publish("Created", "{\"id\":1,\"name\":\"a\"}"))).isEmpty();
    assertThat(conformance.violations(publish("Created", "{}")))
        .extracting(Violation::schema)
        .containsExactly("mine/users@Created-v1 version 1");
  }

  @Test
  void openApiOfWholeEvents_isHeldAgainstTheWholeEvent() {
    String event =
        "{\"source\":\"users\",\"detail-type\":\"User was created\",\"detail\":{\"n\":1}}";
    schemas.createRegistry(r -> r.registryName("mine"));
    schemas.createSchema(r ->
        r.registryName("mine")
            .schemaName("users@UserWasCreated")
            .type("OpenApi3")
            .content(
                schemas.getDiscoveredSchema(d -> d.type(Type.OPEN_API3).events(event)).content()));
    assertThat(conformance.violations(publish("User was created", "{\"n\":2}"))).isEmpty();
    assertThat(conformance.violations(publish("User was created", "{\"n\":\"2\"}")))
        .extracting(Violation::at)
        .containsExactly("/detail/n");
  }

  @Test
  void detailIsFound_whateverStandsBeforeIt() {
    EventHead head =
        EventHead.of(
            "{\"a\":[\"\u00e9],\\\"detail\\\":\"],\"source\":\"s\",\"detail-type\":\"t\","
                + "\"detail\":{\"x\":{}}}");
    assertThat(head.source()).isEqualTo("s");
    assertThat(head.detailType()).isEqualTo("t");
    assertThat(head.detail()).isEqualTo("{\"x\":{}}");
  }

  private void register(String name, String content) {
    if (schemas.listRegistries(r -> {}).registries().isEmpty()) {
      schemas.createRegistry(r -> r.registryName("mine"));
    }
    schemas.createSchema(
        r -> r.registryName("mine").schemaName(name).type("JSONSchemaDraft4").content(content));
  }

  /** Publishes an event, lets it be looked at and answers its number. */
  private long publish(String type, String detail) {
    String id =
        events
            .putEvents(r ->
                r.entries(
                    PutEventsRequestEntry.builder()
                        .source("users")
                        .detailType(type)
                        .detail(detail)
                        .build()))
            .entries()
            .getFirst()
            .eventId();
    rooms.clock.advance(Duration.ofSeconds(1));
    return trail.find(id).orElseThrow().number();
  }
}
