package dev.onboard.local.s3;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.BucketLifecycleConfiguration;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleExpiration;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.NoncurrentVersionExpiration;

/**
 * What a lifecycle configuration must be like.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html">
 *     Lifecycle configuration elements</a>
 */
final class LifecycleRules {
  private static final String OPERATION = "PutBucketLifecycleConfiguration";

  private LifecycleRules() {}

  /** The configuration with an id for every rule. */
  static BucketLifecycleConfiguration checked(@Nullable BucketLifecycleConfiguration given) {
    if (given == null || !given.hasRules() || given.rules().isEmpty()) {
      throw S3Errors.malformedXml();
    }
    if (given.rules().size() > S3Limits.LIFECYCLE_RULES) {
      throw S3Errors.malformedXml();
    }
    Set<String> ids = new HashSet<>();
    var rules = new ArrayList<LifecycleRule>();
    for (LifecycleRule rule : given.rules()) {
      checkRule(rule);
      String id = rule.id() == null ? UUID.randomUUID().toString() : rule.id();
      if (id.length() > 255) {
        throw S3Errors.invalidArgument("ID length should not exceed allowed limit of 255");
      }
      if (!ids.add(id)) {
        throw S3Errors.invalidArgument(
            "Rule ID must be unique. Found same ID for more than one rule");
      }
      rules.add(rule.toBuilder().id(id).build());
    }
    return BucketLifecycleConfiguration.builder().rules(rules).build();
  }

  private static void checkRule(LifecycleRule rule) {
    if (rule.hasTransitions()) {
      throw S3Errors.unsupported(OPERATION, "Transitions");
    }
    if (rule.hasNoncurrentVersionTransitions()) {
      throw S3Errors.unsupported(OPERATION, "NoncurrentVersionTransitions");
    }
    if (rule.status() == null || rule.status() == ExpirationStatus.UNKNOWN_TO_SDK_VERSION) {
      throw S3Errors.malformedXml();
    }
    checkFilter(rule);
    boolean acts = rule.abortIncompleteMultipartUpload() != null;
    if (acts) {
      checkAbort(rule);
    }
    if (rule.expiration() != null) {
      checkExpiration(rule.expiration());
      acts = true;
    }
    if (rule.noncurrentVersionExpiration() != null) {
      checkNoncurrent(rule.noncurrentVersionExpiration());
      acts = true;
    }
    if (!acts) {
      throw S3Errors.invalidRequest("At least one action needs to be specified in a rule.");
    }
  }

  @SuppressWarnings("deprecation") // the prefix beside the filter is old, and still used
  private static void checkFilter(LifecycleRule rule) {
    LifecycleRuleFilter filter = rule.filter();
    if ((filter == null) == (rule.prefix() == null)) {
      throw S3Errors.malformedXml();
    }
    if (filter == null) {
      return;
    }
    long members =
        Stream.of(
                filter.prefix(),
                filter.tag(),
                filter.and(),
                filter.objectSizeGreaterThan(),
                filter.objectSizeLessThan())
            .filter(Objects::nonNull)
            .count();
    if (members > 1) {
      throw S3Errors.malformedXml();
    }
    if (filter.and() != null) {
      List<String> keys = filter.and().tags().stream().map(t -> t.key()).toList();
      if (keys.size() != Set.copyOf(keys).size()) {
        throw S3Errors.invalidRequest("Duplicate Tag Keys are not allowed.");
      }
    }
  }

  private static void checkAbort(LifecycleRule rule) {
    Integer days = rule.abortIncompleteMultipartUpload().daysAfterInitiation();
    if (days == null || days < 1) {
      throw S3Errors.invalidArgument(
          "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive"
              + " integer");
    }
    LifecycleRuleFilter filter = rule.filter();
    if (filter != null
        && (filter.tag() != null || filter.and() != null && !filter.and().tags().isEmpty())) {
      throw S3Errors.invalidRequest(
          "AbortIncompleteMultipartUpload cannot be specified with Tags.");
    }
    if (filter != null
        && (filter.objectSizeGreaterThan() != null || filter.objectSizeLessThan() != null)) {
      throw S3Errors.invalidRequest(
          "AbortIncompleteMultipartUpload cannot be specified with Object Size.");
    }
  }

  private static void checkExpiration(LifecycleExpiration expiration) {
    long members =
        Stream.of(expiration.days(), expiration.date(), expiration.expiredObjectDeleteMarker())
            .filter(Objects::nonNull)
            .count();
    if (members != 1) {
      throw S3Errors.malformedXml();
    }
    if (expiration.days() != null && expiration.days() < 1) {
      throw S3Errors.invalidArgument("'Days' for Expiration action must be a positive integer");
    }
    Instant date = expiration.date();
    if (date != null && !date.equals(date.truncatedTo(ChronoUnit.DAYS))) {
      throw S3Errors.invalidArgument("'Date' must be at midnight GMT", "Date", date.toString());
    }
  }

  private static void checkNoncurrent(NoncurrentVersionExpiration expiration) {
    if (expiration.noncurrentDays() == null) {
      throw S3Errors.malformedXml();
    }
    if (expiration.noncurrentDays() < 1) {
      throw S3Errors.invalidArgument(
          "'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer");
    }
    Integer newer = expiration.newerNoncurrentVersions();
    if (newer != null && (newer < 1 || newer > 100)) {
      throw S3Errors.invalidArgument(
          "'NewerNoncurrentVersions' for NoncurrentVersionExpiration action must be between 1 and"
              + " 100");
    }
  }
}
