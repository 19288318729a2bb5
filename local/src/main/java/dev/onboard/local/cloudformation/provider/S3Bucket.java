package dev.onboard.local.cloudformation.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.AwsErrors;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketLifecycleConfiguration;
import software.amazon.awssdk.services.s3.model.CORSConfiguration;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.OwnershipControls;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionConfiguration;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.VersioningConfiguration;

/** {@code AWS::S3::Bucket}. */
final class S3Bucket extends Provider {
  private static final int NAME_LIMIT = 63;

  S3Bucket() {
    super(
        "AWS::S3::Bucket",
        """
        BucketName@: String
        BucketEncryption: { ServerSideEncryptionConfiguration*: [{
          BucketKeyEnabled: Boolean
          ServerSideEncryptionByDefault: { SSEAlgorithm*: String, KMSMasterKeyID: String } }] }
        PublicAccessBlockConfiguration: { BlockPublicAcls: Boolean, BlockPublicPolicy: Boolean
          IgnorePublicAcls: Boolean, RestrictPublicBuckets: Boolean }
        OwnershipControls: { Rules*: [{ ObjectOwnership: String }] }
        VersioningConfiguration: { Status*: String }
        NotificationConfiguration: {
          EventBridgeConfiguration: { EventBridgeEnabled*: Boolean }
          LambdaConfigurations: [{ Event*: String, Function*: String
            Filter: { S3Key*: { Rules*: [{ Name*: String, Value*: String }] } } }]
          QueueConfigurations: [{ Event*: String, Queue*: String
            Filter: { S3Key*: { Rules*: [{ Name*: String, Value*: String }] } } }]
          TopicConfigurations: [{ Event*: String, Topic*: String
            Filter: { S3Key*: { Rules*: [{ Name*: String, Value*: String }] } } }] }
        LifecycleConfiguration: { Rules*: [{ Id: String, Status*: String, Prefix: String
          ExpirationInDays: Integer, ExpirationDate: String, ExpiredObjectDeleteMarker: Boolean
          ObjectSizeGreaterThan: Integer, ObjectSizeLessThan: Integer
          TagFilters: [{ Key*: String, Value*: String }]
          NoncurrentVersionExpiration: { NoncurrentDays*: Integer, NewerNoncurrentVersions: Integer }
          AbortIncompleteMultipartUpload: { DaysAfterInitiation*: Integer }
          Transitions: [{ StorageClass*: String, TransitionInDays: Integer, TransitionDate: String }]
          NoncurrentVersionTransitions: [{ StorageClass*: String, TransitionInDays*: Integer
            NewerNoncurrentVersions: Integer }] }] }
        CorsConfiguration: { CorsRules*: [{ Id: String, AllowedHeaders: [String]
          AllowedMethods*: [String], AllowedOrigins*: [String], ExposedHeaders: [String]
          MaxAge: Integer }] }
        Tags: [{ Key*: String, Value*: String }]
        """,
        "Arn",
        "DomainName",
        "DualStackDomainName",
        "RegionalDomainName",
        "WebsiteURL");
  }

  @Override
  public Physical create(Context context, Properties now) {
    String name = context.lowerCaseName(now.textOrNull("BucketName"), NAME_LIMIT);
    S3Client s3 = context.client(S3Client.class);
    // Creating a bucket that one has already succeeds in us-east-1; a stack must not adopt it.
    if (exists(s3, name)) {
      throw AwsErrors.error(
          BucketAlreadyExistsException.builder(),
          409,
          "BucketAlreadyExists",
          name + " already exists");
    }
    s3.createBucket(b -> b.bucket(name));
    configure(s3, name, Properties.NONE, now);
    String region = context.environment().region();
    return Physical.of(
        name,
        "Arn",
        "arn:aws:s3:::" + name,
        "DomainName",
        name + ".s3.amazonaws.com",
        "DualStackDomainName",
        name + ".s3.dualstack." + region + ".amazonaws.com",
        "RegionalDomainName",
        name + ".s3." + region + ".amazonaws.com",
        "WebsiteURL",
        "http://" + name + ".s3-website-" + region + ".amazonaws.com");
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    configure(context.client(S3Client.class), physical.id(), before, now);
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context.client(S3Client.class).deleteBucket(b -> b.bucket(physical.id()));
  }

  private static boolean exists(S3Client s3, String name) {
    try {
      s3.headBucket(b -> b.bucket(name));
      return true;
    } catch (AwsServiceException e) {
      if (e.statusCode() == 404) {
        return false;
      }
      throw e;
    }
  }

