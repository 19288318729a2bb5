package dev.onboard.local.lambda;

import dev.onboard.local.call.Environment;
import dev.onboard.local.call.RequestIds;
import dev.onboard.local.wire.SdkJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.UpdateEventSourceMappingRequest;

/** The event source mappings and the pollers that carry them out. */
final class EventSourceMappings implements AutoCloseable {
  private static final List<String> KNOWN =
      List.of(
          "UUID",
          "EventSourceArn",
          "FunctionName",
          "Enabled",
          "BatchSize",
          "MaximumBatchingWindowInSeconds",
          "FunctionResponseTypes",
          "ScalingConfig");

  private final Environment env;
  private final Functions functions;
  private final Invocations invocations;
  private final InFlight inFlight;
  private final Map<String, SqsPoller> pollers = new HashMap<>();

  EventSourceMappings(Environment env, Functions functions, Invocations invocations) {
    this.env = env;
    this.functions = functions;
    this.invocations = invocations;
    this.inFlight = new InFlight(env);
  }

  /** Takes up polling for every mapping that is enabled. */
  void resume() {
    inFlight.giveBack(all(), functions);
    all().forEach(this::poll);
  }

  EventSourceMappingConfiguration create(CreateEventSourceMappingRequest request) {
    refuseUnknown("CreateEventSourceMapping", request);
    String source = request.eventSourceArn();
    if (source == null || !source.matches("arn:aws[\\w-]*:sqs:[^:]+:\\d{12}:.+")) {
      throw Functions.unsupported("CreateEventSourceMapping", "EventSourceArn " + source);
    }
    FunctionName function = FunctionName.parse(request.functionName());
    functions.resolve(function);
    String arn = arn(function);
    all().stream()
        .filter(m -> m.eventSourceArn().equals(source) && m.functionArn().equals(arn))
        .findFirst()
        .ifPresent(m -> {
          throw Errors.conflict(
              "An event source mapping with SQS arn (\" "
                  + source
                  + " \") and function (\" "
                  + function.name()
                  + " \") already exists. Please update or delete the existing mapping with UUID "
                  + m.uuid());
        });
    int window =
        request.maximumBatchingWindowInSeconds() == null
            ? 0
            : request.maximumBatchingWindowInSeconds();
    int batch = request.batchSize() == null ? Limits.SQS_BATCH_WITHOUT_WINDOW : request.batchSize();
    check(batch, window);
    String uuid = RequestIds.next();
    EventSourceMappingConfiguration mapping =
        EventSourceMappingConfiguration.builder()
            .uuid(uuid)
            .eventSourceMappingArn(env.arn("lambda", "event-source-mapping:" + uuid))
            .eventSourceArn(source)
            .functionArn(arn)
            .batchSize(batch)
            .maximumBatchingWindowInSeconds(window)
            .functionResponseTypesWithStrings(request.functionResponseTypesAsStrings())
            .scalingConfig(request.scalingConfig())
            .state(Boolean.FALSE.equals(request.enabled()) ? "Disabled" : "Enabled")
            .stateTransitionReason("USER_INITIATED")
            .lastModified(env.clock().now())
            .build();
    put(mapping);
    return mapping.toBuilder().state("Creating").build();
  }

  EventSourceMappingConfiguration update(UpdateEventSourceMappingRequest request) {
    refuseUnknown("UpdateEventSourceMapping", request);
    EventSourceMappingConfiguration old = get(request.uuid());
    EventSourceMappingConfiguration.Builder mapping = old.toBuilder();
    if (request.functionName() != null) {
      FunctionName function = FunctionName.parse(request.functionName());
      functions.resolve(function);
      mapping.functionArn(arn(function));
    }
    if (request.batchSize() != null) {
      mapping.batchSize(request.batchSize());
    }
    if (request.maximumBatchingWindowInSeconds() != null) {
      mapping.maximumBatchingWindowInSeconds(request.maximumBatchingWindowInSeconds());
    }
    if (request.hasFunctionResponseTypes()) {
      mapping.functionResponseTypesWithStrings(request.functionResponseTypesAsStrings());
    }
    if (request.scalingConfig() != null) {
      mapping.scalingConfig(request.scalingConfig());
    }
    if (request.enabled() != null) {
      mapping.state(request.enabled() ? "Enabled" : "Disabled");
    }
    EventSourceMappingConfiguration changed = mapping.lastModified(env.clock().now()).build();
    check(changed.batchSize(), changed.maximumBatchingWindowInSeconds());
    put(changed);
    return changed.toBuilder().state("Updating").build();
  }

