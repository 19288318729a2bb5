package dev.onboard.local.s3;

import dev.onboard.local.wire.SdkJson;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.BucketLifecycleConfiguration;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleExpiration;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleAndOperator;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.NoncurrentVersionExpiration;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.utils.DateUtils;

/** The rules of a bucket by which objects go away: what is due when. */
record Lifecycle(List<LifecycleRule> rules) {
  private static final Lifecycle NONE = new Lifecycle(List.of());

  static Lifecycle parse(@Nullable String json) {
    return json == null
        ? NONE
        : new Lifecycle(SdkJson.read(BucketLifecycleConfiguration.class, json).rules());
  }

  /** When an object, being the current version, expires, and by which rule. */
  Optional<Expiry> expiry(StoredVersion version) {
    return enabled()
        .filter(r -> r.expiration() != null && matches(r, version))
        .flatMap(
            r -> at(r.expiration(), version.modified()).map(t -> new Expiry(t, r.id())).stream())
        .min(Comparator.comparing(Expiry::at));
  }

  /** When a delete marker that has nothing left to hide goes away. */
  Optional<Instant> markerExpiry(StoredVersion marker) {
    return enabled()
        .filter(r -> r.expiration() != null && matches(r, marker))
        .flatMap(r ->
            Boolean.TRUE.equals(r.expiration().expiredObjectDeleteMarker())
                ? Stream.of(Instant.EPOCH)
                : at(r.expiration(), marker.modified()).stream())
        .min(Comparator.naturalOrder());
  }

  /**
   * When a version that is not the current one any more expires.
   *
   * @param since when its successor was made
   * @param newer how many noncurrent versions are newer
   */
  Optional<Instant> noncurrentExpiry(StoredVersion version, Instant since, int newer) {
    return enabled()
        .filter(r -> r.noncurrentVersionExpiration() != null && matches(r, version))
        .map(LifecycleRule::noncurrentVersionExpiration)
        .filter(e -> newer >= retained(e))
        .map(e -> midnight(since, e.noncurrentDays()))
        .min(Comparator.naturalOrder());
  }

  /** When an upload that was not completed is aborted, and by which rule. */
  Optional<Expiry> abort(String key, Instant initiated) {
    return enabled()
        .filter(r -> r.abortIncompleteMultipartUpload() != null && key.startsWith(prefix(r)))
        .map(r ->
            new Expiry(
                midnight(initiated, r.abortIncompleteMultipartUpload().daysAfterInitiation()),
                r.id()))
        .min(Comparator.comparing(Expiry::at));
  }

  /** The time a number of days later, rounded up to midnight as S3 does. */
  static Instant midnight(Instant from, int days) {
    Instant due = from.plus(Duration.ofDays(days));
    Instant day = due.truncatedTo(ChronoUnit.DAYS);
    return day.equals(due) ? due : day.plus(Duration.ofDays(1));
  }

  private Stream<LifecycleRule> enabled() {
    return rules.stream().filter(r -> r.status() == ExpirationStatus.ENABLED);
  }

  private static int retained(NoncurrentVersionExpiration expiration) {
    return expiration.newerNoncurrentVersions() == null ? 0 : expiration.newerNoncurrentVersions();
  }

  private static Optional<Instant> at(LifecycleExpiration expiration, Instant modified) {
    if (expiration.days() != null) {
      return Optional.of(midnight(modified, expiration.days()));
    }
    return Optional.ofNullable(expiration.date());
  }

  private static boolean matches(LifecycleRule rule, StoredVersion version) {
    LifecycleRuleFilter filter = rule.filter();
    if (!version.key().startsWith(prefix(rule))) {
      return false;
    }
    if (filter == null) {
      return true;
    }
    LifecycleRuleAndOperator and = filter.and();
    List<Tag> tags =
        and != null ? and.tags() : filter.tag() != null ? List.of(filter.tag()) : List.of();
    Long greater = and != null ? and.objectSizeGreaterThan() : filter.objectSizeGreaterThan();
    Long less = and != null ? and.objectSizeLessThan() : filter.objectSizeLessThan();
    return tags.stream().allMatch(version.tags()::contains)
        && (greater == null || version.size() > greater)
        && (less == null || version.size() < less);
  }

  @SuppressWarnings("deprecation") // the prefix beside the filter is old, and still used
  private static String prefix(LifecycleRule rule) {
    LifecycleRuleFilter filter = rule.filter();
    String prefix =
        filter == null
            ? rule.prefix()
            : filter.and() != null ? filter.and().prefix() : filter.prefix();
    return prefix == null ? "" : prefix;
  }

  /** When something goes, and the rule by which. */
  record Expiry(Instant at, String rule) {

    /** The text of the {@code x-amz-expiration} header. */
    String header() {
      return "expiry-date=\"" + DateUtils.formatRfc822Date(at) + "\", rule-id=\"" + rule + '"';
    }
  }
}
