package dev.onboard.local.logs;

import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Resumable;
import dev.onboard.local.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateDeliveryRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateDeliveryResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteDeliveryDestinationRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteDeliveryDestinationResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteDeliveryRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteDeliveryResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteDeliverySourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteDeliverySourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogStreamResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteResourcePolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteResourcePolicyResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteRetentionPolicyResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.Delivery;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeliveryDestination;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeliverySource;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeDeliveriesRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeDeliveriesResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeDeliveryDestinationsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeDeliveryDestinationsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeDeliverySourcesRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeDeliverySourcesResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeResourcePoliciesRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeResourcePoliciesResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetDeliveryDestinationRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetDeliveryDestinationResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetDeliveryRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetDeliveryResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetDeliverySourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetDeliverySourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutDeliveryDestinationRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutDeliveryDestinationResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutDeliverySourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutDeliverySourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutResourcePolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutResourcePolicyResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourcePolicy;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceResponse;

/** CloudWatch Logs: its SDK contract over the one store. */
public final class LocalCloudWatchLogs implements CloudWatchLogsClient, Resumable {
  private final Environment env;
  private final Groups groups;
  private final Streams streams;
  private final Writing writing;
  private final Reading reading;
  private final Retention retention;
  private final DeliverySources sources;
  private final LogDeliveries deliveries;
  private final ResourcePolicies policies = new ResourcePolicies();

  public LocalCloudWatchLogs(Environment env) {
    this.env = env;
    env.store().migrate("logs", Schema.VERSIONS);
    this.groups = new Groups(env);
    this.streams = new Streams(env);
    this.writing = new Writing(env, streams);
    this.reading = new Reading(env, groups, streams);
    this.retention = new Retention(env);
    this.sources = new DeliverySources(env);
    this.deliveries = new LogDeliveries(env, groups, sources);
  }

  @Override
  public void resume() {
    retention.start();
  }

  @Override
  public String serviceName() {
    return "logs";
  }

  @Override
  public void close() {
    // Nothing is held open.
  }

  private void write(Consumer<Tx> work) {
    env.store()
        .write(tx -> {
          work.accept(tx);
          return null;
        });
  }

  @Override
  public CreateLogGroupResponse createLogGroup(CreateLogGroupRequest request) {
    write(tx -> groups.create(tx, request));
    return CreateLogGroupResponse.builder().build();
  }

  @Override
  public DeleteLogGroupResponse deleteLogGroup(DeleteLogGroupRequest request) {
    write(tx -> groups.delete(tx, request.logGroupName()));
    return DeleteLogGroupResponse.builder().build();
  }

  @Override
  public DescribeLogGroupsResponse describeLogGroups(DescribeLogGroupsRequest request) {
    Pages.Page page = Pages.of(request.nextToken(), request.limit());
    List<LogGroup> found = env.store().read(tx -> groups.list(tx, request, page));
    return DescribeLogGroupsResponse.builder()
        .logGroups(page.entries(found))
        .nextToken(page.next(found, LogGroup::logGroupName))
        .build();
  }

  @Override
  public PutRetentionPolicyResponse putRetentionPolicy(PutRetentionPolicyRequest request) {
    if (request.retentionInDays() == null) {
      throw LogsErrors.constraint(null, "retentionInDays", "not be null");
    }
    write(tx -> {
      groups.setRetention(tx, request.logGroupName(), request.retentionInDays());
      env.store().afterCommit(retention::start);
    });
    return PutRetentionPolicyResponse.builder().build();
  }

  @Override
  public DeleteRetentionPolicyResponse deleteRetentionPolicy(DeleteRetentionPolicyRequest request) {
    write(tx -> groups.setRetention(tx, request.logGroupName(), null));
    return DeleteRetentionPolicyResponse.builder().build();
  }

  @Override
  public CreateLogStreamResponse createLogStream(CreateLogStreamRequest request) {
    write(
        tx -> streams.create(tx, groups.get(tx, request.logGroupName()), request.logStreamName()));
    return CreateLogStreamResponse.builder().build();
  }

