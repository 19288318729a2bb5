package dev.onboard.local.sfn.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.sfn.asl.Json;
import java.util.HashSet;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Any operation of the SDK: {@code aws-sdk:service:operation}. */
final class SdkConnector implements Connector {
  private final SdkOperation operation;
  private final Set<String> members;

  SdkConnector(SdkOperation operation) {
    this.operation = operation;
    this.members = new HashSet<>(operation.members());
    if (operation.takesBody()) {
      members.add("Body");
    }
  }

  @Override
  public boolean isTransactional() {
    return operation.isTransactional();
  }

  @Override
  public JsonNode accepted(JsonNode arguments) {
    return keep(arguments, members);
  }

  static JsonNode keep(JsonNode arguments, Set<String> members) {
    if (!arguments.isObject()) {
      return Json.object();
    }
    ObjectNode kept = Json.object();
    for (var entry : arguments.properties()) {
      if (members.contains(entry.getKey())) {
        kept.set(entry.getKey(), entry.getValue());
      }
    }
    return kept;
  }

  @Override
  public JsonNode call(CallSite site, JsonNode arguments) {
    try {
      return operation.givesStream()
          ? operation.download(site, arguments)
          : operation.call(site, arguments);
    } catch (AwsServiceException e) {
      throw TaskErrors.sdk(operation.target(), e);
    } catch (SdkClientException e) {
      throw TaskErrors.client(operation.target().sdkPrefix(), e);
    }
  }
}
