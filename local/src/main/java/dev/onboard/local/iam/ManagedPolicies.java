package dev.onboard.local.iam;

import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.Tag;

/** The policies that stand by themselves, with their versions and whom they are attached to. */
final class ManagedPolicies {
  private final Environment env;

  ManagedPolicies(Environment env) {
    this.env = env;
  }

  Policy create(Tx tx, CreatePolicyRequest request) {
    String name = IamErrors.name(request.policyName(), "policyName", Limits.POLICY_NAME);
    String path = request.path() == null ? "/" : request.path();
    String document = checked(request.policyDocument());
    String arn = "arn:aws:iam::" + env.account() + ":policy" + path + name;
    if (tx.exists("SELECT 1 FROM iam_policy WHERE name = ? COLLATE NOCASE", name)) {
      throw IamErrors.exists(
          "A policy called " + name + " already exists. Duplicate names are not allowed.");
    }
    Instant now = env.clock().now();
    Policy policy =
        Policy.builder()
            .policyName(name)
            .policyId(Ids.entity("ANPA"))
            .arn(arn)
            .path(path)
            .defaultVersionId("v1")
            .attachmentCount(0)
            .permissionsBoundaryUsageCount(0)
            .isAttachable(true)
            .description(request.description())
            .createDate(now)
            .updateDate(now)
            .tags(request.tags())
            .build();
    save(tx, policy);
    tx.update("INSERT INTO iam_policy_version VALUES (?, 1, ?, ?)", arn, document, now);
    return policy.toBuilder().description(null).build();
  }

  Policy get(Tx tx, String arn) {
    if (AwsManagedPolicies.isOne(arn)) {
      if (AwsManagedPolicies.document(arn) == null) {
        throw missing(arn);
      }
      return AwsManagedPolicies.policy(arn, attachments(tx, arn));
    }
    return tx.first(
            "SELECT record FROM iam_policy WHERE arn = ?",
            r -> SdkJson.read(Policy.class, r.string(1)),
            arn)
        .map(p -> p.toBuilder().attachmentCount(attachments(tx, arn)).build())
        .orElseThrow(() -> missing(arn));
  }

  List<Policy> list(Tx tx, @Nullable PolicyScopeType scope, boolean onlyAttached, String path) {
    var policies = new ArrayList<Policy>();
    if (scope != PolicyScopeType.AWS) {
      policies.addAll(
          tx.list(
              "SELECT record FROM iam_policy ORDER BY name",
              r -> SdkJson.read(Policy.class, r.string(1))));
    }
    if (scope != PolicyScopeType.LOCAL) {
      AwsManagedPolicies.arns().forEach(a -> policies.add(AwsManagedPolicies.policy(a, 0)));
    }
    return policies.stream()
        .map(p -> p.toBuilder().attachmentCount(attachments(tx, p.arn())).description(null).build())
        .filter(p -> !onlyAttached || p.attachmentCount() > 0)
        .filter(p -> p.path().startsWith(path))
        .toList();
  }

  void delete(Tx tx, String arn) {
    refuseAwsOwn(arn);
    get(tx, arn);
    if (attachments(tx, arn) > 0) {
      throw IamErrors.conflict("Cannot delete a policy attached to entities.");
    }
    if (versions(tx, arn).size() > 1) {
      throw IamErrors.conflict(
          "This policy has more than one version. Before you delete a policy, you must delete the"
              + " policy's versions. The default version is deleted with the policy.");
    }
    tx.update("DELETE FROM iam_policy_version WHERE arn = ?", arn);
    tx.update("DELETE FROM iam_policy WHERE arn = ?", arn);
  }

  /** The versions, newest first. */
  List<PolicyVersion> versions(Tx tx, String arn) {
    Policy policy = get(tx, arn);
    if (AwsManagedPolicies.isOne(arn)) {
      return List.of(version(policy, 1, policy.createDate(), null));
    }
    return tx.list(
        "SELECT number, created FROM iam_policy_version WHERE arn = ? ORDER BY number DESC",
        r -> version(policy, r.integer(1), r.instant("created"), null),
        arn);
  }

  PolicyVersion version(Tx tx, String arn, String id) {
    Policy policy = get(tx, arn);
    String own = AwsManagedPolicies.document(arn);
    if (own != null && id.equals("v1")) {
      return version(policy, 1, policy.createDate(), PolicyDocument.encoded(own));
    }
    return tx.first(
            "SELECT document, created FROM iam_policy_version WHERE arn = ? AND number = ?",
            r ->
                version(
                    policy, number(id), r.instant("created"), PolicyDocument.encoded(r.string(1))),
            arn,
            number(id))
        .orElseThrow(() ->
            IamErrors.noSuch(
                "Policy " + arn + " version " + id + " does not exist or is not attachable."));
  }

