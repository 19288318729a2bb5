package dev.onboard.local.s3;

import dev.onboard.local.call.Environment;
import dev.onboard.local.wire.SdkJson;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.BucketLifecycleConfiguration;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DeleteBucketLifecycleRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketLifecycleResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketOwnershipControlsResponse;
import software.amazon.awssdk.services.s3.model.EventBridgeConfiguration;
import software.amazon.awssdk.services.s3.model.GetBucketAclRequest;
import software.amazon.awssdk.services.s3.model.GetBucketAclResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketOwnershipControlsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.MFADelete;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControls;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.PutBucketNotificationConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.PutBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.PutBucketOwnershipControlsResponse;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.TransitionDefaultMinimumObjectSize;
import software.amazon.awssdk.services.s3.model.Type;
import software.amazon.awssdk.services.s3.model.VersioningConfiguration;

/** The configurations of buckets that decide what becomes of objects. */
final class Behaviours {
  private final Environment env;
  private final Buckets buckets;
  private final Owner owner;
  private final Runnable lifecyclesChanged;

  Behaviours(Environment env, Buckets buckets, Owner owner, Runnable lifecyclesChanged) {
    this.env = env;
    this.buckets = buckets;
    this.owner = owner;
    this.lifecyclesChanged = lifecyclesChanged;
  }

  PutBucketVersioningResponse putVersioning(PutBucketVersioningRequest request) {
    only(
        "PutBucketVersioning",
        request,
        "VersioningConfiguration",
        "ContentMD5",
        "ChecksumAlgorithm");
    VersioningConfiguration given = request.versioningConfiguration();
    if (given == null || given.status() == null) {
      throw S3Errors.of(
          400,
          "IllegalVersioningConfigurationException",
          "The Versioning element must be specified");
    }
    if (given.status() == BucketVersioningStatus.UNKNOWN_TO_SDK_VERSION) {
      throw S3Errors.malformedXml();
    }
    if (given.mfaDelete() == MFADelete.ENABLED) {
      throw S3Errors.unsupported("PutBucketVersioning", "MfaDelete");
    }
    set(request.bucket(), "versioning", given.statusAsString());
    return PutBucketVersioningResponse.builder().build();
  }

  GetBucketVersioningResponse versioning(GetBucketVersioningRequest request) {
    only("GetBucketVersioning", request);
    return GetBucketVersioningResponse.builder()
        .status(buckets.required(request.bucket()).versioning())
        .build();
  }

  PutBucketOwnershipControlsResponse putOwnership(PutBucketOwnershipControlsRequest request) {
    only(
        "PutBucketOwnershipControls",
        request,
        "OwnershipControls",
        "ContentMD5",
        "ChecksumAlgorithm");
    OwnershipControls given = request.ownershipControls();
    if (given == null
        || given.rules().size() != 1
        || given.rules().getFirst().objectOwnership() == null
        || given.rules().getFirst().objectOwnership() == ObjectOwnership.UNKNOWN_TO_SDK_VERSION) {
      throw S3Errors.malformedXml();
    }
    set(request.bucket(), "ownership", given.rules().getFirst().objectOwnershipAsString());
    return PutBucketOwnershipControlsResponse.builder().build();
  }

  GetBucketOwnershipControlsResponse ownership(GetBucketOwnershipControlsRequest request) {
    only("GetBucketOwnershipControls", request);
    String ownership = buckets.required(request.bucket()).ownership();
    if (ownership == null) {
      throw S3Errors.of(
          404, "OwnershipControlsNotFoundError", "The bucket ownership controls were not found");
    }
    return GetBucketOwnershipControlsResponse.builder()
        .ownershipControls(
            c -> c.rules(OwnershipControlsRule.builder().objectOwnership(ownership).build()))
        .build();
  }

  DeleteBucketOwnershipControlsResponse deleteOwnership(
      DeleteBucketOwnershipControlsRequest request) {
    only("DeleteBucketOwnershipControls", request);
    set(request.bucket(), "ownership", null);
    return DeleteBucketOwnershipControlsResponse.builder().build();
  }

