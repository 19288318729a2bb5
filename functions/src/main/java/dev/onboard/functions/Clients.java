package dev.onboard.functions;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * SDK clients that start fast: nothing is searched for that Lambda states. The endpoint comes from
 * {@code AWS_ENDPOINT_URL}, which the SDK reads itself.
 */
final class Clients {

  private static final SdkHttpClient HTTP = UrlConnectionHttpClient.create();

  private Clients() {}

  static CloudWatchLogsClient cloudWatchLogs() {
    return configure(CloudWatchLogsClient.builder()).httpClient(HTTP).build();
  }

  static DynamoDbClient dynamoDb() {
    return configure(DynamoDbClient.builder()).httpClient(HTTP).build();
  }

  static EventBridgeClient eventBridge() {
    return configure(EventBridgeClient.builder()).httpClient(HTTP).build();
  }

  static S3Client s3() {
    // A local endpoint has no host name for each bucket.
    return configure(S3Client.builder())
        .httpClient(HTTP)
        .forcePathStyle(System.getenv("AWS_ENDPOINT_URL") != null)
        .overrideConfiguration(override ->
            override
                .retryStrategy(RetryMode.STANDARD)
                .addExecutionInterceptor(new WithoutExpectContinue()))
        .build();
  }

  static SesV2Client sesV2() {
    return configure(SesV2Client.builder())
        .httpClient(HTTP)
        .overrideConfiguration(override -> override.retryStrategy(beforeAcceptance()))
        .build();
  }

  static SqsClient sqs() {
    return configure(SqsClient.builder()).httpClient(HTTP).build();
  }

  /**
   * Tries again only what SES surely did not accept: it knows no idempotency token, so a call whose
   * answer was lost must not be repeated.
   */
  private static RetryStrategy beforeAcceptance() {
    return StandardRetryStrategy.builder()
        .maxAttempts(3)
        .retryOnException(
            e -> e instanceof SdkServiceException refused && refused.isThrottlingException())
        .build();
  }

  private static <B extends AwsClientBuilder<B, ?>> B configure(B builder) {
    return builder
        .region(Region.of(Environment.text("AWS_REGION")))
        .credentialsProvider(credentials())
        .overrideConfiguration(override -> override.retryStrategy(RetryMode.STANDARD));
  }

  /** After a SnapStart restore Lambda serves credentials over HTTP instead of the environment. */
  private static AwsCredentialsProvider credentials() {
    return System.getenv("AWS_CONTAINER_CREDENTIALS_FULL_URI") != null
        ? ContainerCredentialsProvider.create()
        : EnvironmentVariableCredentialsProvider.create();
  }

  /**
   * Sends bodies without asking first: parts of 8 MiB are not worth the round trip, and where an
   * endpoint does not answer "100 Continue" the JDK's client waits five seconds for it.
   */
  private static final class WithoutExpectContinue implements ExecutionInterceptor {

    @Override
    public SdkHttpRequest modifyHttpRequest(
        Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
      return context.httpRequest().copy(request -> request.removeHeader("Expect"));
    }
  }
}
