package dev.onboard.local.sfn.task;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * A service that tasks call.
 *
 * @param signingName the name under which the runtime has it
 * @param transactional whether its state is in the store alone, so that its calls can be part of a
 *     write
 * @param optimised the service as its optimised integration presents it, if it has one
 */
record Target(
    Class<? extends SdkClient> contract,
    String signingName,
    boolean transactional,
    @Nullable Optimised optimised) {

  /**
   * The face of an optimised integration, which speaks as the SDK's first version did.
   *
   * @param prefix what its error names begin with
   * @param service how causes name the service
   * @param baseError the error name of what the service does not model
   */
  record Optimised(String prefix, String service, String baseError, Set<String> actions) {}

  private static final Target DYNAMODB =
      new Target(
          DynamoDbClient.class,
          "dynamodb",
          true,
          new Optimised(
              "DynamoDB",
              "AmazonDynamoDBv2",
              "AmazonDynamoDBException",
              Set.of("getItem", "putItem", "updateItem", "deleteItem")));
  private static final Target LAMBDA =
      new Target(
          LambdaClient.class,
          "lambda",
          false,
          new Optimised("Lambda", "AWSLambda", "AWSLambdaException", Set.of("invoke")));
  private static final Target EVENTS =
      new Target(
          EventBridgeClient.class,
          "events",
          true,
          new Optimised(
              "EventBridge",
              "AmazonEventBridge",
              "AmazonEventBridgeException",
              Set.of("putEvents")));
  private static final Target SQS =
      new Target(
          SqsClient.class,
          "sqs",
          true,
          new Optimised("SQS", "AmazonSQS", "AmazonSQSException", Set.of("sendMessage")));
  private static final Target SNS =
      new Target(
          SnsClient.class,
          "sns",
          true,
          new Optimised("SNS", "AmazonSNS", "AmazonSNSException", Set.of("publish")));
  private static final Target STATES =
      new Target(
          SfnClient.class,
          "states",
          true,
          new Optimised(
              "StepFunctions",
              "AWSStepFunctions",
              "AWSStepFunctionsException",
              Set.of("startExecution")));

  private static final Map<String, Target> OPTIMISED =
      Map.of(
          "dynamodb", DYNAMODB,
          "lambda", LAMBDA,
          "events", EVENTS,
          "sqs", SQS,
          "sns", SNS,
          "states", STATES);

  private static final Map<String, Target> SDK =
      Map.ofEntries(
          Map.entry("dynamodb", DYNAMODB),
          Map.entry("lambda", LAMBDA),
          Map.entry("eventbridge", EVENTS),
          Map.entry("sqs", SQS),
          Map.entry("sns", SNS),
          Map.entry("sfn", STATES),
          Map.entry("s3", new Target(S3Client.class, "s3", false, null)),
          Map.entry("sesv2", new Target(SesV2Client.class, "ses", false, null)),
          Map.entry("schemas", new Target(SchemasClient.class, "schemas", false, null)),
          Map.entry("cloudwatchlogs", new Target(CloudWatchLogsClient.class, "logs", false, null)),
          Map.entry("cloudwatch", new Target(CloudWatchClient.class, "monitoring", false, null)),
          Map.entry("iam", new Target(IamClient.class, "iam", false, null)),
          Map.entry("sts", new Target(StsClient.class, "sts", false, null)),
          Map.entry(
              "cloudformation",
              new Target(CloudFormationClient.class, "cloudformation", false, null)));

  /** The service behind an optimised integration. */
  static @Nullable Target optimised(String service) {
    return OPTIMISED.get(service);
  }

  /** The service behind {@code aws-sdk:...}. */
  static @Nullable Target sdk(String service) {
    return SDK.get(service);
  }

  /** The service as error names of the SDK begin, such as {@code DynamoDb}. */
  String sdkPrefix() {
    String name = contract.getSimpleName();
    return name.substring(0, name.length() - "Client".length());
  }
}