  PolicyVersion addVersion(Tx tx, String arn, String document, boolean asDefault) {
    refuseAwsOwn(arn);
    Policy policy = get(tx, arn);
    checked(document);
    if (versions(tx, arn).size() >= Limits.POLICY_VERSIONS) {
      throw IamErrors.limit(
          "A managed policy can have up to "
              + Limits.POLICY_VERSIONS
              + " versions. Before you create a new version, you must delete an existing version.");
    }
    int number =
        (int)
            tx.number(
                "SELECT coalesce(max(number), 0) + 1 FROM iam_policy_version WHERE arn = ?", arn);
    Instant now = env.clock().now();
    tx.update("INSERT INTO iam_policy_version VALUES (?, ?, ?, ?)", arn, number, document, now);
    Policy changed = policy.toBuilder().updateDate(now).build();
    if (asDefault) {
      changed = changed.toBuilder().defaultVersionId("v" + number).build();
    }
    save(tx, changed);
    return version(changed, number, now, null);
  }

  void setDefault(Tx tx, String arn, String id) {
    refuseAwsOwn(arn);
    version(tx, arn, id);
    save(tx, get(tx, arn).toBuilder().defaultVersionId(id).updateDate(env.clock().now()).build());
  }

  void deleteVersion(Tx tx, String arn, String id) {
    refuseAwsOwn(arn);
    version(tx, arn, id);
    if (get(tx, arn).defaultVersionId().equals(id)) {
      throw IamErrors.conflict("Cannot delete the default version of a policy.");
    }
    tx.update("DELETE FROM iam_policy_version WHERE arn = ? AND number = ?", arn, number(id));
  }

  void tag(Tx tx, String arn, List<Tag> tags, List<String> removed) {
    refuseAwsOwn(arn);
    Policy policy = get(tx, arn);
    save(tx, policy.toBuilder().tags(Tags.changed(policy.tags(), tags, removed)).build());
  }

  void attach(Tx tx, String owner, String arn) {
    boolean there =
        AwsManagedPolicies.isOne(arn)
            ? AwsManagedPolicies.document(arn) != null
            : tx.exists("SELECT 1 FROM iam_policy WHERE arn = ?", arn);
    if (!there) {
      throw IamErrors.noSuch("Policy " + arn + " does not exist or is not attachable.");
    }
    tx.update("INSERT OR IGNORE INTO iam_attachment VALUES (?, ?)", owner, arn);
    if (attached(tx, owner).size() > Limits.ATTACHED_POLICIES) {
      throw IamErrors.limit(
          "Cannot exceed quota for PoliciesPer"
              + (owner.startsWith("role/") ? "Role" : "User")
              + ": "
              + Limits.ATTACHED_POLICIES);
    }
  }

  void detach(Tx tx, String owner, String arn) {
    if (tx.update("DELETE FROM iam_attachment WHERE owner = ? AND arn = ?", owner, arn) == 0) {
      throw IamErrors.noSuch("Policy " + arn + " was not found.");
    }
  }

  /** The policies attached to a role or user, in the order in which they were attached. */
  List<AttachedPolicy> attached(Tx tx, String owner) {
    return tx.list(
        "SELECT arn FROM iam_attachment WHERE owner = ? ORDER BY rowid",
        r ->
            AttachedPolicy.builder()
                .policyArn(r.string(1))
                .policyName(r.string(1).substring(r.string(1).lastIndexOf('/') + 1))
                .build(),
        owner);
  }

  private static PolicyVersion version(
      Policy policy, int number, Instant created, @Nullable String document) {
    return PolicyVersion.builder()
        .versionId("v" + number)
        .isDefaultVersion(policy.defaultVersionId().equals("v" + number))
        .createDate(created)
        .document(document)
        .build();
  }

  private static int number(String id) {
    if (!id.matches("v[1-9][0-9]{0,8}")) {
      throw IamErrors.invalid(
          "1 validation error detected: Value '"
              + id
              + "' at 'versionId' failed to satisfy constraint: Member must satisfy regular"
              + " expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?");
    }
    return Integer.parseInt(id.substring(1));
  }

  private static String checked(String document) {
    PolicyDocument.check(document, PolicyDocument.Kind.IDENTITY);
    if (PolicyDocument.size(document) > Limits.MANAGED_POLICY) {
      throw IamErrors.limit("Cannot exceed quota for PolicySize: " + Limits.MANAGED_POLICY);
    }
    return document;
  }

  private static int attachments(Tx tx, String arn) {
    return (int) tx.number("SELECT count(*) FROM iam_attachment WHERE arn = ?", arn);
  }

  private static void refuseAwsOwn(String arn) {
    if (AwsManagedPolicies.isOne(arn)) {
      throw dev.onboard.local.call.AwsErrors.error(
          software.amazon.awssdk.services.iam.model.IamException.builder(),
          403,
          "AccessDenied",
          "Policies of AWS cannot be changed: " + arn);
    }
  }

  private static RuntimeException missing(String arn) {
    return IamErrors.noSuch("Policy " + arn + " was not found.");
  }

  private static void save(Tx tx, Policy policy) {
    tx.update(
        "INSERT OR REPLACE INTO iam_policy VALUES (?, ?, ?)",
        policy.arn(),
        policy.policyName(),
        SdkJson.write(policy));
  }
}
