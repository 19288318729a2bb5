package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.PublishVersionRequest;

/**
 * {@code AWS::Lambda::Version}: published once; only another description or hash publishes again.
 */
final class LambdaVersion extends Provider {
  LambdaVersion() {
    super(
        "AWS::Lambda::Version",
        "FunctionName!*: String, Description!: String, CodeSha256!: String",
        "FunctionArn",
        "Version");
  }

  @Override
  public Physical create(Context context, Properties now) {
    var published =
        context
            .client(LambdaClient.class)
            .publishVersion(now.into(PublishVersionRequest.builder()).build());
    return Physical.of(
        published.functionArn(),
        "FunctionArn",
        published.functionArn(),
        "Version",
        published.version());
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context
        .client(LambdaClient.class)
        .deleteFunction(b ->
            b.functionName(LambdaName.of(before.text("FunctionName")).function())
                .qualifier(physical.attribute("Version")));
  }

  @Override
  public boolean isStable(Context context, Physical physical) {
    var configuration =
        context
            .client(LambdaClient.class)
            .getFunctionConfiguration(b -> b.functionName(physical.id()));
    return !"Pending".equals(configuration.stateAsString());
  }
}
