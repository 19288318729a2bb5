package dev.onboard.local.s3;

import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.model.CreateBucketConfiguration;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.Tagging;

/** The buckets: made, listed and deleted. */
final class Buckets {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
  private static final String NORTH_VIRGINIA = "us-east-1";

  private final Environment env;
  private final Owner owner;
  private final Pieces pieces;

  Buckets(Environment env, Owner owner, Pieces pieces) {
    this.env = env;
    this.owner = owner;
    this.pieces = pieces;
  }

  Bucket required(Tx tx, String name) {
    return named(tx, name).orElseThrow(() -> S3Errors.noSuchBucket(name));
  }

  Bucket required(String name) {
    return env.store().read(tx -> required(tx, name));
  }

  /** The buckets that have a lifecycle. */
  List<Bucket> withLifecycle(Tx tx) {
    return tx.list("SELECT * FROM s3_bucket WHERE lifecycle IS NOT NULL", Buckets::bucket);
  }

  CreateBucketResponse create(CreateBucketRequest request) {
    Members.only(
        "CreateBucket",
        env.account(),
        request,
        Set.of(
            "CreateBucketConfiguration", "ACL", "ObjectOwnership", "ObjectLockEnabledForBucket"));
    if (Boolean.TRUE.equals(request.objectLockEnabledForBucket())) {
      throw S3Errors.unsupported("CreateBucket", "ObjectLockEnabledForBucket");
    }
    checkName(request.bucket());
    String ownership = ownership(request);
    checkAcl(request.aclAsString(), ownership);
    Tags tags = configured(request.createBucketConfiguration());
    env.store()
        .write(tx -> {
          Optional<Bucket> there = named(tx, request.bucket());
          if (there.isPresent()) {
            refuseAgain(tags);
          } else {
            insert(tx, request.bucket(), ownership, tags);
          }
          return null;
        });
    return CreateBucketResponse.builder()
        .location("/" + request.bucket())
        .bucketArn("arn:aws:s3:::" + request.bucket())
        .build();
  }

  DeleteBucketResponse delete(DeleteBucketRequest request) {
    Members.only("DeleteBucket", env.account(), request, Set.of());
    return env.store()
        .write(tx -> {
          Bucket bucket = required(tx, request.bucket());
          if (tx.exists("SELECT 1 FROM s3_object WHERE bucket = ? LIMIT 1", bucket.name())) {
            throw S3Errors.of(
                409,
                "BucketNotEmpty",
                "The bucket you tried to delete is not empty"
                    + (bucket.isVersioned()
                        ? ". You must delete all versions in the bucket."
                        : ""));
          }
          dropUploads(tx, bucket.name());
          tx.update("DELETE FROM s3_configuration WHERE bucket = ?", bucket.name());
          tx.update("DELETE FROM s3_bucket WHERE name = ?", bucket.name());
          return DeleteBucketResponse.builder().build();
        });
  }

  HeadBucketResponse head(HeadBucketRequest request) {
    Members.only("HeadBucket", env.account(), request, Set.of());
    Bucket bucket = required(request.bucket());
    return HeadBucketResponse.builder()
        .bucketArn(bucket.arn())
        .bucketRegion(env.region())
        .accessPointAlias(false)
        .build();
  }

  GetBucketLocationResponse location(GetBucketLocationRequest request) {
    Members.only("GetBucketLocation", env.account(), request, Set.of());
    required(request.bucket());
    var response = GetBucketLocationResponse.builder();
    if (!env.region().equals(NORTH_VIRGINIA)) {
      response.locationConstraint(env.region());
    }
    return response.build();
  }

  ListBucketsResponse list(ListBucketsRequest request) {
    Members.only(
        "ListBuckets",
        env.account(),
        request,
        Set.of("MaxBuckets", "ContinuationToken", "Prefix", "BucketRegion"));
    int most = request.maxBuckets() == null ? S3Limits.BUCKETS_PAGE : request.maxBuckets();
    if (most < 1 || most > S3Limits.BUCKETS_PAGE) {
      throw S3Errors.invalidArgument("Argument max-buckets must be an integer between 1 and 10000");
    }
    String prefix = request.prefix() == null ? "" : request.prefix();
    String from = request.continuationToken() == null ? "" : decode(request.continuationToken());
    boolean here = request.bucketRegion() == null || request.bucketRegion().equals(env.region());
    List<Bucket> found =
        !here
            ? List.of()
            : env.store()
                .read(tx ->
                    tx.list(
                        "SELECT * FROM s3_bucket WHERE name >= ? AND substr(name, 1, ?) = ?"
                            + " ORDER BY name LIMIT ?",
                        Buckets::bucket,
                        from,
                        prefix.length(),
                        prefix,
                        most + 1));
    var response =
        ListBucketsResponse.builder()
            .owner(owner.owner())
            .prefix(request.prefix())
            .buckets(found.stream().limit(most).map(this::shown).toList());
    if (found.size() > most) {
      response.continuationToken(encode(found.get(most).name()));
    }
    return response.build();
  }

