package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.UpdateEventSourceMappingRequest;

/** {@code AWS::Lambda::EventSourceMapping}. */
final class LambdaEventSourceMapping extends Provider {
  private static final String DEFAULTS =
      """
      {"BatchSize": 10, "Enabled": true, "MaximumBatchingWindowInSeconds": 0,
       "FunctionResponseTypes": [], "FilterCriteria": {}, "ScalingConfig": {}}
      """;

  LambdaEventSourceMapping() {
    super(
        "AWS::Lambda::EventSourceMapping",
        """
        EventSourceArn!*: String, FunctionName*: String, BatchSize: Integer, Enabled: Boolean
        FilterCriteria: { Filters: [{ Pattern: String }] }, FunctionResponseTypes: [String]
        MaximumBatchingWindowInSeconds: Integer, ScalingConfig: { MaximumConcurrency: Integer }
        Tags: [{ Key*: String, Value*: String }]
        """,
        "EventSourceMappingArn",
        "Id");
  }

  @Override
  public Physical create(Context context, Properties now) {
    CreateEventSourceMappingRequest.Builder request =
        now.without("Tags").into(CreateEventSourceMappingRequest.builder());
    if (now.has("Tags")) {
      request.tags(now.tags());
    }
    String id = context.client(LambdaClient.class).createEventSourceMapping(request.build()).uuid();
    return Physical.of(
        id, "EventSourceMappingArn", context.arn("lambda", "event-source-mapping:" + id), "Id", id);
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    LambdaClient lambda = context.client(LambdaClient.class);
    if (!now.without("Tags").equals(before.without("Tags"))) {
      lambda.updateEventSourceMapping(
          now.resetting(before, DEFAULTS)
              .without("EventSourceArn", "Tags")
              .with("UUID", physical.id())
              .into(UpdateEventSourceMappingRequest.builder())
              .build());
    }
    String arn = physical.attribute("EventSourceMappingArn");
    TagChange.between(before, now)
        .apply(
            keys -> lambda.untagResource(b -> b.resource(arn).tagKeys(keys)),
            tags -> lambda.tagResource(b -> b.resource(arn).tags(tags)));
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context.client(LambdaClient.class).deleteEventSourceMapping(b -> b.uuid(physical.id()));
  }

  @Override
  public boolean isStable(Context context, Physical physical) {
    String state =
        context
            .client(LambdaClient.class)
            .getEventSourceMapping(b -> b.uuid(physical.id()))
            .state();
    return state == null || state.equals("Enabled") || state.equals("Disabled");
  }
}
