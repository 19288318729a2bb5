package dev.onboard.local.cloudformation.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onboard.local.Rooms;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import dev.onboard.local.cloudformation.Twin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateDeliveryResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutDeliveryDestinationResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutDeliverySourceResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

class ProvidersTest {
  private static final Map<String, Function<SdkRequest, Object>> ANSWERS =
      Map.ofEntries(
          Map.entry(
              "headBucket",
              r -> {
                throw AwsErrors.error(NoSuchBucketException.builder(), 404, "NoSuchBucket", "no");
              }),
          Map.entry(
              "createTable", r -> CreateTableResponse.builder().tableDescription(t -> {}).build()),
          Map.entry(
              "describeTable",
              r -> DescribeTableResponse.builder().table(t -> t.tableStatus("ACTIVE")).build()),
          Map.entry(
              "createRole",
              r -> CreateRoleResponse.builder().role(x -> x.arn("arn").roleId("id")).build()),
          Map.entry(
              "createPolicy",
              r -> CreatePolicyResponse.builder().policy(x -> x.arn("arn").policyId("id")).build()),
          Map.entry(
              "putDeliverySource",
              r -> PutDeliverySourceResponse.builder().deliverySource(d -> {}).build()),
          Map.entry(
              "putDeliveryDestination",
              r -> PutDeliveryDestinationResponse.builder().deliveryDestination(d -> {}).build()),
          Map.entry(
              "createDelivery",
              r -> CreateDeliveryResponse.builder().delivery(d -> d.id("id")).build()));

  @TempDir Path folder;
  private final Twin twin = Twin.answering(ANSWERS);
  private final AtomicReference<Environment> environment = new AtomicReference<>();
  private Rooms rooms;

  @BeforeEach
  void open() {
    rooms =
        Rooms.open(
            folder,
            env -> {
              environment.set(env);
              return List.of(
                  twin.as(S3Client.class, "s3"),
                  twin.as(SqsClient.class, "sqs"),
                  twin.as(SnsClient.class, "sns"),
                  twin.as(EventBridgeClient.class, "events"),
                  twin.as(SchemasClient.class, "schemas"),
                  twin.as(SfnClient.class, "states"),
                  twin.as(LambdaClient.class, "lambda"),
                  twin.as(DynamoDbClient.class, "dynamodb"),
                  twin.as(SesV2Client.class, "ses"),
                  twin.as(CloudWatchLogsClient.class, "logs"),
                  twin.as(CloudWatchClient.class, "monitoring"),
                  twin.as(IamClient.class, "iam"));
            });
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  static Stream<String> types() {
    return Providers.all().keySet().stream().sorted();
  }

  /** Every property that a type declares reaches a request, when set, changed and taken away. */
  @ParameterizedTest
  @MethodSource("types")
  void everyProperty_isMapped(String type) {
    Provider provider = Providers.of(type);
    var context =
        new Context(
            environment.get(), new Principal.User("000000000000", "deployer"), "app", "Thing");
    ObjectNode all = normalised(provider, sample(provider.properties(), false));
    ObjectNode least = normalised(provider, sample(provider.properties(), true));
    for (ObjectNode properties : List.of(all, least)) {
      Physical physical = provider.create(context, new Properties(properties));
      assertThat(provider.attributes()).containsAll(physical.attributes().keySet());
      provider.delete(context, physical, new Properties(properties));
    }
    ObjectNode fixed = least.deepCopy();
    provider.properties().members().entrySet().stream()
        .filter(e -> e.getValue().replaces() && all.has(e.getKey()))
        .forEach(e -> fixed.set(e.getKey(), all.get(e.getKey())));
    if (!fixed.equals(all) && !provider.properties().replaces(all, fixed)) {
      Physical physical = provider.create(context, new Properties(all));
      provider.update(context, physical, new Properties(all), new Properties(fixed));
      provider.update(context, physical, new Properties(fixed), new Properties(all));
    }
    assertThat(twin.requests).isNotEmpty();
  }

  @Test
  void unresettableQueueAttribute_thereIsNone() {
    var declared = new ArrayList<>(Providers.of("AWS::SQS::Queue").properties().members().keySet());
    declared.removeAll(SqsQueue.resettable());
    assertThat(declared).containsExactlyInAnyOrder("QueueName", "FifoQueue", "Tags");
  }

  private static ObjectNode normalised(Provider provider, JsonNode properties) {
    var problems = new ArrayList<String>();
    ObjectNode normalised = provider.properties().normalise(properties, "#", problems);
    assertThat(problems).isEmpty();
    return normalised;
  }

  private static JsonNode sample(Shape shape, boolean least) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (shape) {
      case Shape.Scalar scalar ->
          switch (scalar.kind()) {
            case STRING -> TextNode.valueOf("text");
            case INTEGER, NUMBER -> LongNode.valueOf(1);
            case BOOLEAN -> BooleanNode.TRUE;
          };
      case Shape.Json ignored -> json.objectNode().put("Version", "2012-10-17");
      case Shape.ListOf list -> json.arrayNode().add(sample(list.member(), least));
      case Shape.MapOf map -> json.objectNode().set("key", sample(map.member(), least));
      case Shape.Model model -> {
        ObjectNode object = json.objectNode();
        model.required().forEach(name -> object.put(name, "text"));
        yield object;
      }
      case Shape.Custom ignored -> TextNode.valueOf("s3://bucket/key");
      case Shape.Structure structure -> {
        ObjectNode object = json.objectNode();
        structure
            .members()
            .forEach((name, member) -> {
              if (member.required() || !least || name.startsWith("Definition")) {
                object.set(name, sample(member.shape(), least));
              }
            });
        if (object.has("ExpirationDate")) {
          object.put("ExpirationDate", "2030-01-01T00:00:00Z");
        }
        if (object.has("TransitionDate")) {
          object.put("TransitionDate", "2030-01-01T00:00:00Z");
        }
        yield object;
      }
    };
  }
}
