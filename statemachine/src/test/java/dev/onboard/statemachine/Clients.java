package dev.onboard.statemachine;

import dev.onboard.local.LocalRuntime;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** SDK clients of a runtime, in this process or in another one. */
record Clients(
    URI endpoint,
    CloudFormationClient cloudFormation,
    DynamoDbClient dynamoDb,
    EventBridgeClient events,
    S3Client s3,
    SfnClient states,
    SqsClient sqs) {

  static Clients of(LocalRuntime runtime) {
    return new Clients(
        runtime.endpoint(),
        runtime.client(CloudFormationClient.class),
        runtime.client(DynamoDbClient.class),
        runtime.client(EventBridgeClient.class),
        runtime.client(S3Client.class),
        runtime.client(SfnClient.class),
        runtime.client(SqsClient.class));
  }

  static Clients at(URI endpoint) {
    return new Clients(
        endpoint,
        client(endpoint, CloudFormationClient.builder()),
        client(endpoint, DynamoDbClient.builder()),
        client(endpoint, EventBridgeClient.builder()),
        client(endpoint, S3Client.builder()),
        client(endpoint, SfnClient.builder()),
        client(endpoint, SqsClient.builder()));
  }

  private static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C client(
      URI endpoint, B builder) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }
}
