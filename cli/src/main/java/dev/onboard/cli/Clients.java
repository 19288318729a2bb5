package dev.onboard.cli;

import dev.onboard.console.web.Sdk;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** SDK clients of one place, AWS or a local runtime; each made when it is first asked for. */
final class Clients implements AutoCloseable, Sdk {
  private final @Nullable URI endpoint;
  private final @Nullable AwsCredentialsProvider credentials;
  private final @Nullable Region region;
  private final Map<Class<?>, SdkClient> made = new HashMap<>();
  private @Nullable SdkHttpClient http;

  private Clients(
      @Nullable URI endpoint,
      @Nullable AwsCredentialsProvider credentials,
      @Nullable Region region) {
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.region = region;
  }

  static Clients local(URI endpoint) {
    return new Clients(
        endpoint,
        StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")),
        Region.US_EAST_1);
  }

  /**
   * Has another processor initialise what makes the first clients slow, while this one does
   * something else.
   */
  static void prepare() {
    Thread.ofPlatform()
        .daemon()
        .name("clients")
        .start(() -> {
          try (Clients nowhere = local(URI.create("http://127.0.0.1:1"))) {
            nowhere.sts();
            nowhere.s3();
            nowhere.cloudFormation();
            nowhere.dynamoDb();
          }
        });
  }

  static Clients aws(@Nullable String profile, @Nullable String region) {
    return new Clients(
        null,
        profile == null ? null : ProfileCredentialsProvider.create(profile),
        region == null ? null : Region.of(region));
  }

  boolean isLocal() {
    return endpoint != null;
  }

  CloudFormationClient cloudFormation() {
    return client(CloudFormationClient.class, CloudFormationClient::builder);
  }

  S3Client s3() {
    return client(S3Client.class, S3Client::builder);
  }

  SfnClient stepFunctions() {
    return client(SfnClient.class, SfnClient::builder);
  }

  DynamoDbClient dynamoDb() {
    return client(DynamoDbClient.class, DynamoDbClient::builder);
  }

  CloudWatchLogsClient logs() {
    return client(CloudWatchLogsClient.class, CloudWatchLogsClient::builder);
  }

  EventBridgeClient eventBridge() {
    return client(EventBridgeClient.class, EventBridgeClient::builder);
  }

  SchemasClient schemas() {
    return client(SchemasClient.class, SchemasClient::builder);
  }

  LambdaClient lambda() {
    return client(LambdaClient.class, LambdaClient::builder);
  }

  SqsClient sqs() {
    return client(SqsClient.class, SqsClient::builder);
  }

  CloudWatchClient cloudWatch() {
    return client(CloudWatchClient.class, CloudWatchClient::builder);
  }

  StsClient sts() {
    return client(StsClient.class, StsClient::builder);
  }

  @Override
  public <C extends SdkClient> C client(Class<C> contract) {
    return client(contract, () -> builder(contract));
  }

  /** Every contract of the SDK has it; no type says so. */
  private static <B> B builder(Class<?> contract) {
    try {
      Method builder = contract.getMethod("builder");
      @SuppressWarnings("unchecked")
      B made = (B) builder.invoke(null);
      return made;
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(contract + " must be an SDK client", e);
    }
  }

  private synchronized <
          C extends SdkClient, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>>
      C client(Class<C> type, Supplier<B> builders) {
    return type.cast(
        made.computeIfAbsent(
            type,
            t -> {
              // Reading the certificates of authorities takes a while; one does for all.
              SdkHttpClient shared = http == null ? UrlConnectionHttpClient.create() : http;
              http = shared;
              B builder = builders.get().httpClient(shared);
              if (endpoint != null) {
                builder.endpointOverride(endpoint);
              }
              if (credentials != null) {
                builder.credentialsProvider(credentials);
              }
              if (region != null) {
                builder.region(region);
              }
              return builder.build();
            }));
  }

  @Override
  public void close() {
    made.values().forEach(SdkClient::close);
    if (http != null) {
      http.close();
    }
  }
}
