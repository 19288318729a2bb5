package dev.onboard.local.cloudformation;

import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackResourceRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackResourceResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackResourcesRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackResourcesResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesResponse;
import software.amazon.awssdk.services.cloudformation.model.ListStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.StackDriftInformationSummary;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDetail;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDriftInformation;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDriftInformationSummary;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackSummary;

/** Stacks, resources and events as the API shows them. */
final class Views {
  private static final String NOT_CHECKED = "NOT_CHECKED";

  private final Environment env;
  private final Stacks stacks;

  Views(Environment env, Stacks stacks) {
    this.env = env;
    this.stacks = stacks;
  }

  DescribeStacksResponse describe(DescribeStacksRequest request) {
    List<StackRecord> found =
        env.store()
            .read(tx ->
                request.stackName() == null
                    ? stacks.all(tx, false)
                    : List.of(stacks.get(tx, request.stackName())));
    var page = Pages.of(found, request.nextToken());
    return DescribeStacksResponse.builder()
        .stacks(page.items().stream().map(StackRecord::shown).toList())
        .nextToken(page.nextToken())
        .build();
  }

  ListStacksResponse list(ListStacksRequest request) {
    Set<String> wanted =
        request.stackStatusFilters().stream().map(Enum::toString).collect(Collectors.toSet());
    List<StackRecord> found =
        env.store()
            .read(tx ->
                stacks.all(tx, true).stream()
                    .filter(s -> wanted.isEmpty() || wanted.contains(s.status().toString()))
                    .toList());
    var page = Pages.of(found, request.nextToken());
    return ListStacksResponse.builder()
        .stackSummaries(page.items().stream().map(Views::summary).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static StackSummary summary(StackRecord stack) {
    Target target = stack.target();
    return StackSummary.builder()
        .stackId(stack.id())
        .stackName(stack.name())
        .templateDescription(target == null ? null : target.description())
        .creationTime(Instant.ofEpochMilli(stack.createdAt()))
        .lastUpdatedTime(instant(stack.updatedAt()))
        .deletionTime(instant(stack.deletedAt()))
        .stackStatus(stack.status())
        .stackStatusReason(stack.reason())
        .driftInformation(
            StackDriftInformationSummary.builder().stackDriftStatus(NOT_CHECKED).build())
        .build();
  }

  DescribeStackEventsResponse events(DescribeStackEventsRequest request) {
    long before = Pages.position(request.nextToken(), Long.MAX_VALUE);
    return env.store()
        .read(tx -> {
          String id = named(tx, request.stackName(), "Stack [%s] does not exist").id();
          List<StackEvent> events = stacks.events(tx, id, Pages.SIZE, before);
          long last = stacks.eventPosition(tx, id, Pages.SIZE, before);
          boolean more = events.size() == Pages.SIZE && !stacks.events(tx, id, 1, last).isEmpty();
          return DescribeStackEventsResponse.builder()
              .stackEvents(events)
              .nextToken(more ? Pages.token(last) : null)
              .build();
        });
  }

  DescribeStackResourcesResponse resources(DescribeStackResourcesRequest request) {
    if ((request.stackName() == null) == (request.physicalResourceId() == null)) {
      throw Invalid.request(
          "Both StackName and PhysicalResourceId cannot be "
              + (request.stackName() == null ? "null" : "specified"));
    }
    return env.store()
        .read(tx -> {
          StackRecord stack =
              request.stackName() == null
                  ? owner(tx, request.physicalResourceId())
                  : named(tx, request.stackName(), "Stack with id %s does not exist");
          List<StackResource> shown =
              stacks.resources(tx, stack.id()).stream()
                  .filter(r ->
                      request.logicalResourceId() == null
                          || request.logicalResourceId().equals(r.logicalId()))
                  .limit(Pages.SIZE)
                  .map(r -> shown(stack, r))
                  .toList();
          if (request.logicalResourceId() != null && shown.isEmpty()) {
            throw noResource(request.logicalResourceId(), stack);
          }
          return DescribeStackResourcesResponse.builder().stackResources(shown).build();
        });
  }

  private StackRecord owner(Tx tx, String physicalId) {
    return stacks
        .stackOf(tx, physicalId)
        .flatMap(id -> stacks.find(tx, id))
        .orElseThrow(() -> Invalid.request("Stack for " + physicalId + " does not exist"));
  }

  private static StackResource shown(StackRecord stack, ResourceRecord resource) {
    return StackResource.builder()
        .stackId(stack.id())
        .stackName(stack.name())
        .logicalResourceId(resource.logicalId())
        .physicalResourceId(resource.physicalId())
        .resourceType(resource.type())
        .timestamp(Instant.ofEpochMilli(resource.at()))
        .resourceStatus(resource.status())
        .resourceStatusReason(resource.reason())
        .driftInformation(
            StackResourceDriftInformation.builder().stackResourceDriftStatus(NOT_CHECKED).build())
        .build();
  }

  DescribeStackResourceResponse resource(DescribeStackResourceRequest request) {
    String id = Requests.required(request.logicalResourceId(), "logicalResourceId");
    return env.store()
        .read(tx -> {
          StackRecord stack = named(tx, request.stackName(), "Stack '%s' does not exist");
          ResourceRecord resource =
              stacks.resource(tx, stack.id(), id).orElseThrow(() -> noResource(id, stack));
          return DescribeStackResourceResponse.builder()
              .stackResourceDetail(
                  StackResourceDetail.builder()
                      .stackId(stack.id())
                      .stackName(stack.name())
                      .logicalResourceId(id)
                      .physicalResourceId(resource.physicalId())
                      .resourceType(resource.type())
                      .lastUpdatedTimestamp(Instant.ofEpochMilli(resource.at()))
                      .resourceStatus(resource.status())
                      .resourceStatusReason(resource.reason())
                      .metadata(metadata(stack, id))
                      .driftInformation(
                          StackResourceDriftInformation.builder()
                              .stackResourceDriftStatus(NOT_CHECKED)
                              .build())
                      .build())
              .build();
        });
  }

  private static String metadata(StackRecord stack, String logicalId) {
    Target target = stack.target();
    Template.ResourceDeclaration declared =
        target == null ? null : target.read().resources().get(logicalId);
    return declared == null || declared.metadata() == null ? "{}" : declared.metadata().toString();
  }

  ListStackResourcesResponse listResources(ListStackResourcesRequest request) {
    return env.store()
        .read(tx -> {
          StackRecord stack = named(tx, request.stackName(), "Stack with id %s does not exist");
          var page = Pages.of(stacks.resources(tx, stack.id()), request.nextToken());
          return ListStackResourcesResponse.builder()
              .stackResourceSummaries(page.items().stream().map(Views::summary).toList())
              .nextToken(page.nextToken())
              .build();
        });
  }

  private static StackResourceSummary summary(ResourceRecord resource) {
    return StackResourceSummary.builder()
        .logicalResourceId(resource.logicalId())
        .physicalResourceId(resource.physicalId())
        .resourceType(resource.type())
        .lastUpdatedTimestamp(Instant.ofEpochMilli(resource.at()))
        .resourceStatus(resource.status())
        .resourceStatusReason(resource.reason())
        .driftInformation(
            StackResourceDriftInformationSummary.builder()
                .stackResourceDriftStatus(NOT_CHECKED)
                .build())
        .build();
  }

  /** The operations word it differently that there is no such stack. */
  private StackRecord named(Tx tx, @Nullable String name, String missing) {
    String wanted = Requests.required(name, "stackName");
    return stacks.find(tx, wanted).orElseThrow(() -> Invalid.request(missing.formatted(wanted)));
  }

  private static RuntimeException noResource(String logicalId, StackRecord stack) {
    return Invalid.request("Resource " + logicalId + " does not exist for stack " + stack.name());
  }

  private static @Nullable Instant instant(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
