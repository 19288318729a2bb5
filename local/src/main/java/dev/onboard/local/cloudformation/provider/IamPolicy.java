package dev.onboard.local.cloudformation.provider;

import java.util.List;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/** {@code AWS::IAM::Policy}: one inline policy in some roles and users. */
final class IamPolicy extends Provider {
  private static final int NAME_LIMIT = 128;

  IamPolicy() {
    super(
        "AWS::IAM::Policy",
        "PolicyName*: String, PolicyDocument*: Json, Roles: [String], Users: [String]",
        "Id");
  }

  @Override
  public Physical create(Context context, Properties now) {
    put(context, now);
    String id = context.name(null, NAME_LIMIT);
    return Physical.of(id, "Id", id);
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    boolean renamed = now.differsFrom(before, "PolicyName");
    remove(
        context,
        before,
        renamed ? List.of() : now.texts("Roles"),
        renamed ? List.of() : now.texts("Users"));
    put(context, now);
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    remove(context, before, List.of(), List.of());
  }

  private static void put(Context context, Properties now) {
    IamClient iam = context.client(IamClient.class);
    String name = now.text("PolicyName");
    String document = now.text("PolicyDocument");
    now.texts("Roles")
        .forEach(
            r -> iam.putRolePolicy(b -> b.roleName(r).policyName(name).policyDocument(document)));
    now.texts("Users")
        .forEach(
            u -> iam.putUserPolicy(b -> b.userName(u).policyName(name).policyDocument(document)));
  }

  private static void remove(
      Context context, Properties before, List<String> keepRoles, List<String> keepUsers) {
    IamClient iam = context.client(IamClient.class);
    String name = before.text("PolicyName");
    before.texts("Roles").stream()
        .filter(r -> !keepRoles.contains(r))
        .forEach(r -> ifThere(() -> iam.deleteRolePolicy(b -> b.roleName(r).policyName(name))));
    before.texts("Users").stream()
        .filter(u -> !keepUsers.contains(u))
        .forEach(u -> ifThere(() -> iam.deleteUserPolicy(b -> b.userName(u).policyName(name))));
  }

  /** One of several may be gone already; the others must still go. */
  private static void ifThere(Runnable removal) {
    try {
      removal.run();
    } catch (NoSuchEntityException e) {
      // Gone is what was asked for.
    }
  }
}
