package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.AddPermissionRequest;

/** {@code AWS::Lambda::Permission}: one statement of the policy of a function, version or alias. */
final class LambdaPermission extends Provider {
  private static final int NAME_LIMIT = 100;

  LambdaPermission() {
    super(
        "AWS::Lambda::Permission",
        """
        Action!*: String, FunctionName!*: String, Principal!*: String, SourceArn!: String
        SourceAccount!: String, PrincipalOrgID!: String, EventSourceToken!: String
        """,
        "Id");
  }

  @Override
  public Physical create(Context context, Properties now) {
    String statement = context.name(null, NAME_LIMIT);
    LambdaName name = LambdaName.of(now.text("FunctionName"));
    context
        .client(LambdaClient.class)
        .addPermission(
            now.with("StatementId", statement)
                .with("FunctionName", name.function())
                .with("Qualifier", name.qualifier())
                .into(AddPermissionRequest.builder())
                .build());
    return Physical.of(statement, "Id", statement);
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    LambdaName name = LambdaName.of(before.text("FunctionName"));
    context
        .client(LambdaClient.class)
        .removePermission(b ->
            b.functionName(name.function()).qualifier(name.qualifier()).statementId(physical.id()));
  }
}
