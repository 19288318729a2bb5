package dev.onboard.local.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.DeleteBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.DeletePublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.DeletePublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.PutBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.PutBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;
import software.amazon.awssdk.services.s3.model.Tagging;

/** The configurations of buckets that are kept and answered: what they hold is their own affair. */
final class Configurations {
  static final String PUBLIC_ACCESS = "publicAccessBlock";
  static final String TAGGING = "tagging";
  private static final String ENCRYPTION = "encryption";
  private static final String POLICY = "policy";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> CHECKED_BY_THE_GATEWAY =
      Set.of("ContentMD5", "ChecksumAlgorithm");

  private final Environment env;
  private final Buckets buckets;

  Configurations(Environment env, Buckets buckets) {
    this.env = env;
    this.buckets = buckets;
  }

  static void put(Tx tx, String bucket, String kind, String content) {
    tx.update("INSERT OR REPLACE INTO s3_configuration VALUES (?, ?, ?)", bucket, kind, content);
  }

  PutBucketEncryptionResponse putEncryption(PutBucketEncryptionRequest request) {
    only("PutBucketEncryption", request, "ServerSideEncryptionConfiguration");
    ServerSideEncryptionConfiguration given = request.serverSideEncryptionConfiguration();
    if (given == null || given.rules().size() != 1) {
      throw S3Errors.malformedXml();
    }
    ServerSideEncryptionRule rule = given.rules().getFirst();
    ServerSideEncryptionByDefault encryption = rule.applyServerSideEncryptionByDefault();
    if (encryption == null || encryption.sseAlgorithm() == null) {
      throw S3Errors.malformedXml();
    }
    if (encryption.sseAlgorithm() == ServerSideEncryption.UNKNOWN_TO_SDK_VERSION) {
      throw S3Errors.malformedXml();
    }
    if (encryption.sseAlgorithm() != ServerSideEncryption.AES256) {
      throw S3Errors.unsupported(
          "PutBucketEncryption", "SSEAlgorithm " + encryption.sseAlgorithmAsString());
    }
    if (encryption.kmsMasterKeyID() != null) {
      throw S3Errors.invalidArgument(
          "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or"
              + " aws:kms:dsse");
    }
    Members.only(
        "PutBucketEncryption",
        env.account(),
        rule,
        Set.of("ApplyServerSideEncryptionByDefault", "BucketKeyEnabled"));
    ServerSideEncryptionRule kept =
        rule.bucketKeyEnabled() == null ? rule.toBuilder().bucketKeyEnabled(false).build() : rule;
    put(request.bucket(), ENCRYPTION, given.toBuilder().rules(kept).build());
    return PutBucketEncryptionResponse.builder().build();
  }

  GetBucketEncryptionResponse encryption(GetBucketEncryptionRequest request) {
    only("GetBucketEncryption", request);
    // Every bucket encrypts with S3's own keys unless told otherwise.
    var standard =
        ServerSideEncryptionConfiguration.builder()
            .rules(
                ServerSideEncryptionRule.builder()
                    .bucketKeyEnabled(false)
                    .applyServerSideEncryptionByDefault(
                        e -> e.sseAlgorithm(ServerSideEncryption.AES256))
                    .build())
            .build();
    return GetBucketEncryptionResponse.builder()
        .serverSideEncryptionConfiguration(
            get(request.bucket(), ENCRYPTION, ServerSideEncryptionConfiguration.class)
                .orElse(standard))
        .build();
  }

  DeleteBucketEncryptionResponse deleteEncryption(DeleteBucketEncryptionRequest request) {
    only("DeleteBucketEncryption", request);
    delete(request.bucket(), ENCRYPTION);
    return DeleteBucketEncryptionResponse.builder().build();
  }

  PutPublicAccessBlockResponse putPublicAccess(PutPublicAccessBlockRequest request) {
    only("PutPublicAccessBlock", request, "PublicAccessBlockConfiguration");
    PublicAccessBlockConfiguration given = request.publicAccessBlockConfiguration();
    if (given == null) {
      throw S3Errors.malformedXml();
    }
    put(
        request.bucket(),
        PUBLIC_ACCESS,
        PublicAccessBlockConfiguration.builder()
            .blockPublicAcls(Boolean.TRUE.equals(given.blockPublicAcls()))
            .ignorePublicAcls(Boolean.TRUE.equals(given.ignorePublicAcls()))
            .blockPublicPolicy(Boolean.TRUE.equals(given.blockPublicPolicy()))
            .restrictPublicBuckets(Boolean.TRUE.equals(given.restrictPublicBuckets()))
            .build());
    return PutPublicAccessBlockResponse.builder().build();
  }

