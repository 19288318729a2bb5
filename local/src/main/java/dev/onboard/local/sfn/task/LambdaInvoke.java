package dev.onboard.local.sfn.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.Environment;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.StateError;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * The optimised {@code lambda:invoke}, and functions that stand as a task's resource themselves.
 */
final class LambdaInvoke implements Connector {
  private static final Set<String> MEMBERS =
      Set.of("FunctionName", "Payload", "Qualifier", "InvocationType", "LogType", "ClientContext");
  private static final Target TARGET = Objects.requireNonNull(Target.optimised("lambda"));
  private static final Target.Optimised FACE = Objects.requireNonNull(TARGET.optimised());

  private final Environment env;
  private final @Nullable String function;

  /**
   * Makes the connector.
   *
   * @param function the function's ARN if the arguments are its payload as they stand
   */
  LambdaInvoke(Environment env, @Nullable String function) {
    this.env = env;
    this.function = function;
  }

  @Override
  public boolean isTransactional() {
    return false;
  }

  @Override
  public JsonNode accepted(JsonNode arguments) {
    return function == null ? SdkConnector.keep(arguments, MEMBERS) : arguments;
  }

  @Override
  public JsonNode call(CallSite site, JsonNode arguments) {
    try {
      InvokeResponse response =
          env.client(LambdaClient.class, site.caller()).invoke(request(arguments));
      JsonNode payload = payload(response);
      if (response.functionError() != null) {
        throw functionError(payload);
      }
      return function == null ? answer(response, payload) : payload;
    } catch (AwsServiceException e) {
      throw TaskErrors.optimised(FACE, e);
    } catch (SdkClientException e) {
      throw TaskErrors.client(FACE.prefix(), e);
    }
  }

  private InvokeRequest request(JsonNode arguments) {
    if (function != null) {
      return InvokeRequest.builder()
          .functionName(function)
          .payload(SdkBytes.fromUtf8String(Json.text(arguments)))
          .build();
    }
    var request = InvokeRequest.builder().functionName(arguments.path("FunctionName").asText());
    JsonNode payload = arguments.path("Payload");
    request.payload(SdkBytes.fromUtf8String(payload.isMissingNode() ? "{}" : Json.text(payload)));
    if (arguments.hasNonNull("Qualifier")) {
      request.qualifier(arguments.get("Qualifier").asText());
    }
    if (arguments.hasNonNull("InvocationType")) {
      request.invocationType(arguments.get("InvocationType").asText());
    }
    if (arguments.hasNonNull("LogType")) {
      request.logType(arguments.get("LogType").asText());
    }
    if (arguments.hasNonNull("ClientContext")) {
      request.clientContext(arguments.get("ClientContext").asText());
    }
    return request.build();
  }

  private static JsonNode payload(InvokeResponse response) {
    String text = response.payload() == null ? "" : response.payload().asUtf8String();
    if (text.isBlank()) {
      return Json.object();
    }
    try {
      return Json.parse(text);
    } catch (JsonProcessingException e) {
      return Json.NODES.textNode(text);
    }
  }

  private static StateError functionError(JsonNode payload) {
    JsonNode type = payload.path("errorType");
    return StateError.of(
        type.isTextual() ? type.textValue() : "Lambda.Unknown", Json.text(payload));
  }

  private JsonNode answer(InvokeResponse response, JsonNode payload) {
    ObjectNode answer = Json.object();
    if (response.executedVersion() != null) {
      answer.put("ExecutedVersion", response.executedVersion());
    }
    if (response.logResult() != null) {
      answer.put("LogResult", response.logResult());
    }
    answer.set("Payload", payload);
    ResponseMetadata.add(
        answer,
        env.clock().now(),
        response.payload() == null ? 0 : response.payload().asByteArrayUnsafe().length);
    return answer.put("StatusCode", response.statusCode() == null ? 200 : response.statusCode());
  }
}