  EventSourceMappingConfiguration delete(String uuid) {
    EventSourceMappingConfiguration mapping = get(uuid);
    env.store().write(tx -> tx.update("DELETE FROM lambda_mapping WHERE uuid = ?", uuid));
    env.store().afterCommit(() -> stop(uuid));
    return mapping.toBuilder().state("Deleting").build();
  }

  EventSourceMappingConfiguration get(String uuid) {
    return all().stream()
        .filter(m -> m.uuid().equals(uuid))
        .findFirst()
        .orElseThrow(() -> Errors.notFound("The resource you requested does not exist."));
  }

  List<EventSourceMappingConfiguration> list(@Nullable String source, @Nullable String function) {
    String arn = function == null ? null : arn(FunctionName.parse(function));
    return all().stream()
        .filter(m -> source == null || m.eventSourceArn().equals(source))
        .filter(m ->
            arn == null || m.functionArn().equals(arn) || m.functionArn().startsWith(arn + ":"))
        .toList();
  }

  private List<EventSourceMappingConfiguration> all() {
    return env.store()
        .read(tx ->
            tx.list(
                "SELECT config FROM lambda_mapping ORDER BY rowid",
                r -> SdkJson.read(EventSourceMappingConfiguration.class, r.string(1))));
  }

  private void put(EventSourceMappingConfiguration mapping) {
    env.store()
        .write(tx ->
            tx.update(
                "INSERT OR REPLACE INTO lambda_mapping VALUES (?, ?)",
                mapping.uuid(),
                SdkJson.write(mapping)));
    env.store().afterCommit(() -> poll(mapping));
  }

  private synchronized void poll(EventSourceMappingConfiguration mapping) {
    stop(mapping.uuid());
    if (mapping.state().equals("Enabled")) {
      var poller = new SqsPoller(env, mapping, functions, invocations, inFlight);
      pollers.put(mapping.uuid(), poller);
      poller.start();
    }
  }

  private synchronized void stop(String uuid) {
    SqsPoller poller = pollers.remove(uuid);
    if (poller != null) {
      poller.stop();
    }
  }

  private String arn(FunctionName function) {
    return functions.arn(function.name())
        + (function.qualifier() == null ? "" : ":" + function.qualifier());
  }

  private static void check(int batch, int window) {
    if (batch < 1 || batch > Limits.SQS_BATCH) {
      throw Errors.invalid(
          "Batch size must be between 1 and " + Limits.SQS_BATCH + " for this event source.");
    } else if (batch > Limits.SQS_BATCH_WITHOUT_WINDOW && window == 0) {
      throw Errors.invalid(
          "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater"
              + " than 10");
    } else if (window < 0 || window > 300) {
      throw Errors.invalid("Maximum batch window in seconds must be between 0 and 300.");
    }
  }

  private static void refuseUnknown(String operation, SdkPojo request) {
    for (SdkField<?> field : request.sdkFields()) {
      Object value = field.getValueOrDefault(request);
      boolean given =
          value != null
              && !(value instanceof SdkAutoConstructList)
              && !(value instanceof SdkAutoConstructMap);
      if (given && !KNOWN.contains(field.memberName())) {
        throw Functions.unsupported(operation, field.memberName());
      }
    }
  }

  @Override
  public synchronized void close() {
    List.copyOf(pollers.keySet()).forEach(this::stop);
  }
}
