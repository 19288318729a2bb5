package dev.onboard.local.lambda;

import dev.onboard.local.call.Environment;
import dev.onboard.local.wire.SdkJson;
import java.util.List;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.lambda.model.FunctionEventInvokeConfig;
import software.amazon.awssdk.services.lambda.model.PutFunctionEventInvokeConfigRequest;
import software.amazon.awssdk.services.lambda.model.PutFunctionEventInvokeConfigResponse;

/** How functions, their versions and aliases are invoked asynchronously. */
final class InvokeConfigs {
  private final Environment env;
  private final Functions functions;

  InvokeConfigs(Environment env, Functions functions) {
    this.env = env;
    this.functions = functions;
  }

  PutFunctionEventInvokeConfigResponse put(PutFunctionEventInvokeConfigRequest request) {
    FunctionName name = FunctionName.parse(request.functionName(), request.qualifier());
    functions.resolve(name);
    var config =
        PutFunctionEventInvokeConfigResponse.builder()
            .functionArn(functions.arn(name.name()) + ":" + name.qualifierOrLatest())
            .lastModified(env.clock().now())
            .maximumRetryAttempts(request.maximumRetryAttempts())
            .maximumEventAgeInSeconds(request.maximumEventAgeInSeconds())
            .destinationConfig(request.destinationConfig())
            .build();
    env.store()
        .write(tx ->
            tx.update(
                "INSERT OR REPLACE INTO lambda_invoke_config VALUES (?, ?, ?)",
                name.name(),
                name.qualifierOrLatest(),
                SdkJson.write(config)));
    return config;
  }

  /** That of one of them, as whatever answers it. */
  <T extends SdkPojo> T get(FunctionName name, Class<T> type) {
    return env.store()
        .read(tx ->
            tx.first(
                "SELECT config FROM lambda_invoke_config WHERE function = ? AND qualifier = ?",
                r -> SdkJson.read(type, r.string(1)),
                name.name(),
                name.qualifierOrLatest()))
        .orElseThrow(() ->
            Errors.notFound(
                "The function "
                    + functions.arn(name.name())
                    + ":"
                    + name.qualifierOrLatest()
                    + " doesn't have an EventInvokeConfig"));
  }

  /** Those of a function, its versions and its aliases. */
  List<FunctionEventInvokeConfig> list(String function) {
    functions.requireExists(function);
    return env.store()
        .read(tx ->
            tx.list(
                "SELECT config FROM lambda_invoke_config WHERE function = ? ORDER BY qualifier",
                r -> SdkJson.read(FunctionEventInvokeConfig.class, r.string(1)),
                function));
  }

  void delete(FunctionName name) {
    get(name, FunctionEventInvokeConfig.class);
    env.store()
        .write(tx ->
            tx.update(
                "DELETE FROM lambda_invoke_config WHERE function = ? AND qualifier = ?",
                name.name(),
                name.qualifierOrLatest()));
  }
}
