package dev.onboard.local.iam;

import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Tx;
import dev.onboard.local.store.Work;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.TagRoleResponse;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleResponse;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleResponse;

/** The operations of IAM on roles. */
abstract class RoleOperations implements IamClient {
  final Environment env;
  final ManagedPolicies policies;
  final Roles roles;
  final Users users;

  RoleOperations(Environment env) {
    this.env = env;
    IamStore.migrate(env.store());
    this.policies = new ManagedPolicies(env);
    this.roles = new Roles(env, policies);
    this.users = new Users(env, policies);
  }

  final <T extends @Nullable Object> T write(Work<T> work) {
    return env.store().write(work);
  }

  final <T extends @Nullable Object> T read(Work<T> work) {
    return env.store().read(work);
  }

  final void run(Consumer<Tx> work) {
    env.store()
        .write(tx -> {
          work.accept(tx);
          return null;
        });
  }

  private static String role(String name) {
    return IamErrors.name(name, "roleName", Limits.ROLE_NAME);
  }

  private String roleOwner(Tx tx, String name) {
    return Roles.owner(roles.get(tx, role(name)).roleName());
  }

  @Override
  public CreateRoleResponse createRole(CreateRoleRequest request) {
    Role created = write(tx -> roles.create(tx, request));
    return CreateRoleResponse.builder().role(created).build();
  }

  @Override
  public GetRoleResponse getRole(GetRoleRequest request) {
    Role role = read(tx -> roles.get(tx, role(request.roleName())));
    return GetRoleResponse.builder()
        .role(Roles.shown(role).toBuilder().roleLastUsed(u -> {}).build())
        .build();
  }

  @Override
  public ListRolesResponse listRoles(ListRolesRequest request) {
    var page =
        Page.of(
            read(tx -> roles.list(tx, request.pathPrefix())), request.marker(), request.maxItems());
    return ListRolesResponse.builder()
        .roles(page.items())
        .marker(page.marker())
        .isTruncated(page.isTruncated())
        .build();
  }

  @Override
  public UpdateRoleResponse updateRole(UpdateRoleRequest request) {
    write(tx ->
        roles.change(
            tx,
            role(request.roleName()),
            r -> {
              if (request.maxSessionDuration() != null) {
                r.maxSessionDuration(Roles.duration(request.maxSessionDuration()));
              }
              return request.description() == null ? r : r.description(request.description());
            }));
    return UpdateRoleResponse.builder().build();
  }

  @Override
  public DeleteRoleResponse deleteRole(DeleteRoleRequest request) {
    run(tx -> roles.delete(tx, role(request.roleName())));
    return DeleteRoleResponse.builder().build();
  }

  @Override
  public UpdateAssumeRolePolicyResponse updateAssumeRolePolicy(
      UpdateAssumeRolePolicyRequest request) {
    String document = Roles.trust(request.policyDocument());
    write(tx ->
        roles.change(tx, role(request.roleName()), r -> r.assumeRolePolicyDocument(document)));
    return UpdateAssumeRolePolicyResponse.builder().build();
  }

  @Override
  public PutRolePermissionsBoundaryResponse putRolePermissionsBoundary(
      PutRolePermissionsBoundaryRequest request) {
    write(tx ->
        roles.change(
            tx,
            role(request.roleName()),
            r -> r.permissionsBoundary(roles.boundary(tx, request.permissionsBoundary()))));
    return PutRolePermissionsBoundaryResponse.builder().build();
  }

  @Override
  public DeleteRolePermissionsBoundaryResponse deleteRolePermissionsBoundary(
      DeleteRolePermissionsBoundaryRequest request) {
    write(tx ->
        roles.change(
            tx,
            role(request.roleName()),
            r -> r.permissionsBoundary((AttachedPermissionsBoundary) null)));
    return DeleteRolePermissionsBoundaryResponse.builder().build();
  }

  @Override
  public TagRoleResponse tagRole(TagRoleRequest request) {
    write(tx ->
        roles.change(
            tx,
            role(request.roleName()),
            r -> r.tags(Tags.changed(r.build().tags(), request.tags(), List.of()))));
    return TagRoleResponse.builder().build();
  }

  @Override
  public UntagRoleResponse untagRole(UntagRoleRequest request) {
    write(tx ->
        roles.change(
            tx,
            role(request.roleName()),
            r -> r.tags(Tags.changed(r.build().tags(), List.of(), request.tagKeys()))));
    return UntagRoleResponse.builder().build();
  }

  @Override
  public ListRoleTagsResponse listRoleTags(ListRoleTagsRequest request) {
    var page =
        Page.of(
            read(tx -> roles.get(tx, role(request.roleName()))).tags(),
            request.marker(),
            request.maxItems());
    return ListRoleTagsResponse.builder()
        .tags(page.items())
        .marker(page.marker())
        .isTruncated(page.isTruncated())
        .build();
  }

  @Override
  public PutRolePolicyResponse putRolePolicy(PutRolePolicyRequest request) {
    run(tx ->
        InlinePolicies.put(
            tx,
            roleOwner(tx, request.roleName()),
            request.policyName(),
            request.policyDocument(),
            Limits.ROLE_INLINE_POLICIES));
    return PutRolePolicyResponse.builder().build();
  }

  @Override
  public GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest request) {
    String document =
        read(tx ->
            InlinePolicies.get(tx, roleOwner(tx, request.roleName()), request.policyName())
                .orElseThrow(() -> InlinePolicies.missing("role", request.policyName())));
    return GetRolePolicyResponse.builder()
        .roleName(request.roleName())
        .policyName(request.policyName())
        .policyDocument(PolicyDocument.encoded(document))
        .build();
  }

  @Override
  public ListRolePoliciesResponse listRolePolicies(ListRolePoliciesRequest request) {
    var page =
        Page.of(
            read(tx -> InlinePolicies.names(tx, roleOwner(tx, request.roleName()))),
            request.marker(),
            request.maxItems());
    return ListRolePoliciesResponse.builder()
        .policyNames(page.items())
        .marker(page.marker())
        .isTruncated(page.isTruncated())
        .build();
  }

  @Override
  public DeleteRolePolicyResponse deleteRolePolicy(DeleteRolePolicyRequest request) {
    run(tx -> {
      String owner = roleOwner(tx, request.roleName());
      if (!InlinePolicies.delete(tx, owner, request.policyName())) {
        throw InlinePolicies.missing("role", request.policyName());
      }
    });
    return DeleteRolePolicyResponse.builder().build();
  }

  @Override
  public AttachRolePolicyResponse attachRolePolicy(AttachRolePolicyRequest request) {
    run(tx -> policies.attach(tx, roleOwner(tx, request.roleName()), request.policyArn()));
    return AttachRolePolicyResponse.builder().build();
  }

  @Override
  public DetachRolePolicyResponse detachRolePolicy(DetachRolePolicyRequest request) {
    run(tx -> policies.detach(tx, roleOwner(tx, request.roleName()), request.policyArn()));
    return DetachRolePolicyResponse.builder().build();
  }

  @Override
  public ListAttachedRolePoliciesResponse listAttachedRolePolicies(
      ListAttachedRolePoliciesRequest request) {
    var page =
        Page.of(
            read(tx -> policies.attached(tx, roleOwner(tx, request.roleName()))),
            request.marker(),
            request.maxItems());
    return ListAttachedRolePoliciesResponse.builder()
        .attachedPolicies(page.items())
        .marker(page.marker())
        .isTruncated(page.isTruncated())
        .build();
  }
}
