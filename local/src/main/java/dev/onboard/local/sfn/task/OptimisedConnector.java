package dev.onboard.local.sfn.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.Environment;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.StateError;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** An optimised integration: the SDK's operation with what Step Functions does around it. */
final class OptimisedConnector implements Connector {
  /** The members whose value may be any JSON, which is sent as its text. */
  private static final Map<String, String> ANY_JSON =
      Map.of("sendMessage", "MessageBody", "publish", "Message", "startExecution", "Input");

  private final SdkOperation operation;
  private final String action;
  private final Target.Optimised face;
  private final Set<String> members;
  private final Environment env;

  OptimisedConnector(SdkOperation operation, String action, Environment env) {
    this.operation = operation;
    this.action = action;
    this.face = Objects.requireNonNull(operation.target().optimised());
    this.members = operation.members();
    this.env = env;
  }

  @Override
  public boolean isTransactional() {
    return operation.isTransactional();
  }

  @Override
  public JsonNode accepted(JsonNode arguments) {
    return SdkConnector.keep(arguments, members);
  }

  @Override
  public JsonNode call(CallSite site, JsonNode arguments) {
    if (action.equals("sendMessage")) {
      QueueHost.check(arguments.path("QueueUrl").asText(), env.endpoint().get());
    }
    try {
      ObjectNode response = operation.call(site, prepared(site, arguments));
      if (action.equals("putEvents") && response.path("FailedEntryCount").asInt() > 0) {
        throw StateError.of("EventBridge.FailedEntry", Json.text(response));
      }
      return ResponseMetadata.add(response, env.clock().now());
    } catch (AwsServiceException e) {
      throw TaskErrors.optimised(face, e);
    } catch (SdkClientException e) {
      throw TaskErrors.client(face.prefix(), e);
    }
  }

  private JsonNode prepared(CallSite site, JsonNode arguments) {
    String any = ANY_JSON.get(action);
    if (any != null && arguments.has(any) && !arguments.get(any).isTextual()) {
      JsonNode value = arguments.get(any);
      ObjectNode copy = Json.object().setAll((ObjectNode) arguments);
      // No input at all and an input of null are the same to a child execution.
      return action.equals("startExecution") && value.isNull()
          ? copy.without(any)
          : copy.put(any, Json.text(value));
    }
    return action.equals("putEvents") ? withResources(site, arguments) : arguments;
  }

  /** Every event tells which execution of which state machine it comes from. */
  private static JsonNode withResources(CallSite site, JsonNode arguments) {
    ArrayNode entries = Json.array();
    for (JsonNode entry : arguments.path("Entries")) {
      if (!entry.isObject()) {
        entries.add(entry);
        continue;
      }
      ObjectNode copy = Json.object().setAll((ObjectNode) entry);
      ArrayNode resources = Json.array();
      entry.path("Resources").forEach(resources::add);
      resources.add(site.stateMachineArn()).add(site.executionArn());
      copy.set("Resources", resources);
      entries.add(copy);
    }
    ObjectNode copy = Json.object().setAll((ObjectNode) arguments);
    copy.set("Entries", entries);
    return copy;
  }
}
