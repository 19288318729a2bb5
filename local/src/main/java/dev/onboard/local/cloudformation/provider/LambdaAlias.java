package dev.onboard.local.cloudformation.provider;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateAliasRequest;
import software.amazon.awssdk.services.lambda.model.UpdateAliasRequest;

/** {@code AWS::Lambda::Alias}; {@code Ref} gives its ARN. */
final class LambdaAlias extends Provider {
  LambdaAlias() {
    super(
        "AWS::Lambda::Alias",
        """
        Name@*: String, FunctionName!*: String, FunctionVersion*: String, Description: String
        RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion*: String
          FunctionWeight*: Number }] }
        """,
        "AliasArn");
  }

  @Override
  public Physical create(Context context, Properties now) {
    String arn =
        context
            .client(LambdaClient.class)
            .createAlias(request(now).into(CreateAliasRequest.builder()).build())
            .aliasArn();
    return Physical.of(arn, "AliasArn", arn);
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    context
        .client(LambdaClient.class)
        .updateAlias(
            request(now.resetting(before, "{\"Description\": \"\", \"RoutingConfig\": {}}"))
                .into(UpdateAliasRequest.builder())
                .build());
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context
        .client(LambdaClient.class)
        .deleteAlias(b ->
            b.functionName(LambdaName.of(before.text("FunctionName")).function())
                .name(before.text("Name")));
  }

  private static Properties request(Properties now) {
    if (!now.has("RoutingConfig")) {
      return now;
    }
    ObjectNode weights = JsonNodeFactory.instance.objectNode();
    ObjectNode inner = weights.putObject("AdditionalVersionWeights");
    now.in("RoutingConfig")
        .each("AdditionalVersionWeights")
        .forEach(w -> inner.set(w.text("FunctionVersion"), w.get("FunctionWeight")));
    return now.with("RoutingConfig", weights);
  }
}