  void checkAcl(@Nullable String acl, @Nullable String ownership) {
    if (acl == null || acl.equals("private")) {
      return;
    }
    if ("BucketOwnerEnforced".equals(ownership)) {
      throw S3Errors.of(
          400,
          "InvalidBucketAclWithObjectOwnership",
          "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting");
    }
    throw S3Errors.unsupported("CreateBucket", "ACL " + acl);
  }

  private static String ownership(CreateBucketRequest request) {
    ObjectOwnership ownership = request.objectOwnership();
    if (ownership == ObjectOwnership.UNKNOWN_TO_SDK_VERSION) {
      throw ErrorElements.named(
          S3Errors.invalidArgument(
              "Invalid x-amz-object-ownership header: " + request.objectOwnershipAsString()),
          Map.of("ArgumentName", "x-amz-object-ownership"));
    }
    return ownership == null ? "BucketOwnerEnforced" : ownership.toString();
  }

  private Tags configured(@Nullable CreateBucketConfiguration configuration) {
    if (configuration == null) {
      return Tags.NONE;
    }
    Members.only(
        "CreateBucket", env.account(), configuration, Set.of("LocationConstraint", "Tags"));
    if (configuration.bucket() != null) {
      throw S3Errors.unsupported("CreateBucket", "CreateBucketConfiguration.Bucket");
    }
    String place = configuration.locationConstraintAsString();
    // The command line names us-east-1, too, which the API's page does not list.
    if (place != null && !place.isEmpty() && !place.equals(env.region())) {
      boolean known =
          place.equals("EU") || Region.regions().stream().anyMatch(r -> r.id().equals(place));
      throw known
          ? S3Errors.of(
              400,
              "IllegalLocationConstraintException",
              "The "
                  + place
                  + " location constraint is incompatible for the region specific"
                  + " endpoint this request was sent to.")
          : ErrorElements.named(
              S3Errors.of(
                  400,
                  "InvalidLocationConstraint",
                  "The specified location-constraint is not valid"),
              Map.of("LocationConstraint", place));
    }
    return Tags.ofBucket(configuration.tags());
  }

  private void refuseAgain(Tags tags) {
    // In us-east-1 alone, for reasons of history, the owner may create a bucket again.
    if (!env.region().equals(NORTH_VIRGINIA) || !tags.all().isEmpty()) {
      throw S3Errors.of(
          409,
          "BucketAlreadyOwnedByYou",
          "Your previous request to create the named bucket succeeded and you already own it.");
    }
  }

  /** A new bucket blocks public access and does without ACLs, as all do since April 2023. */
  private void insert(Tx tx, String name, String ownership, Tags tags) {
    tx.update(
        "INSERT INTO s3_bucket VALUES (?, ?, NULL, 0, ?, NULL)",
        name,
        env.clock().now(),
        ownership);
    Configurations.put(
        tx,
        name,
        Configurations.PUBLIC_ACCESS,
        SdkJson.write(
            PublicAccessBlockConfiguration.builder()
                .blockPublicAcls(true)
                .ignorePublicAcls(true)
                .blockPublicPolicy(true)
                .restrictPublicBuckets(true)
                .build()));
    if (!tags.all().isEmpty()) {
      Configurations.put(
          tx,
          name,
          Configurations.TAGGING,
          SdkJson.write(Tagging.builder().tagSet(tags.all()).build()));
    }
  }

  private void dropUploads(Tx tx, String bucket) {
    tx.list(
            "SELECT p.body FROM s3_part p JOIN s3_upload u ON u.id = p.upload WHERE u.bucket = ?",
            r -> r.number(1),
            bucket)
        .forEach(body -> pieces.drop(tx, body));
    tx.update(
        "DELETE FROM s3_part WHERE upload IN (SELECT id FROM s3_upload WHERE bucket = ?)", bucket);
    tx.update("DELETE FROM s3_upload WHERE bucket = ?", bucket);
  }

  private software.amazon.awssdk.services.s3.model.Bucket shown(Bucket bucket) {
    return software.amazon.awssdk.services.s3.model.Bucket.builder()
        .name(bucket.name())
        .creationDate(bucket.created())
        .bucketRegion(env.region())
        .bucketArn(bucket.arn())
        .build();
  }

  private static Optional<Bucket> named(Tx tx, @Nullable String name) {
    if (name == null) {
      throw S3Errors.of(400, "InvalidBucketName", "The specified bucket is not valid.");
    }
    return tx.first("SELECT * FROM s3_bucket WHERE name = ?", Buckets::bucket, name);
  }

  private static Bucket bucket(Row row) {
    return new Bucket(
        row.string("name"),
        row.instant("created"),
        row.stringOrNull("versioning"),
        row.flag("eventbridge"),
        row.stringOrNull("ownership"),
        Lifecycle.parse(row.stringOrNull("lifecycle")));
  }

  private static void checkName(@Nullable String name) {
    if (name == null
        || !NAME.matcher(name).matches()
        || name.contains("..")
        || ADDRESS.matcher(name).matches()
        || Set.of("xn--", "sthree-", "amzn-s3-demo-").stream().anyMatch(name::startsWith)
        || Set.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3").stream()
            .anyMatch(name::endsWith)) {
      throw S3Errors.of(400, "InvalidBucketName", "The specified bucket is not valid.");
    }
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw S3Errors.invalidContinuation();
    }
  }
}
