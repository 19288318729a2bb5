package dev.onboard.local.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onboard.local.Rooms;
import dev.onboard.local.call.Principal;
import dev.onboard.local.cloudformation.LocalCloudFormation;
import dev.onboard.local.eventbridge.BusTrail;
import dev.onboard.local.eventbridge.LocalEventBridge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.ManagedRuleException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.BadRequestException;
import software.amazon.awssdk.services.schemas.model.ConflictException;
import software.amazon.awssdk.services.schemas.model.CreateDiscovererResponse;
import software.amazon.awssdk.services.schemas.model.DiscovererState;
import software.amazon.awssdk.services.schemas.model.ForbiddenException;
import software.amazon.awssdk.services.schemas.model.NotFoundException;
import software.amazon.awssdk.services.schemas.model.SchemaSummary;
import software.amazon.awssdk.services.schemas.model.Type;

class DiscoveryTest {
  private static final String BUS_ARN = "arn:aws:events:us-east-1:000000000000:event-bus/shop";
  private static final String ID = "events-event-bus-shop";
  private static final String RULE = "Schemas-events-event-bus-shop";

  @TempDir Path folder;
  private Rooms rooms;
  private SchemasClient schemas;
  private EventBridgeClient events;

  @BeforeEach
  void open() {
    rooms =
        Rooms.open(
            folder,
            env ->
                List.of(
                    new LocalSchemas(env),
                    new LocalEventBridge(env),
                    new LocalCloudFormation(env)));
    schemas = rooms.client(SchemasClient.class);
    events = rooms.client(EventBridgeClient.class);
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  @Test
  void firstEventOfAType_makesItsSchema_asEventBridgeWritesIt() {
    discover();
    publish(
        "order placed", "{\"id\":7,\"at\":\"2026-01-01T00:00:00Z\",\"lines\":[],\"gone\":null}");
    assertThat(content("shop@OrderPlaced"))
        .isEqualTo(
            "{\"openapi\":\"3.0.0\",\"info\":{\"version\":\"1.0.0\",\"title\":\"OrderPlaced\"},"
                + "\"paths\":{},\"components\":{\"schemas\":{\"AWSEvent\":{\"type\":\"object\","
                + "\"required\":[\"detail-type\",\"resources\",\"detail\",\"id\",\"source\","
                + "\"time\",\"region\",\"version\",\"account\"],"
                + "\"x-amazon-events-detail-type\":\"order placed\","
                + "\"x-amazon-events-source\":\"shop\",\"properties\":{"
                + "\"detail\":{\"$ref\":\"#/components/schemas/OrderPlaced\"},"
                + "\"account\":{\"type\":\"string\"},\"detail-type\":{\"type\":\"string\"},"
                + "\"id\":{\"type\":\"string\"},\"region\":{\"type\":\"string\"},"
                + "\"resources\":{\"type\":\"array\",\"items\":{\"type\":\"object\"}},"
                + "\"source\":{\"type\":\"string\"},"
                + "\"time\":{\"type\":\"string\",\"format\":\"date-time\"},"
                + "\"version\":{\"type\":\"string\"}}},"
                + "\"OrderPlaced\":{\"type\":\"object\","
                + "\"required\":[\"at\",\"id\",\"lines\",\"gone\"],\"properties\":{"
                + "\"at\":{\"type\":\"string\",\"format\":\"date-time\"},\"gone\":{},"
                + "\"id\":{\"type\":\"integer\",\"format\":\"int64\"},"
                + "\"lines\":{\"type\":\"array\",\"items\":{\"type\":\"object\"}}}}}}}");
  }

  @Test
  void eventThatBringsSomethingNew_makesTheNextVersion_andOneThatFitsNone() {
    discover();
    publish("Placed", "{\"id\":1}");
    publish("Placed", "{\"id\":2}");
    assertThat(versions()).isEqualTo(1);
    publish("Placed", "{\"id\":2,\"note\":\"2026-01-01T00:00:00Z\"}");
    assertThat(versions()).isEqualTo(2);
    assertThat(content("shop@Placed"))
        .contains("\"required\":[\"id\"]")
        .contains("\"note\":{\"type\":\"string\",\"format\":\"date-time\"}");
    publish("Placed", "{\"id\":2,\"note\":\"soon\"}");
    publish("Placed", "{\"id\":2.5,\"note\":\"soon\"}");
    publish("Placed", "{\"id\":2.5,\"note\":null}");
    assertThat(versions()).isEqualTo(5);
    publish("Placed", "{\"id\":\"x\"}");
    assertThat(versions()).isEqualTo(6);
    assertThat(content("shop@Placed"))
        .contains(
            "\"id\":{\"oneOf\":[{\"type\":\"string\"},{\"type\":\"number\",\"format\":\"double\"}]}")
        .contains("\"note\":{\"type\":\"string\",\"nullable\":true}");
    close();
    open();
    for (String detail : List.of("{\"id\":1}", "{\"id\":\"y\"}", "{\"id\":0.1,\"note\":null}")) {
      publish("Placed", detail);
    }
    assertThat(versions()).isEqualTo(6);
  }

  @Test
  void eventsOfManyPublishersAtOnce_makeAVersionForEachNovelty_andNoMore() {
    discover();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int n = 0; n < 60; n++) {
                  publish("Placed", "{\"field" + n % 6 + "\":" + n + "}");
                }
              }));
    }
    threads.forEach(DiscoveryTest::join);
    assertThat(versions()).isBetween(2, 7);
    int before = versions();
    for (int n = 0; n < 6; n++) {
      publish("Placed", "{\"field" + n + "\":1}");
    }
    assertThat(versions()).isEqualTo(before);
    assertThat(content("shop@Placed"))
        .contains("\"field0\"", "\"field5\"")
        .contains("\"Placed\":{\"type\":\"object\",\"properties\"");
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void objectsInEvents_areComponentsOfTheirOwn() {
    discover();
    publish(
        "Placed",
        "{\"buyer\":{\"name\":\"Ada\"},\"lines\":[{\"sku\":\"a\"},{\"sku\":\"b\",\"n\":2}],"
            + "\"seller\":{\"buyer\":{\"vat\":1}}}");
    assertThat(content("shop@Placed"))
        .contains("\"buyer\":{\"$ref\":\"#/components/schemas/Buyer\"}")
        .contains(
            "\"lines\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/PlacedItem\"}}")
        .contains("\"buyer\":{\"$ref\":\"#/components/schemas/Buyer1\"}")
        .contains(
            "\"PlacedItem\":{\"type\":\"object\",\"required\":[\"sku\"],\"properties\":{"
                + "\"n\":{\"type\":\"integer\",\"format\":\"int64\"},\"sku\":{\"type\":\"string\"}}}");
  }

  @Test
  void stoppedDiscoverer_seesNothing_untilItIsStarted() {
    discover();
    assertThat(schemas.stopDiscoverer(r -> r.discovererId(ID)).state())
        .isEqualTo(DiscovererState.STOPPED);
    publish("Placed", "{}");
    assertThat(names()).isEmpty();
    schemas.startDiscoverer(r -> r.discovererId(ID));
    publish("Placed", "{}");
    assertThat(names()).containsExactly("shop@Placed");
    schemas.deleteSchema(r -> r.registryName("discovered-schemas").schemaName("shop@Placed"));
    publish("Placed", "{}");
    assertThat(names()).containsExactly("shop@Placed");
    schemas.deleteDiscoverer(r -> r.discovererId(ID));
    publish("Shipped", "{}");
    assertThat(names()).containsExactly("shop@Placed");
    events.deleteEventBus(r -> r.name("shop"));
  }

  @Test
  void replayedEventsAndThoseOfServices_bringNothingNew() {
    discover();
    events.createArchive(r -> r.archiveName("all").eventSourceArn(BUS_ARN));
    publish("Placed", "{}");
    rooms.clock.advance(Duration.ofMinutes(11));
    events.startReplay(r ->
        r.replayName("again")
            .eventSourceArn("arn:aws:events:us-east-1:000000000000:archive/all")
            .eventStartTime(Rooms.START)
            .eventEndTime(Rooms.START.plusSeconds(60))
            .destination(d -> d.arn(BUS_ARN)));
    rooms.clock.advance(Duration.ofHours(1));
    assertThat(events.describeReplay(r -> r.replayName("again")).stateAsString())
        .isEqualTo("COMPLETED");
    rooms
        .client(EventBridgeClient.class, new Principal.Service("s3.amazonaws.com"))
        .putEvents(r ->
            r.entries(e ->
                e.eventBusName("shop").source("aws.s3").detailType("Object Created").detail("{}")));
    assertThat(names()).containsExactly("shop@Placed");
    assertThat(versions()).isEqualTo(1);
  }

  @Test
  void newSchemasAndVersions_areEventsOnTheDefaultBus() {
    discover();
    publish("Placed", "{}");
    publish("Placed", "{\"a\":1}");
    assertThat(new BusTrail(rooms.store).recent("default", null, 9).stream().map(a -> a.json()))
        .extracting(
            j -> j.replaceAll(".*\"detail-type\":\"(.*?)\".*\"Version\":\"(.)\".*", "$1 $2"))
        .containsExactly(
            "Schema Version Created 2", "Schema Version Created 1", "Schema Created 1");
    assertThat(new BusTrail(rooms.store).recent("default", null, 1).getFirst().json())
        .contains("\"source\":\"aws.schemas\"")
        .contains(
            "\"resources\":[\"arn:aws:schemas:us-east-1:000000000000:"
                + "schema/discovered-schemas/shop@Placed\"],\"detail\":{"
                + "\"SchemaName\":\"shop@Placed\",\"SchemaType\":\"OpenApi3\","
                + "\"RegistryName\":\"discovered-schemas\","
                + "\"CreationDate\":\"2026-01-01T00:00:00Z\",\"Version\":\"2\"}");
  }

  @Test
  void template_mayHaveADiscovererAndAPolicyOfARegistry() {
    var cfn = rooms.client(CloudFormationClient.class);
    String template =
        """
        Resources:
          Bus: {Type: 'AWS::Events::EventBus', Properties: {Name: shop}}
          Discoverer:
            Type: AWS::EventSchemas::Discoverer
            Properties: {SourceArn: !GetAtt Bus.Arn, Description: ONE, Tags: [{Key: a, Value: b}]}
          Registry: {Type: 'AWS::EventSchemas::Registry', Properties: {RegistryName: mine}}
          Policy:
            Type: AWS::EventSchemas::RegistryPolicy
            Properties:
              RegistryName: !GetAtt Registry.RegistryName
              Policy: {Version: '2012-10-17', Statement: []}
        Outputs:
          Id: {Value: !GetAtt Discoverer.DiscovererId}
          Arn: {Value: !Ref Discoverer}
          Policy: {Value: !Ref Policy}
        """;
    cfn.createStack(r -> r.stackName("s").templateBody(template));
    rooms.clock.advance(Duration.ofMinutes(1));
    assertThat(cfn.describeStacks(r -> r.stackName("s")).stacks().getFirst().outputs())
        .extracting(Output::outputValue)
        .containsExactlyInAnyOrder(
            ID, "arn:aws:schemas:us-east-1:000000000000:discoverer/" + ID, "mine");
    cfn.updateStack(r -> r.stackName("s").templateBody(template.replace("ONE", "TWO")));
    rooms.clock.advance(Duration.ofMinutes(1));
    assertThat(schemas.describeDiscoverer(r -> r.discovererId(ID)).description()).isEqualTo("TWO");
    assertThat(schemas.getResourcePolicy(r -> r.registryName("mine")).policy())
        .contains("2012-10-17");
    cfn.deleteStack(r -> r.stackName("s"));
    rooms.clock.advance(Duration.ofMinutes(1));
    assertThat(schemas.listDiscoverers(r -> {}).discoverers()).isEmpty();
  }

  @Test
  void discoverer_isDescribedListedUpdatedAndTagged() {
    var created = discover();
    String arn = "arn:aws:schemas:us-east-1:000000000000:discoverer/" + ID;
    assertThat(created.discovererArn()).isEqualTo(arn);
    assertThat(created.crossAccount()).isTrue();
    assertThat(created.stateAsString()).isEqualTo("STARTED");
    schemas.updateDiscoverer(
        r -> r.discovererId(ID).description("sees the shop").crossAccount(false));
    schemas.tagResource(r -> r.resourceArn(arn).tags(Map.of("team", "a")));
    close();
    open();
    var described = schemas.describeDiscoverer(r -> r.discovererId(ID));
    assertThat(described.description()).isEqualTo("sees the shop");
    assertThat(described.tags()).isEqualTo(Map.of("team", "a"));
    assertThat(schemas.listDiscoverers(r -> r.sourceArnPrefix(BUS_ARN)).discoverers())
        .singleElement()
        .satisfies(d -> assertThat(d.crossAccount()).isFalse());
    assertThat(schemas.listDiscoverers(r -> r.discovererIdPrefix("other")).discoverers()).isEmpty();
    assertThat(events.describeRule(r -> r.eventBusName("shop").name(RULE)).eventPattern())
        .endsWith(", \"account\": [ \"000000000000\" ] }");
  }

  @Test
  void rule_isManaged_andChangesOfItAreRefused() {
    discover();
    var rule = events.describeRule(r -> r.eventBusName("shop").name(RULE));
    assertThat(rule.managedBy()).isEqualTo("schemas.amazonaws.com");
    assertThat(rule.eventPattern())
        .isEqualTo(
            "{ \"source\": [ { \"prefix\": \"aws.partner/\" },"
                + " { \"anything-but\": { \"prefix\": \"aws.\" } } ] }");
    assertThatThrownBy(() -> events.disableRule(r -> r.eventBusName("shop").name(RULE)))
        .isInstanceOf(ManagedRuleException.class);
    assertThatThrownBy(() ->
            events.putRule(
                r -> r.eventBusName("shop").name(RULE).eventPattern("{\"source\":[\"a\"]}")))
        .isInstanceOf(ManagedRuleException.class);
    assertThatThrownBy(() ->
            events.putTargets(r ->
                r.eventBusName("shop")
                    .rule(RULE)
                    .targets(
                        Target.builder()
                            .id("q")
                            .arn("arn:aws:sqs:us-east-1:000000000000:q")
                            .build())))
        .isInstanceOf(ManagedRuleException.class);
    assertThatThrownBy(() ->
            events.tagResource(r -> r.resourceARN(rule.arn()).tags(t -> t.key("a").value("b"))))
        .isInstanceOf(ManagedRuleException.class);
    assertThatThrownBy(() -> events.deleteRule(r -> r.eventBusName("shop").name(RULE)))
        .isInstanceOf(ManagedRuleException.class)
        .hasMessageContaining(
            RULE + " is a managed rule. Set 'force' parameter to true to override.");
    String target =
        events.listTargetsByRule(r -> r.eventBusName("shop").rule(RULE)).targets().getFirst().id();
    events.removeTargets(r -> r.eventBusName("shop").rule(RULE).ids(target).force(true));
    events.deleteRule(r -> r.eventBusName("shop").name(RULE).force(true));
    schemas.deleteDiscoverer(r -> r.discovererId(ID));
  }

  @Test
  void whatCannotBe_isRefused() {
    discover();
    assertThatThrownBy(() -> schemas.createDiscoverer(r -> r.sourceArn(BUS_ARN)))
        .isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> schemas.createDiscoverer(r -> r.sourceArn(BUS_ARN + "x")))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(() -> schemas.createDiscoverer(r -> r.sourceArn("arn:aws:sqs:::q")))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(() -> schemas.describeDiscoverer(r -> r.discovererId("other")))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> schemas.deleteRegistry(r -> r.registryName("discovered-schemas")))
        .isInstanceOf(ForbiddenException.class);
    assertThatThrownBy(() ->
            schemas.createSchema(r ->
                r.registryName("discovered-schemas")
                    .schemaName("a")
                    .type("OpenApi3")
                    .content("{}")))
        .isInstanceOf(ForbiddenException.class);
    assertThatThrownBy(
            () -> schemas.deleteSchema(r -> r.registryName("aws.events").schemaName("a")))
        .isInstanceOf(ForbiddenException.class);
  }

  @Test
  void discoveredSchemaOfAValue_isAsAwsAnswersIt() {
    String event =
        "{\"Source\":\"com.mycompany.myapp\",\"Detail\":\"{ }\",\"EventBusName\":\"default\","
            + "\"Resources\":[\"resource1\",\"resource2\"],\"DetailType\":\"myDetailType\"}";
    assertThat(schemas.getDiscoveredSchema(r -> r.type(Type.OPEN_API3).events(event)).content())
        .isEqualTo(
            "{\"openapi\":\"3.0.0\",\"info\":{\"version\":\"1.0.0\",\"title\":\"Event\"},"
                + "\"paths\":{},\"components\":{\"schemas\":{\"Event\":{\"type\":\"object\","
                + "\"required\":[\"EventBusName\",\"DetailType\",\"Resources\",\"Detail\",\"Source\"],"
                + "\"properties\":{\"Detail\":{\"type\":\"string\"},"
                + "\"DetailType\":{\"type\":\"string\"},\"EventBusName\":{\"type\":\"string\"},"
                + "\"Resources\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
                + "\"Source\":{\"type\":\"string\"}}}}}}");
  }

  @Test
  void discoveredSchema_isExportedAsAwsExportsIt() {
    String event =
        "{\"source\":\"aws.ec2\",\"detail-type\":\"EC2 Instance State-change Notification\","
            + "\"id\":\"i\",\"detail\":{\"instance-id\":\"i-1\",\"state\":\"on\"}}";
    assertThat(
            schemas
                .getDiscoveredSchema(r -> r.type(Type.JSON_SCHEMA_DRAFT4).events(event))
                .content())
        .isEqualTo(
            "{\"$schema\":\"http://json-schema.org/draft-04/schema#\","
                + "\"title\":\"EC2InstanceStateChangeNotification\",\"definitions\":{"
                + "\"EC2InstanceStateChangeNotification\":{\"properties\":{"
                + "\"instance-id\":{\"type\":\"string\"},\"state\":{\"type\":\"string\"}},"
                + "\"required\":[\"instance-id\",\"state\"],\"type\":\"object\"}},"
                + "\"properties\":{"
                + "\"detail\":{\"$ref\":\"#/definitions/EC2InstanceStateChangeNotification\"},"
                + "\"detail-type\":{\"type\":\"string\"},\"id\":{\"type\":\"string\"},"
                + "\"source\":{\"type\":\"string\"}},"
                + "\"required\":[\"detail-type\",\"detail\",\"id\",\"source\"],\"type\":\"object\","
                + "\"x-amazon-events-detail-type\":\"EC2 Instance State-change Notification\","
                + "\"x-amazon-events-source\":\"aws.ec2\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "[1] | Each of the Events must be a JSON object.",
        "{ | Events must be JSON",
        "{\"source\":\"a\",\"detail-type\":\"b\",\"detail\":{}} | Events must be of a single type"
      })
  void eventsOfWhichNoSchemaCanBeTold_areRefused(String event, String message) {
    assertThatThrownBy(
            () -> schemas.getDiscoveredSchema(r -> r.type("OpenApi3").events("{\"a\":1}", event)))
        .isInstanceOf(BadRequestException.class)
        .hasMessageStartingWith(message);
  }

  private CreateDiscovererResponse discover() {
    events.createEventBus(r -> r.name("shop"));
    return schemas.createDiscoverer(r -> r.sourceArn(BUS_ARN));
  }

  private void publish(String type, String detail) {
    var answer =
        events.putEvents(r ->
            r.entries(
                PutEventsRequestEntry.builder()
                    .eventBusName("shop")
                    .source("shop")
                    .detailType(type)
                    .detail(detail)
                    .build()));
    assertThat(answer.failedEntryCount()).isZero();
  }

  private List<String> names() {
    return schemas.listSchemas(r -> r.registryName("discovered-schemas")).schemas().stream()
        .map(SchemaSummary::schemaName)
        .toList();
  }

  private int versions() {
    return schemas
        .listSchemaVersions(r -> r.registryName("discovered-schemas").schemaName("shop@Placed"))
        .schemaVersions()
        .size();
  }

  private String content(String schema) {
    return schemas
        .describeSchema(r -> r.registryName("discovered-schemas").schemaName(schema))
        .content();
  }
}
