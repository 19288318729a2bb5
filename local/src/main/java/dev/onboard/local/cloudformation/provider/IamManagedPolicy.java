package dev.onboard.local.cloudformation.provider;

import java.util.List;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyVersion;

/** {@code AWS::IAM::ManagedPolicy}; {@code Ref} gives its ARN. */
final class IamManagedPolicy extends Provider {
  private static final int NAME_LIMIT = 128;
  private static final int VERSIONS = 5;

  IamManagedPolicy() {
    super(
        "AWS::IAM::ManagedPolicy",
        """
        ManagedPolicyName@: String, Path!: String, Description!: String, PolicyDocument*: Json
        Roles: [String], Users: [String]
        """,
        "PolicyArn",
        "PolicyId");
  }

  @Override
  public Physical create(Context context, Properties now) {
    String name = context.name(now.textOrNull("ManagedPolicyName"), NAME_LIMIT);
    IamClient iam = context.client(IamClient.class);
    Policy policy =
        iam.createPolicy(b ->
                b.policyName(name)
                    .path(now.textOrNull("Path"))
                    .description(now.textOrNull("Description"))
                    .policyDocument(now.text("PolicyDocument")))
            .policy();
    attach(iam, policy.arn(), now.texts("Roles"), now.texts("Users"));
    return Physical.of(policy.arn(), "PolicyArn", policy.arn(), "PolicyId", policy.policyId());
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    IamClient iam = context.client(IamClient.class);
    String arn = physical.id();
    if (now.differsFrom(before, "PolicyDocument")) {
      List<PolicyVersion> versions = iam.listPolicyVersions(b -> b.policyArn(arn)).versions();
      if (versions.size() == VERSIONS) {
        String oldest = versions.getLast().versionId();
        iam.deletePolicyVersion(b -> b.policyArn(arn).versionId(oldest));
      }
      iam.createPolicyVersion(
          b -> b.policyArn(arn).policyDocument(now.text("PolicyDocument")).setAsDefault(true));
    }
    detach(
        iam,
        arn,
        minus(before.texts("Roles"), now.texts("Roles")),
        minus(before.texts("Users"), now.texts("Users")));
    attach(
        iam,
        arn,
        minus(now.texts("Roles"), before.texts("Roles")),
        minus(now.texts("Users"), before.texts("Users")));
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    IamClient iam = context.client(IamClient.class);
    String arn = physical.id();
    detach(iam, arn, before.texts("Roles"), before.texts("Users"));
    iam.listPolicyVersions(b -> b.policyArn(arn)).versions().stream()
        .filter(v -> !v.isDefaultVersion())
        .forEach(v -> iam.deletePolicyVersion(b -> b.policyArn(arn).versionId(v.versionId())));
    iam.deletePolicy(b -> b.policyArn(arn));
  }

  private static List<String> minus(List<String> all, List<String> some) {
    return all.stream().filter(a -> !some.contains(a)).toList();
  }

  private static void attach(IamClient iam, String arn, List<String> roles, List<String> users) {
    roles.forEach(r -> iam.attachRolePolicy(b -> b.roleName(r).policyArn(arn)));
    users.forEach(u -> iam.attachUserPolicy(b -> b.userName(u).policyArn(arn)));
  }

  private static void detach(IamClient iam, String arn, List<String> roles, List<String> users) {
    roles.forEach(r -> iam.detachRolePolicy(b -> b.roleName(r).policyArn(arn)));
    users.forEach(u -> iam.detachUserPolicy(b -> b.userName(u).policyArn(arn)));
  }
}