  GetPublicAccessBlockResponse publicAccess(GetPublicAccessBlockRequest request) {
    only("GetPublicAccessBlock", request);
    return GetPublicAccessBlockResponse.builder()
        .publicAccessBlockConfiguration(
            get(request.bucket(), PUBLIC_ACCESS, PublicAccessBlockConfiguration.class)
                .orElseThrow(() ->
                    missing(
                        "NoSuchPublicAccessBlockConfiguration",
                        "The public access block configuration was not found")))
        .build();
  }

  DeletePublicAccessBlockResponse deletePublicAccess(DeletePublicAccessBlockRequest request) {
    only("DeletePublicAccessBlock", request);
    delete(request.bucket(), PUBLIC_ACCESS);
    return DeletePublicAccessBlockResponse.builder().build();
  }

  PutBucketPolicyResponse putPolicy(PutBucketPolicyRequest request) {
    only("PutBucketPolicy", request, "Policy", "ConfirmRemoveSelfBucketAccess");
    checkPolicy(request.policy());
    env.store()
        .write(tx -> {
          buckets.required(tx, request.bucket());
          put(tx, request.bucket(), POLICY, request.policy());
          return null;
        });
    return PutBucketPolicyResponse.builder().build();
  }

  GetBucketPolicyResponse policy(GetBucketPolicyRequest request) {
    only("GetBucketPolicy", request);
    return GetBucketPolicyResponse.builder()
        .policy(
            text(request.bucket(), POLICY)
                .orElseThrow(
                    () -> missing("NoSuchBucketPolicy", "The bucket policy does not exist")))
        .build();
  }

  DeleteBucketPolicyResponse deletePolicy(DeleteBucketPolicyRequest request) {
    only("DeleteBucketPolicy", request);
    delete(request.bucket(), POLICY);
    return DeleteBucketPolicyResponse.builder().build();
  }

  PutBucketTaggingResponse putTagging(PutBucketTaggingRequest request) {
    only("PutBucketTagging", request, "Tagging");
    if (request.tagging() == null) {
      throw S3Errors.malformedXml();
    }
    Tags tags = Tags.ofBucket(request.tagging().tagSet());
    put(request.bucket(), TAGGING, Tagging.builder().tagSet(tags.all()).build());
    return PutBucketTaggingResponse.builder().build();
  }

  GetBucketTaggingResponse tagging(GetBucketTaggingRequest request) {
    only("GetBucketTagging", request);
    return GetBucketTaggingResponse.builder()
        .tagSet(
            get(request.bucket(), TAGGING, Tagging.class)
                .map(Tagging::tagSet)
                .filter(tags -> !tags.isEmpty())
                .orElseThrow(() -> missing("NoSuchTagSet", "The TagSet does not exist")))
        .build();
  }

  DeleteBucketTaggingResponse deleteTagging(DeleteBucketTaggingRequest request) {
    only("DeleteBucketTagging", request);
    delete(request.bucket(), TAGGING);
    return DeleteBucketTaggingResponse.builder().build();
  }

  private static void checkPolicy(@Nullable String policy) {
    if (policy != null && policy.getBytes(StandardCharsets.UTF_8).length > S3Limits.POLICY_BYTES) {
      throw malformedPolicy("Policy exceeds the maximum allowed size");
    }
    JsonNode json;
    try {
      json = policy == null || !policy.startsWith("{") ? null : JSON.readTree(policy);
    } catch (JsonProcessingException e) {
      json = null;
    }
    if (json == null) {
      throw malformedPolicy("Policies must be valid JSON and the first byte must be '{'");
    }
    if (json.path("Statement").isMissingNode()) {
      throw malformedPolicy("Missing required field Statement");
    }
  }

  private static AwsServiceException malformedPolicy(String message) {
    return S3Errors.of(400, "MalformedPolicy", message);
  }

  private static AwsServiceException missing(String code, String message) {
    return S3Errors.of(404, code, message);
  }

  private void only(String operation, S3Request request, String... members) {
    var known = new HashSet<>(Set.of(members));
    known.addAll(CHECKED_BY_THE_GATEWAY);
    Members.only(operation, env.account(), request, known);
  }

  private void put(String bucket, String kind, SdkPojo content) {
    env.store()
        .write(tx -> {
          buckets.required(tx, bucket);
          put(tx, bucket, kind, SdkJson.write(content));
          return null;
        });
  }

  private <T extends SdkPojo> Optional<T> get(String bucket, String kind, Class<T> type) {
    return text(bucket, kind).map(json -> SdkJson.read(type, json));
  }

  private Optional<String> text(String bucket, String kind) {
    return env.store()
        .read(tx -> {
          buckets.required(tx, bucket);
          return tx.first(
              "SELECT content FROM s3_configuration WHERE bucket = ? AND kind = ?",
              r -> r.string(1),
              bucket,
              kind);
        });
  }

  private void delete(String bucket, String kind) {
    env.store()
        .write(tx -> {
          buckets.required(tx, bucket);
          return tx.update(
              "DELETE FROM s3_configuration WHERE bucket = ? AND kind = ?", bucket, kind);
        });
  }
}
