package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.iam.IamClient;

/**
 * {@code AWS::IAM::RolePolicy}: one inline policy of a role; its physical id is {@code
 * policy|role}.
 */
final class IamRolePolicy extends Provider {
  IamRolePolicy() {
    super("AWS::IAM::RolePolicy", "PolicyName!*: String, RoleName!*: String, PolicyDocument: Json");
  }

  @Override
  public Physical create(Context context, Properties now) {
    put(context, now);
    return Physical.of(now.text("PolicyName") + "|" + now.text("RoleName"));
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    put(context, now);
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context
        .client(IamClient.class)
        .deleteRolePolicy(
            b -> b.roleName(before.text("RoleName")).policyName(before.text("PolicyName")));
  }

  private static void put(Context context, Properties now) {
    context
        .client(IamClient.class)
        .putRolePolicy(b ->
            b.roleName(now.text("RoleName"))
                .policyName(now.text("PolicyName"))
                .policyDocument(now.textOrNull("PolicyDocument")));
  }
}
