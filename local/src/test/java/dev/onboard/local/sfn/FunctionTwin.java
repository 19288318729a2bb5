package dev.onboard.local.sfn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.sfn.asl.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** Lambda with functions that are lambdas of the test. */
final class FunctionTwin implements LambdaClient {
  private final Map<String, Function<JsonNode, JsonNode>> functions = new ConcurrentHashMap<>();
  final List<String> invoked = new CopyOnWriteArrayList<>();

  /** A function; what it throws is its error, by the exception's simple name. */
  FunctionTwin with(String name, Function<JsonNode, JsonNode> function) {
    functions.put(name, function);
    return this;
  }

  @Override
  public InvokeResponse invoke(InvokeRequest request) {
    String name = request.functionName().replaceFirst(".*:function:", "");
    Function<JsonNode, JsonNode> function = functions.get(name);
    if (function == null) {
      throw AwsErrors.error(
          ResourceNotFoundException.builder(),
          404,
          "ResourceNotFoundException",
          "Function not found: " + name);
    }
    invoked.add(name);
    var response = InvokeResponse.builder().statusCode(200).executedVersion("$LATEST");
    try {
      JsonNode result = function.apply(Json.read(request.payload().asUtf8String()));
      return response.payload(SdkBytes.fromUtf8String(Json.text(result))).build();
    } catch (RuntimeException e) {
      JsonNode error =
          Json.object()
              .put("errorType", e.getClass().getSimpleName())
              .put("errorMessage", e.getMessage());
      return response
          .functionError("Unhandled")
          .payload(SdkBytes.fromUtf8String(Json.text(error)))
          .build();
    }
  }

  @Override
  public String serviceName() {
    return "lambda";
  }

  @Override
  public void close() {}
}