  @Override
  public DeleteLogStreamResponse deleteLogStream(DeleteLogStreamRequest request) {
    write(tx -> streams.delete(tx, request.logGroupName(), request.logStreamName()));
    return DeleteLogStreamResponse.builder().build();
  }

  @Override
  public DescribeLogStreamsResponse describeLogStreams(DescribeLogStreamsRequest request) {
    Streams.Listed listed =
        env.store()
            .read(tx ->
                streams.list(
                    tx,
                    request,
                    groups.get(tx, request.logGroupName(), request.logGroupIdentifier())));
    return DescribeLogStreamsResponse.builder()
        .logStreams(listed.streams())
        .nextToken(listed.nextToken())
        .build();
  }

  @Override
  public PutLogEventsResponse putLogEvents(PutLogEventsRequest request) {
    return writing.put(request);
  }

  @Override
  public GetLogEventsResponse getLogEvents(GetLogEventsRequest request) {
    return reading.get(request);
  }

  @Override
  public FilterLogEventsResponse filterLogEvents(FilterLogEventsRequest request) {
    return reading.filter(request);
  }

  @Override
  public PutResourcePolicyResponse putResourcePolicy(PutResourcePolicyRequest request) {
    ResourcePolicy policy = env.store().write(tx -> policies.put(tx, request, env.clock().now()));
    return PutResourcePolicyResponse.builder().resourcePolicy(policy).build();
  }

  @Override
  public DescribeResourcePoliciesResponse describeResourcePolicies(
      DescribeResourcePoliciesRequest request) {
    if (request.resourceArn() != null) {
      throw LogsErrors.unsupported("DescribeResourcePolicies", "resourceArn");
    }
    Pages.Page page = Pages.of(request.nextToken(), request.limit());
    List<ResourcePolicy> found = env.store().read(tx -> policies.list(tx, page));
    return DescribeResourcePoliciesResponse.builder()
        .resourcePolicies(page.entries(found))
        .nextToken(page.next(found, ResourcePolicy::policyName))
        .build();
  }

  @Override
  public DeleteResourcePolicyResponse deleteResourcePolicy(DeleteResourcePolicyRequest request) {
    write(tx -> policies.delete(tx, request.policyName()));
    return DeleteResourcePolicyResponse.builder().build();
  }

  @Override
  public TagResourceResponse tagResource(TagResourceRequest request) {
    tag(groups.name(resource(request.resourceArn())), request.tags());
    return TagResourceResponse.builder().build();
  }

