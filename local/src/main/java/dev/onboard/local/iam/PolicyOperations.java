package dev.onboard.local.iam;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsResponse;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.SetDefaultPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.SetDefaultPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.TagPolicyRequest;
import software.amazon.awssdk.services.iam.model.TagPolicyResponse;
import software.amazon.awssdk.services.iam.model.UntagPolicyRequest;
import software.amazon.awssdk.services.iam.model.UntagPolicyResponse;

/** The operations of IAM on managed policies. */
abstract class PolicyOperations extends RoleOperations {
  PolicyOperations(Environment env) {
    super(env);
  }

  private static String arn(@Nullable String arn) {
    if (arn == null || !arn.startsWith("arn:")) {
      throw IamErrors.invalid("ARN " + arn + " is not valid.");
    }
    return arn;
  }

  @Override
  public CreatePolicyResponse createPolicy(CreatePolicyRequest request) {
    Policy created = write(tx -> policies.create(tx, request));
    return CreatePolicyResponse.builder().policy(created).build();
  }

  @Override
  public GetPolicyResponse getPolicy(GetPolicyRequest request) {
    Policy policy = read(tx -> policies.get(tx, arn(request.policyArn())));
    return GetPolicyResponse.builder().policy(policy).build();
  }

  @Override
  public ListPoliciesResponse listPolicies(ListPoliciesRequest request) {
    String path = request.pathPrefix() == null ? "/" : request.pathPrefix();
    boolean attached = Boolean.TRUE.equals(request.onlyAttached());
    if (request.policyUsageFilter() != null) {
      throw AwsErrors.unsupported("iam", "ListPolicies", "PolicyUsageFilter");
    }
    var page =
        Page.of(
            read(tx -> policies.list(tx, request.scope(), attached, path)),
            request.marker(),
            request.maxItems());
    return ListPoliciesResponse.builder()
        .policies(page.items())
        .marker(page.marker())
        .isTruncated(page.isTruncated())
        .build();
  }

  @Override
  public DeletePolicyResponse deletePolicy(DeletePolicyRequest request) {
    run(tx -> policies.delete(tx, arn(request.policyArn())));
    return DeletePolicyResponse.builder().build();
  }

  @Override
  public CreatePolicyVersionResponse createPolicyVersion(CreatePolicyVersionRequest request) {
    boolean asDefault = Boolean.TRUE.equals(request.setAsDefault());
    PolicyVersion added =
        write(tx ->
            policies.addVersion(tx, arn(request.policyArn()), request.policyDocument(), asDefault));
    return CreatePolicyVersionResponse.builder().policyVersion(added).build();
  }

  @Override
  public GetPolicyVersionResponse getPolicyVersion(GetPolicyVersionRequest request) {
    PolicyVersion version =
        read(tx -> policies.version(tx, arn(request.policyArn()), request.versionId()));
    return GetPolicyVersionResponse.builder().policyVersion(version).build();
  }

  @Override
  public ListPolicyVersionsResponse listPolicyVersions(ListPolicyVersionsRequest request) {
    var page =
        Page.of(
            read(tx -> policies.versions(tx, arn(request.policyArn()))),
            request.marker(),
            request.maxItems());
    return ListPolicyVersionsResponse.builder()
        .versions(page.items())
        .marker(page.marker())
        .isTruncated(page.isTruncated())
        .build();
  }

  @Override
  public DeletePolicyVersionResponse deletePolicyVersion(DeletePolicyVersionRequest request) {
    run(tx -> policies.deleteVersion(tx, arn(request.policyArn()), request.versionId()));
    return DeletePolicyVersionResponse.builder().build();
  }

  @Override
  public SetDefaultPolicyVersionResponse setDefaultPolicyVersion(
      SetDefaultPolicyVersionRequest request) {
    run(tx -> policies.setDefault(tx, arn(request.policyArn()), request.versionId()));
    return SetDefaultPolicyVersionResponse.builder().build();
  }

  @Override
  public TagPolicyResponse tagPolicy(TagPolicyRequest request) {
    run(tx -> policies.tag(tx, arn(request.policyArn()), request.tags(), List.of()));
    return TagPolicyResponse.builder().build();
  }

  @Override
  public UntagPolicyResponse untagPolicy(UntagPolicyRequest request) {
    run(tx -> policies.tag(tx, arn(request.policyArn()), List.of(), request.tagKeys()));
    return UntagPolicyResponse.builder().build();
  }
}
