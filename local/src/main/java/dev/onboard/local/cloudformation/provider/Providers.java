package dev.onboard.local.cloudformation.provider;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The resource types that templates may use. */
public final class Providers {
  private static final Map<String, Provider> BY_TYPE =
      Stream.of(
              new S3Bucket(),
              new S3BucketPolicy(),
              new EventsEventBus(),
              new EventsEventBusPolicy(),
              new EventsRule(),
              new EventsArchive(),
              new EventsConnection(),
              new EventsApiDestination(),
              new SchemasRegistry(),
              new SchemasSchema(),
              new SchemasDiscoverer(),
              new SchemasRegistryPolicy(),
              new StepFunctionsStateMachine(),
              new LambdaFunction(),
              new LambdaVersion(),
              new LambdaAlias(),
              new LambdaEventSourceMapping(),
              new LambdaPermission(),
              new LambdaEventInvokeConfig(),
              new DynamoDbTable(),
              new SqsQueue(),
              new SqsQueuePolicy(),
              new SnsTopic(),
              new SnsTopicPolicy(),
              new SnsSubscription(),
              new SesEmailIdentity(),
              new SesConfigurationSet(),
              new SesEventDestination(),
              new SesTemplate(),
              new LogsLogGroup(),
              new LogsLogStream(),
              new LogsResourcePolicy(),
              new LogsDeliverySource(),
              new LogsDeliveryDestination(),
              new LogsDelivery(),
              new IamRole(),
              new IamPolicy(),
              new IamRolePolicy(),
              new IamManagedPolicy(),
              new CloudWatchAlarm(),
              new CloudWatchCompositeAlarm(),
              new CloudWatchDashboard())
          .collect(Collectors.toUnmodifiableMap(Provider::type, Function.identity()));

  private Providers() {}

  /** The provider of a type such as {@code AWS::SQS::Queue}. */
  public static @Nullable Provider of(String type) {
    return BY_TYPE.get(type);
  }

  static Map<String, Provider> all() {
    return BY_TYPE;
  }
}
