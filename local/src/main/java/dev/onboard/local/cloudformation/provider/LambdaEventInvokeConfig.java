package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.PutFunctionEventInvokeConfigRequest;

/** {@code AWS::Lambda::EventInvokeConfig}. */
final class LambdaEventInvokeConfig extends Provider {
  LambdaEventInvokeConfig() {
    super(
        "AWS::Lambda::EventInvokeConfig",
        """
        FunctionName!*: String, Qualifier!*: String, MaximumEventAgeInSeconds: Integer
        MaximumRetryAttempts: Integer
        DestinationConfig: { OnFailure: { Destination*: String }
          OnSuccess: { Destination*: String } }
        """);
  }

  @Override
  public Physical create(Context context, Properties now) {
    put(context, now);
    return Physical.of(now.text("FunctionName") + "|" + now.text("Qualifier"));
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    put(context, now);
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context
        .client(LambdaClient.class)
        .deleteFunctionEventInvokeConfig(b ->
            b.functionName(LambdaName.of(before.text("FunctionName")).function())
                .qualifier(before.text("Qualifier")));
  }

  private static void put(Context context, Properties now) {
    context
        .client(LambdaClient.class)
        .putFunctionEventInvokeConfig(
            now.with("FunctionName", LambdaName.of(now.text("FunctionName")).function())
                .into(PutFunctionEventInvokeConfigRequest.builder())
                .build());
  }
}
