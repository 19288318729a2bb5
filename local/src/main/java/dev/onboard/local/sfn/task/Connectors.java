package dev.onboard.local.sfn.task;

import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Service;
import dev.onboard.local.sfn.asl.Resource;
import dev.onboard.local.sfn.asl.Resource.CallPattern;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All that tasks can call. */
public final class Connectors {
  private final Environment env;
  private final Map<Resource, Connector> known = new ConcurrentHashMap<>();

  public Connectors(Environment env) {
    this.env = env;
  }

  /** Why a resource cannot be called here, or {@code null} if it can. */
  public @Nullable String refusal(Resource resource) {
    return switch (resource) {
      case Resource.Function _ -> null;
      case Resource.Activity _ -> null;
      case Resource.Integration call -> refusal(call);
    };
  }

  private @Nullable String refusal(Resource.Integration call) {
    Target target = target(call);
    String title = call.resourceType() + ":" + call.resourceName();
    if (target == null || !patternIsThere(call)) {
      return "The resource " + title + " is not supported: the local runtime does not have it";
    }
    SdkOperation operation = SdkOperation.find(env, target, call.action());
    if (operation == null) {
      return "The resource provided arn:aws:states:::"
          + title
          + " is not recognized. The value is not a valid resource ARN, or the resource is not"
          + " available in this region.";
    }
    Service service = env.services().named(target.signingName());
    return service == null || service.supports(operation.name())
        ? null
        : "The resource "
            + title
            + " is not supported: the local runtime does not have "
            + target.signingName()
            + ":"
            + operation.name();
  }

  private static boolean patternIsThere(Resource.Integration call) {
    return switch (call.pattern()) {
      case REQUEST_RESPONSE -> true;
      case SYNC, SYNC_2 -> !call.sdk() && call.service().equals("states");
      case TASK_TOKEN -> !call.service().equals("dynamodb");
    };
  }

  private static @Nullable Target target(Resource.Integration call) {
    if (call.sdk()) {
      return Target.sdk(call.service());
    }
    Target target = Target.optimised(call.service());
    return target != null
            && target.optimised() != null
            && target.optimised().actions().contains(call.action())
        ? target
        : null;
  }

  /** The connector of a resource that is not refused. */
  public Connector of(Resource resource) {
    return known.computeIfAbsent(resource, this::make);
  }

  private Connector make(Resource resource) {
    return switch (resource) {
      case Resource.Function function -> new LambdaInvoke(env, function.arn());
      case Resource.Integration call -> integration(call);
      case Resource.Activity _ -> new Offer();
    };
  }

  private Connector integration(Resource.Integration call) {
    Target target = target(call);
    if (target == null) {
      throw new IllegalStateException("no connector for " + call);
    }
    if (!call.sdk() && call.service().equals("lambda")) {
      return new LambdaInvoke(env, null);
    }
    SdkOperation operation = SdkOperation.find(env, target, call.action());
    if (operation == null) {
      throw new IllegalStateException("no operation for " + call);
    }
    return call.sdk()
        ? new SdkConnector(operation)
        : new OptimisedConnector(operation, call.action(), env);
  }

  /** Whether a pattern waits for more than the answer. */
  public static boolean waits(CallPattern pattern) {
    return pattern != CallPattern.REQUEST_RESPONSE;
  }
}
