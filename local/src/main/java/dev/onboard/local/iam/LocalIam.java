package dev.onboard.local.iam;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Call;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import dev.onboard.local.store.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AttachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.CreateUserResponse;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserResponse;
import software.amazon.awssdk.services.iam.model.DetachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.ListAccessKeysRequest;
import software.amazon.awssdk.services.iam.model.ListAccessKeysResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;
import software.amazon.awssdk.services.iam.model.ListUsersResponse;
import software.amazon.awssdk.services.iam.model.PutUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.PutUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.TagUserRequest;
import software.amazon.awssdk.services.iam.model.TagUserResponse;
import software.amazon.awssdk.services.iam.model.UntagUserRequest;
import software.amazon.awssdk.services.iam.model.UntagUserResponse;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.User;

/** IAM: roles, users and policies; the operations on roles and managed policies are inherited. */
public final class LocalIam extends PolicyOperations implements IamClient {
  public LocalIam(Environment env) {
    super(env);
    users.createAdministrator();
  }

  @Override
  public String serviceName() {
    return "iam";
  }

  @Override
  public void close() {}

  /** The user that a request names, else the caller. */
  private static String user(@Nullable String name) {
    if (name == null && Call.current().caller() instanceof Principal.User caller) {
      return caller.name();
    }
    return IamErrors.name(name, "userName", Limits.USER_NAME);
  }

  private String userOwner(Tx tx, String name) {
    return Users.owner(users.get(tx, user(name)).userName());
  }

  @Override
  public PutUserPolicyResponse putUserPolicy(PutUserPolicyRequest request) {
    run(tx ->
        InlinePolicies.put(
            tx,
            userOwner(tx, request.userName()),
            request.policyName(),
            request.policyDocument(),
            Limits.USER_INLINE_POLICIES));
    return PutUserPolicyResponse.builder().build();
  }

  @Override
  public GetUserPolicyResponse getUserPolicy(GetUserPolicyRequest request) {
    String document =
        read(tx ->
            InlinePolicies.get(tx, userOwner(tx, request.userName()), request.policyName())
                .orElseThrow(() -> InlinePolicies.missing("user", request.policyName())));
    return GetUserPolicyResponse.builder()
        .userName(request.userName())
        .policyName(request.policyName())
        .policyDocument(PolicyDocument.encoded(document))
        .build();
  }

  @Override
  public ListUserPoliciesResponse listUserPolicies(ListUserPoliciesRequest request) {
    var page =
        Page.of(
            read(tx -> InlinePolicies.names(tx, userOwner(tx, request.userName()))),
            request.marker(),
            request.maxItems());
    return ListUserPoliciesResponse.builder()
        .policyNames(page.items())
        .marker(page.marker())
        .isTruncated(page.isTruncated())
        .build();
  }

  @Override
  public DeleteUserPolicyResponse deleteUserPolicy(DeleteUserPolicyRequest request) {
    run(tx -> {
      String owner = userOwner(tx, request.userName());
      if (!InlinePolicies.delete(tx, owner, request.policyName())) {
        throw InlinePolicies.missing("user", request.policyName());
      }
    });
    return DeleteUserPolicyResponse.builder().build();
  }

  @Override
  public AttachUserPolicyResponse attachUserPolicy(AttachUserPolicyRequest request) {
    run(tx -> policies.attach(tx, userOwner(tx, request.userName()), request.policyArn()));
    return AttachUserPolicyResponse.builder().build();
  }

  @Override
  public DetachUserPolicyResponse detachUserPolicy(DetachUserPolicyRequest request) {
    run(tx -> policies.detach(tx, userOwner(tx, request.userName()), request.policyArn()));
    return DetachUserPolicyResponse.builder().build();
  }

  @Override
  public ListAttachedUserPoliciesResponse listAttachedUserPolicies(
      ListAttachedUserPoliciesRequest request) {
    var page =
        Page.of(
            read(tx -> policies.attached(tx, userOwner(tx, request.userName()))),
            request.marker(),
            request.maxItems());
    return ListAttachedUserPoliciesResponse.builder()
        .attachedPolicies(page.items())
        .marker(page.marker())
        .isTruncated(page.isTruncated())
        .build();
  }

  @Override
  public CreateUserResponse createUser(CreateUserRequest request) {
    if (request.permissionsBoundary() != null) {
      throw AwsErrors.unsupported("iam", "CreateUser", "PermissionsBoundary");
    }
    User created = write(tx -> users.create(tx, request));
    return CreateUserResponse.builder().user(created).build();
  }

  @Override
  public GetUserResponse getUser(GetUserRequest request) {
    User user = read(tx -> users.get(tx, user(request.userName())));
    return GetUserResponse.builder().user(user).build();
  }

  @Override
  public ListUsersResponse listUsers(ListUsersRequest request) {
    var page =
        Page.of(
            read(tx -> users.list(tx, request.pathPrefix())), request.marker(), request.maxItems());
    return ListUsersResponse.builder()
        .users(page.items())
        .marker(page.marker())
        .isTruncated(page.isTruncated())
        .build();
  }

  @Override
  public DeleteUserResponse deleteUser(DeleteUserRequest request) {
    run(tx -> users.delete(tx, user(request.userName())));
    return DeleteUserResponse.builder().build();
  }

  @Override
  public TagUserResponse tagUser(TagUserRequest request) {
    run(tx ->
        users.change(
            tx,
            user(request.userName()),
            u -> u.tags(Tags.changed(u.build().tags(), request.tags(), List.of()))));
    return TagUserResponse.builder().build();
  }

  @Override
  public UntagUserResponse untagUser(UntagUserRequest request) {
    run(tx ->
        users.change(
            tx,
            user(request.userName()),
            u -> u.tags(Tags.changed(u.build().tags(), List.of(), request.tagKeys()))));
    return UntagUserResponse.builder().build();
  }

  @Override
  public CreateAccessKeyResponse createAccessKey(CreateAccessKeyRequest request) {
    AccessKey key = write(tx -> users.createKey(tx, user(request.userName())));
    return CreateAccessKeyResponse.builder().accessKey(key).build();
  }

  @Override
  public ListAccessKeysResponse listAccessKeys(ListAccessKeysRequest request) {
    var page =
        Page.of(
            read(tx -> users.keys(tx, users.get(tx, user(request.userName())).userName())),
            request.marker(),
            request.maxItems());
    return ListAccessKeysResponse.builder()
        .accessKeyMetadata(page.items())
        .marker(page.marker())
        .isTruncated(page.isTruncated())
        .build();
  }

  @Override
  public UpdateAccessKeyResponse updateAccessKey(UpdateAccessKeyRequest request) {
    run(tx ->
        users.changeKey(
            tx, user(request.userName()), request.accessKeyId(), request.statusAsString()));
    return UpdateAccessKeyResponse.builder().build();
  }

  @Override
  public DeleteAccessKeyResponse deleteAccessKey(DeleteAccessKeyRequest request) {
    run(tx -> users.deleteKey(tx, user(request.userName()), request.accessKeyId()));
    return DeleteAccessKeyResponse.builder().build();
  }
}
