package dev.onboard.local.cloudformation.provider;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/** {@code AWS::IAM::Role}. */
final class IamRole extends Provider {
  private static final int NAME_LIMIT = 64;

  IamRole() {
    super(
        "AWS::IAM::Role",
        """
        RoleName@: String, Path!: String, AssumeRolePolicyDocument*: Json, Description: String
        MaxSessionDuration: Integer, PermissionsBoundary: String, ManagedPolicyArns: [String]
        Policies: [{ PolicyName*: String, PolicyDocument*: Json }]
        Tags: [{ Key*: String, Value*: String }]
        """,
        "Arn",
        "RoleId");
  }

  @Override
  public Physical create(Context context, Properties now) {
    String name = context.name(now.textOrNull("RoleName"), NAME_LIMIT);
    IamClient iam = context.client(IamClient.class);
    Role role =
        iam.createRole(
                b -> {
                  b.roleName(name)
                      .path(now.textOrNull("Path"))
                      .assumeRolePolicyDocument(now.text("AssumeRolePolicyDocument"))
                      .description(now.textOrNull("Description"))
                      .permissionsBoundary(now.textOrNull("PermissionsBoundary"));
                  if (now.has("MaxSessionDuration")) {
                    b.maxSessionDuration(now.get("MaxSessionDuration").asInt());
                  }
                  if (now.has("Tags")) {
                    b.tags(tags(now.tags()));
                  }
                })
            .role();
    attach(iam, name, now.texts("ManagedPolicyArns"));
    putPolicies(iam, name, now.each("Policies"));
    return Physical.of(name, "Arn", role.arn(), "RoleId", role.roleId());
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    IamClient iam = context.client(IamClient.class);
    String name = physical.id();
    settings(iam, name, before, now);
    List<String> arns = now.texts("ManagedPolicyArns");
    List<String> oldArns = before.texts("ManagedPolicyArns");
    detach(iam, name, oldArns.stream().filter(a -> !arns.contains(a)).toList());
    attach(iam, name, arns.stream().filter(a -> !oldArns.contains(a)).toList());
    List<String> names = now.each("Policies").stream().map(p -> p.text("PolicyName")).toList();
    deletePolicies(
        iam,
        name,
        before.each("Policies").stream()
            .filter(p -> !names.contains(p.text("PolicyName")))
            .toList());
    List<Properties> old = before.each("Policies");
    putPolicies(iam, name, now.each("Policies").stream().filter(p -> !old.contains(p)).toList());
    TagChange.between(before, now)
        .apply(
            keys -> iam.untagRole(b -> b.roleName(name).tagKeys(keys)),
            tags -> iam.tagRole(b -> b.roleName(name).tags(tags(tags))));
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    IamClient iam = context.client(IamClient.class);
    detach(iam, physical.id(), before.texts("ManagedPolicyArns"));
    deletePolicies(iam, physical.id(), before.each("Policies"));
    iam.deleteRole(b -> b.roleName(physical.id()));
  }

  private static void settings(IamClient iam, String name, Properties before, Properties now) {
    if (now.differsFrom(before, "AssumeRolePolicyDocument")) {
      iam.updateAssumeRolePolicy(
          b -> b.roleName(name).policyDocument(now.text("AssumeRolePolicyDocument")));
    }
    if (now.differsFrom(before, "Description", "MaxSessionDuration")) {
      iam.updateRole(b ->
          b.roleName(name)
              .description(now.text("Description", ""))
              .maxSessionDuration(Integer.parseInt(now.text("MaxSessionDuration", "3600"))));
    }
    if (now.differsFrom(before, "PermissionsBoundary")) {
      if (now.has("PermissionsBoundary")) {
        iam.putRolePermissionsBoundary(
            b -> b.roleName(name).permissionsBoundary(now.text("PermissionsBoundary")));
      } else {
        iam.deleteRolePermissionsBoundary(b -> b.roleName(name));
      }
    }
  }

  private static void attach(IamClient iam, String role, List<String> arns) {
    arns.forEach(a -> iam.attachRolePolicy(b -> b.roleName(role).policyArn(a)));
  }

  private static void detach(IamClient iam, String role, List<String> arns) {
    arns.forEach(a -> iam.detachRolePolicy(b -> b.roleName(role).policyArn(a)));
  }

  private static void putPolicies(IamClient iam, String role, List<Properties> policies) {
    policies.forEach(p ->
        iam.putRolePolicy(b ->
            b.roleName(role)
                .policyName(p.text("PolicyName"))
                .policyDocument(p.text("PolicyDocument"))));
  }

  private static void deletePolicies(IamClient iam, String role, List<Properties> policies) {
    policies.forEach(
        p -> iam.deleteRolePolicy(b -> b.roleName(role).policyName(p.text("PolicyName"))));
  }

  private static List<Tag> tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(t -> Tag.builder().key(t.getKey()).value(t.getValue()).build())
        .toList();
  }
}