  private static void configure(S3Client s3, String name, Properties before, Properties now) {
    if (now.differsFrom(before, "BucketEncryption")) {
      encryption(s3, name, now);
    }
    if (now.differsFrom(before, "PublicAccessBlockConfiguration")) {
      var block = now.in("PublicAccessBlockConfiguration");
      if (now.has("PublicAccessBlockConfiguration")) {
        s3.putPublicAccessBlock(b ->
            b.bucket(name)
                .publicAccessBlockConfiguration(
                    block.into(PublicAccessBlockConfiguration.builder()).build()));
      } else {
        s3.deletePublicAccessBlock(b -> b.bucket(name));
      }
    }
    if (now.differsFrom(before, "OwnershipControls")) {
      ownership(s3, name, now);
    }
    if (now.differsFrom(before, "VersioningConfiguration")) {
      String status = now.in("VersioningConfiguration").text("Status", "Suspended");
      s3.putBucketVersioning(b ->
          b.bucket(name)
              .versioningConfiguration(VersioningConfiguration.builder().status(status).build()));
    }
    if (now.differsFrom(before, "NotificationConfiguration")) {
      var notifications = notifications(now.in("NotificationConfiguration"));
      s3.putBucketNotificationConfiguration(
          b -> b.bucket(name).notificationConfiguration(notifications));
    }
    if (now.differsFrom(before, "LifecycleConfiguration")) {
      lifecycle(s3, name, now);
    }
    if (now.differsFrom(before, "CorsConfiguration")) {
      cors(s3, name, now);
    }
    if (now.differsFrom(before, "Tags")) {
      tags(s3, name, now.tags());
    }
  }

  private static void encryption(S3Client s3, String name, Properties now) {
    if (!now.has("BucketEncryption")) {
      s3.deleteBucketEncryption(b -> b.bucket(name));
      return;
    }
    ArrayNode rules = JsonNodeFactory.instance.arrayNode();
    for (Properties rule : now.in("BucketEncryption").each("ServerSideEncryptionConfiguration")) {
      rules.add(
          rule.renamed("ServerSideEncryptionByDefault", "ApplyServerSideEncryptionByDefault")
              .node());
    }
    s3.putBucketEncryption(b ->
        b.bucket(name)
            .serverSideEncryptionConfiguration(
                Properties.NONE
                    .with("Rules", rules)
                    .into(ServerSideEncryptionConfiguration.builder())
                    .build()));
  }

  private static void ownership(S3Client s3, String name, Properties now) {
    if (now.has("OwnershipControls")) {
      s3.putBucketOwnershipControls(b ->
          b.bucket(name)
              .ownershipControls(
                  now.in("OwnershipControls").into(OwnershipControls.builder()).build()));
    } else {
      s3.deleteBucketOwnershipControls(b -> b.bucket(name));
    }
  }

  private static NotificationConfiguration notifications(Properties from) {
    ObjectNode to = JsonNodeFactory.instance.objectNode();
    if (from.in("EventBridgeConfiguration").get("EventBridgeEnabled").asBoolean()) {
      to.putObject("EventBridgeConfiguration");
    }
    Map.of(
            "Lambda", List.of("Function", "LambdaFunctionArn", "LambdaFunctionConfigurations"),
            "Queue", List.of("Queue", "QueueArn", "QueueConfigurations"),
            "Topic", List.of("Topic", "TopicArn", "TopicConfigurations"))
        .forEach((kind, names) -> {
          for (Properties each : from.each(kind + "Configurations")) {
            var configuration =
                each.renamed(names.get(0), names.get(1)).without("Event", "Filter").node();
            configuration.putArray("Events").add(each.text("Event"));
            if (each.has("Filter")) {
              configuration
                  .putObject("Filter")
                  .putObject("Key")
                  .set("FilterRules", each.in("Filter").in("S3Key").get("Rules"));
            }
            to.withArray("/" + names.get(2)).add(configuration);
          }
        });
    return new Properties(to).into(NotificationConfiguration.builder()).build();
  }

  private static void lifecycle(S3Client s3, String name, Properties now) {
    if (!now.has("LifecycleConfiguration")) {
      s3.deleteBucketLifecycle(b -> b.bucket(name));
      return;
    }
    ArrayNode rules = JsonNodeFactory.instance.arrayNode();
    now.in("LifecycleConfiguration").each("Rules").forEach(r -> rules.add(S3LifecycleRule.of(r)));
    s3.putBucketLifecycleConfiguration(b ->
        b.bucket(name)
            .lifecycleConfiguration(
                Properties.NONE
                    .with("Rules", rules)
                    .into(BucketLifecycleConfiguration.builder())
                    .build()));
  }

  private static void cors(S3Client s3, String name, Properties now) {
    if (!now.has("CorsConfiguration")) {
      s3.deleteBucketCors(b -> b.bucket(name));
      return;
    }
    ArrayNode rules = JsonNodeFactory.instance.arrayNode();
    for (Properties rule : now.in("CorsConfiguration").each("CorsRules")) {
      rules.add(
          rule.renamed("ExposedHeaders", "ExposeHeaders")
              .renamed("MaxAge", "MaxAgeSeconds")
              .node());
    }
    s3.putBucketCors(b ->
        b.bucket(name)
            .corsConfiguration(
                Properties.NONE
                    .with("CORSRules", rules)
                    .into(CORSConfiguration.builder())
                    .build()));
  }

  private static void tags(S3Client s3, String name, Map<String, String> tags) {
    if (tags.isEmpty()) {
      s3.deleteBucketTagging(b -> b.bucket(name));
      return;
    }
    List<Tag> set =
        tags.entrySet().stream()
            .map(t -> Tag.builder().key(t.getKey()).value(t.getValue()).build())
            .toList();
    s3.putBucketTagging(b -> b.bucket(name).tagging(t -> t.tagSet(set)));
  }
}
