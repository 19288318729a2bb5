package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;

/** {@code AWS::Lambda::Function}. */
final class LambdaFunction extends Provider {
  private static final int NAME_LIMIT = 64;
  private static final String[] CODE = {"Code", "Architectures"};
  private static final String[] NOT_CONFIGURATION = {
    "Code", "Architectures", "PackageType", "ReservedConcurrentExecutions", "Tags"
  };
  private static final String DEFAULTS =
      """
      {"Description": "", "Timeout": 3, "MemorySize": 128, "Environment": {"Variables": {}},
       "TracingConfig": {"Mode": "PassThrough"}, "SnapStart": {"ApplyOn": "None"},
       "DeadLetterConfig": {"TargetArn": ""}, "Layers": [], "EphemeralStorage": {"Size": 512},
       "LoggingConfig": {"LogFormat": "Text"}, "KmsKeyArn": ""}
      """;

  LambdaFunction() {
    super(
        "AWS::Lambda::Function",
        """
        FunctionName@: String, Description: String, Runtime: String, Handler: String
        Architectures: [String], MemorySize: Integer, Timeout: Integer, Role*: String
        Code*: { S3Bucket*: String, S3Key*: String, S3ObjectVersion: String }
        PackageType!: String, SnapStart: { ApplyOn*: String }, TracingConfig: { Mode: String }
        LoggingConfig: { LogFormat: String, LogGroup: String, ApplicationLogLevel: String
          SystemLogLevel: String }
        Environment: { Variables: <String> }, DeadLetterConfig: { TargetArn: String }
        EphemeralStorage: { Size*: Integer }, KmsKeyArn: String, Layers: [String]
        ReservedConcurrentExecutions: Integer, Tags: [{ Key*: String, Value*: String }]
        """,
        "Arn",
        "SnapStartResponse.ApplyOn",
        "SnapStartResponse.OptimizationStatus");
  }

  @Override
  public Physical create(Context context, Properties now) {
    String name = context.name(now.textOrNull("FunctionName"), NAME_LIMIT);
    LambdaClient lambda = context.client(LambdaClient.class);
    CreateFunctionRequest.Builder request =
        now.without("ReservedConcurrentExecutions", "Tags")
            .with("FunctionName", name)
            .into(CreateFunctionRequest.builder());
    if (now.has("Tags")) {
      request.tags(now.tags());
    }
    lambda.createFunction(request.build());
    concurrency(lambda, name, Properties.NONE, now);
    return physical(context, name, now);
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    LambdaClient lambda = context.client(LambdaClient.class);
    String name = physical.id();
    if (now.differsFrom(before, CODE)) {
      UpdateFunctionCodeRequest.Builder code =
          now.in("Code").with("FunctionName", name).into(UpdateFunctionCodeRequest.builder());
      if (now.differsFrom(before, "Architectures")) {
        code.architecturesWithStrings(
            now.has("Architectures") ? now.texts("Architectures") : java.util.List.of("x86_64"));
      }
      lambda.updateFunctionCode(code.build());
    }
    if (!now.without(NOT_CONFIGURATION).equals(before.without(NOT_CONFIGURATION))) {
      lambda.updateFunctionConfiguration(
          now.resetting(before, DEFAULTS)
              .without(NOT_CONFIGURATION)
              .with("FunctionName", name)
              .into(UpdateFunctionConfigurationRequest.builder())
              .build());
    }
    concurrency(lambda, name, before, now);
    String arn = physical.attribute("Arn");
    TagChange.between(before, now)
        .apply(
            keys -> lambda.untagResource(b -> b.resource(arn).tagKeys(keys)),
            tags -> lambda.tagResource(b -> b.resource(arn).tags(tags)));
    return physical(context, name, now);
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context.client(LambdaClient.class).deleteFunction(b -> b.functionName(physical.id()));
  }

  @Override
  public boolean isStable(Context context, Physical physical) {
    var configuration =
        context
            .client(LambdaClient.class)
            .getFunctionConfiguration(b -> b.functionName(physical.id()));
    return !"Pending".equals(configuration.stateAsString())
        && !"InProgress".equals(configuration.lastUpdateStatusAsString());
  }

  private static void concurrency(
      LambdaClient lambda, String name, Properties before, Properties now) {
    if (!now.differsFrom(before, "ReservedConcurrentExecutions")) {
      return;
    }
    if (now.has("ReservedConcurrentExecutions")) {
      int reserved = now.get("ReservedConcurrentExecutions").asInt();
      lambda.putFunctionConcurrency(
          b -> b.functionName(name).reservedConcurrentExecutions(reserved));
    } else {
      lambda.deleteFunctionConcurrency(b -> b.functionName(name));
    }
  }

  private static Physical physical(Context context, String name, Properties now) {
    return Physical.of(
        name,
        "Arn",
        context.arn("lambda", "function:" + name),
        "SnapStartResponse.ApplyOn",
        now.in("SnapStart").text("ApplyOn", "None"),
        "SnapStartResponse.OptimizationStatus",
        "Off");
  }
}