  PutBucketNotificationConfigurationResponse putNotification(
      PutBucketNotificationConfigurationRequest request) {
    // There is no destination but the default bus, so that there is none to validate.
    only(
        "PutBucketNotificationConfiguration",
        request,
        "NotificationConfiguration",
        "SkipDestinationValidation");
    NotificationConfiguration given = request.notificationConfiguration();
    if (given == null) {
      throw S3Errors.malformedXml();
    }
    Members.only(
        "PutBucketNotificationConfiguration",
        env.account(),
        given,
        Set.of("EventBridgeConfiguration"));
    set(request.bucket(), "eventbridge", given.eventBridgeConfiguration() != null);
    return PutBucketNotificationConfigurationResponse.builder().build();
  }

  GetBucketNotificationConfigurationResponse notification(
      GetBucketNotificationConfigurationRequest request) {
    only("GetBucketNotificationConfiguration", request);
    var response = GetBucketNotificationConfigurationResponse.builder();
    if (buckets.required(request.bucket()).eventBridge()) {
      response.eventBridgeConfiguration(EventBridgeConfiguration.builder().build());
    }
    return response.build();
  }

  PutBucketLifecycleConfigurationResponse putLifecycle(
      PutBucketLifecycleConfigurationRequest request) {
    only(
        "PutBucketLifecycleConfiguration",
        request,
        "LifecycleConfiguration",
        "TransitionDefaultMinimumObjectSize",
        "ChecksumAlgorithm");
    BucketLifecycleConfiguration rules = LifecycleRules.checked(request.lifecycleConfiguration());
    TransitionDefaultMinimumObjectSize smallest = request.transitionDefaultMinimumObjectSize();
    if (smallest != null
        && smallest != TransitionDefaultMinimumObjectSize.ALL_STORAGE_CLASSES_128_K) {
      throw S3Errors.unsupported(
          "PutBucketLifecycleConfiguration",
          "TransitionDefaultMinimumObjectSize "
              + request.transitionDefaultMinimumObjectSizeAsString());
    }
    set(request.bucket(), "lifecycle", SdkJson.write(rules));
    return PutBucketLifecycleConfigurationResponse.builder()
        .transitionDefaultMinimumObjectSize(
            TransitionDefaultMinimumObjectSize.ALL_STORAGE_CLASSES_128_K)
        .build();
  }

  GetBucketLifecycleConfigurationResponse lifecycle(
      GetBucketLifecycleConfigurationRequest request) {
    only("GetBucketLifecycleConfiguration", request);
    Lifecycle lifecycle = buckets.required(request.bucket()).lifecycle();
    if (lifecycle.rules().isEmpty()) {
      throw S3Errors.of(
          404, "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist");
    }
    return GetBucketLifecycleConfigurationResponse.builder()
        .rules(lifecycle.rules())
        .transitionDefaultMinimumObjectSize(
            TransitionDefaultMinimumObjectSize.ALL_STORAGE_CLASSES_128_K)
        .build();
  }

  DeleteBucketLifecycleResponse deleteLifecycle(DeleteBucketLifecycleRequest request) {
    only("DeleteBucketLifecycle", request);
    set(request.bucket(), "lifecycle", null);
    return DeleteBucketLifecycleResponse.builder().build();
  }

  GetBucketAclResponse acl(GetBucketAclRequest request) {
    only("GetBucketAcl", request);
    buckets.required(request.bucket());
    return GetBucketAclResponse.builder()
        .owner(owner.owner())
        .grants(
            Grant.builder()
                .permission(Permission.FULL_CONTROL)
                .grantee(g -> g.type(Type.CANONICAL_USER).id(owner.canonicalId()))
                .build())
        .build();
  }

  private void only(String operation, S3Request request, String... members) {
    Members.only(operation, env.account(), request, Set.of(members));
  }

  /** Sets one of the columns of a bucket; the name of the column is one of ours. */
  private void set(String bucket, String column, @Nullable Object value) {
    env.store()
        .write(tx -> {
          buckets.required(tx, bucket);
          tx.update("UPDATE s3_bucket SET " + column + " = ? WHERE name = ?", value, bucket);
          env.store().afterCommit(lifecyclesChanged);
          return null;
        });
  }
}