  @Override
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    untag(groups.name(resource(request.resourceArn())), request.tagKeys());
    return UntagResourceResponse.builder().build();
  }

  @Override
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return ListTagsForResourceResponse.builder()
        .tags(tags(groups.name(resource(request.resourceArn()))))
        .build();
  }

  @Override
  @Deprecated
  public TagLogGroupResponse tagLogGroup(TagLogGroupRequest request) {
    tag(request.logGroupName(), request.tags());
    return TagLogGroupResponse.builder().build();
  }

  @Override
  @Deprecated
  public UntagLogGroupResponse untagLogGroup(UntagLogGroupRequest request) {
    untag(request.logGroupName(), request.tags());
    return UntagLogGroupResponse.builder().build();
  }

  @Override
  @Deprecated
  public ListTagsLogGroupResponse listTagsLogGroup(ListTagsLogGroupRequest request) {
    return ListTagsLogGroupResponse.builder().tags(tags(request.logGroupName())).build();
  }

  private static String resource(@Nullable String arn) {
    if (arn == null) {
      throw LogsErrors.constraint(null, "resourceArn", "not be null");
    }
    return arn;
  }

  private void tag(String group, Map<String, String> tags) {
    write(tx ->
        groups.changeTags(
            tx,
            group,
            held -> {
              held.putAll(tags);
              return held;
            }));
  }

  private void untag(String group, List<String> keys) {
    write(tx ->
        groups.changeTags(
            tx,
            group,
            held -> {
              keys.forEach(held::remove);
              return held;
            }));
  }

  private Map<String, String> tags(String group) {
    return env.store().read(tx -> groups.get(tx, group)).tags();
  }

  @Override
  public PutDeliverySourceResponse putDeliverySource(PutDeliverySourceRequest request) {
    return PutDeliverySourceResponse.builder().deliverySource(sources.put(request)).build();
  }

  @Override
  public GetDeliverySourceResponse getDeliverySource(GetDeliverySourceRequest request) {
    DeliverySource found = env.store().read(tx -> sources.get(tx, request.name()));
    return GetDeliverySourceResponse.builder().deliverySource(found).build();
  }

  @Override
  public DescribeDeliverySourcesResponse describeDeliverySources(
      DescribeDeliverySourcesRequest request) {
    Pages.Page page = Pages.of(request.nextToken(), request.limit());
    List<DeliverySource> found = env.store().read(tx -> sources.list(tx, page));
    return DescribeDeliverySourcesResponse.builder()
        .deliverySources(page.entries(found))
        .nextToken(page.next(found, DeliverySource::name))
        .build();
  }

  @Override
  public DeleteDeliverySourceResponse deleteDeliverySource(DeleteDeliverySourceRequest request) {
    write(tx -> sources.delete(tx, request.name()));
    return DeleteDeliverySourceResponse.builder().build();
  }

  @Override
  public PutDeliveryDestinationResponse putDeliveryDestination(
      PutDeliveryDestinationRequest request) {
    return PutDeliveryDestinationResponse.builder()
        .deliveryDestination(deliveries.putDestination(request))
        .build();
  }

  @Override
  public GetDeliveryDestinationResponse getDeliveryDestination(
      GetDeliveryDestinationRequest request) {
    DeliveryDestination found = env.store().read(tx -> deliveries.destination(tx, request.name()));
    return GetDeliveryDestinationResponse.builder().deliveryDestination(found).build();
  }

  @Override
  public DescribeDeliveryDestinationsResponse describeDeliveryDestinations(
      DescribeDeliveryDestinationsRequest request) {
    Pages.Page page = Pages.of(request.nextToken(), request.limit());
    List<DeliveryDestination> found = env.store().read(tx -> deliveries.destinations(tx, page));
    return DescribeDeliveryDestinationsResponse.builder()
        .deliveryDestinations(page.entries(found))
        .nextToken(page.next(found, DeliveryDestination::name))
        .build();
  }

  @Override
  public DeleteDeliveryDestinationResponse deleteDeliveryDestination(
      DeleteDeliveryDestinationRequest request) {
    write(tx -> deliveries.deleteDestination(tx, request.name()));
    return DeleteDeliveryDestinationResponse.builder().build();
  }

  @Override
  public CreateDeliveryResponse createDelivery(CreateDeliveryRequest request) {
    return CreateDeliveryResponse.builder().delivery(deliveries.create(request)).build();
  }

  @Override
  public GetDeliveryResponse getDelivery(GetDeliveryRequest request) {
    Delivery found = env.store().read(tx -> deliveries.get(tx, request.id()));
    return GetDeliveryResponse.builder().delivery(found).build();
  }

  @Override
  public DescribeDeliveriesResponse describeDeliveries(DescribeDeliveriesRequest request) {
    Pages.Page page = Pages.of(request.nextToken(), request.limit());
    List<Delivery> found = env.store().read(tx -> deliveries.list(tx, page));
    return DescribeDeliveriesResponse.builder()
        .deliveries(page.entries(found))
        .nextToken(page.next(found, Delivery::id))
        .build();
  }

  @Override
  public DeleteDeliveryResponse deleteDelivery(DeleteDeliveryRequest request) {
    write(tx -> deliveries.delete(tx, request.id()));
    return DeleteDeliveryResponse.builder().build();
  }
}
