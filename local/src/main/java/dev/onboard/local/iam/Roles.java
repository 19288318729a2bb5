package dev.onboard.local.iam;

import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/** Roles. */
final class Roles {
  private final Environment env;
  private final ManagedPolicies policies;

  Roles(Environment env, ManagedPolicies policies) {
    this.env = env;
    this.policies = policies;
  }

  static String owner(String role) {
    return "role/" + role;
  }

  Role create(Tx tx, CreateRoleRequest request) {
    String name = IamErrors.name(request.roleName(), "roleName", Limits.ROLE_NAME);
    if (IamStore.find(tx, "iam_role", Role.class, name).isPresent()) {
      throw IamErrors.exists("Role with name " + name + " already exists.");
    }
    String path = path(request.path());
    Integer duration = request.maxSessionDuration();
    Role role =
        Role.builder()
            .path(path)
            .roleName(name)
            .roleId(Ids.entity("AROA"))
            .arn("arn:aws:iam::" + env.account() + ":role" + path + name)
            .createDate(env.clock().now())
            .assumeRolePolicyDocument(trust(request.assumeRolePolicyDocument()))
            .description(request.description())
            .maxSessionDuration(duration(duration == null ? Limits.SESSION : duration))
            .permissionsBoundary(boundary(tx, request.permissionsBoundary()))
            .tags(Tags.changed(List.of(), request.tags(), List.of()))
            .build();
    save(tx, role);
    // The answer to a creation leaves out what the caller has just said himself, as on AWS.
    return shown(role).toBuilder().description(null).maxSessionDuration(null).build();
  }

  /** The role with its trust policy as text. */
  Role get(Tx tx, String name) {
    return IamStore.find(tx, "iam_role", Role.class, name)
        .orElseThrow(() -> IamErrors.noSuch("The role with name " + name + " cannot be found."));
  }

  List<Role> list(Tx tx, @Nullable String path) {
    return IamStore.all(tx, "iam_role", Role.class).stream()
        .filter(r -> path == null || r.path().startsWith(path))
        // A list leaves out the tags, as on AWS.
        .map(r -> shown(r).toBuilder().tags(List.<Tag>of()).build())
        .toList();
  }

  Role change(Tx tx, String name, UnaryOperator<Role.Builder> change) {
    Role changed = change.apply(get(tx, name).toBuilder()).build();
    save(tx, changed);
    return changed;
  }

  void delete(Tx tx, String name) {
    Role role = get(tx, name);
    if (!policies.attached(tx, owner(role.roleName())).isEmpty()) {
      throw IamErrors.conflict("Cannot delete entity, must detach all policies first.");
    }
    if (!InlinePolicies.names(tx, owner(role.roleName())).isEmpty()) {
      throw IamErrors.conflict("Cannot delete entity, must delete policies first.");
    }
    tx.update("DELETE FROM iam_role WHERE name = ?", name);
  }

  static String trust(String document) {
    PolicyDocument.check(document, PolicyDocument.Kind.TRUST);
    if (PolicyDocument.size(document) > Limits.TRUST_POLICY) {
      throw IamErrors.limit("Cannot exceed quota for ACLSizePerRole: " + Limits.TRUST_POLICY);
    }
    return document;
  }

  static int duration(int seconds) {
    if (seconds < Limits.SESSION || seconds > Limits.LONGEST_SESSION) {
      throw IamErrors.invalid(
          "1 validation error detected: Value '"
              + seconds
              + "' at 'maxSessionDuration' failed to satisfy constraint: Member must have value "
              + (seconds < Limits.SESSION
                  ? "greater than or equal to " + Limits.SESSION
                  : "less than or equal to " + Limits.LONGEST_SESSION));
    }
    return seconds;
  }

  @Nullable AttachedPermissionsBoundary boundary(Tx tx, @Nullable String arn) {
    if (arn == null) {
      return null;
    }
    policies.get(tx, arn);
    return AttachedPermissionsBoundary.builder()
        .permissionsBoundaryType("Policy")
        .permissionsBoundaryArn(arn)
        .build();
  }

  static String path(@Nullable String path) {
    if (path == null) {
      return "/";
    }
    if (!path.matches("/|/[!-~]+/")) {
      throw IamErrors.invalid(
          "The specified value for path is invalid. It must begin and end with / and contain only"
              + " alphanumeric characters and/or / characters.");
    }
    return path;
  }

  /** The role as answers have it. */
  static Role shown(Role role) {
    return role.toBuilder()
        .assumeRolePolicyDocument(PolicyDocument.encoded(role.assumeRolePolicyDocument()))
        .build();
  }

  private static void save(Tx tx, Role role) {
    tx.update(
        "INSERT OR REPLACE INTO iam_role VALUES (?, ?)", role.roleName(), SdkJson.write(role));
  }
}
