package dev.onboard.local.s3;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Members of the SDK's model objects by their name in the API, as requests of S3 share many. */
final class Members {
  /**
   * Members that every operation may carry: who must own the bucket is checked, the rest is moot.
   */
  private static final Set<String> EVERYWHERE = Set.of("Bucket", "RequestPayer");

  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

  private static final Map<Class<?>, Map<String, SdkField<?>>> FIELDS = new ConcurrentHashMap<>();

  private Members() {}

  /** Refuses, by name, what a request holds beside the members that an operation knows. */
  static void only(String operation, String account, SdkPojo request, Set<String> known) {
    for (SdkField<?> field : request.sdkFields()) {
      String member = field.memberName();
      if (known.contains(member) || EVERYWHERE.contains(member) || value(field, request) == null) {
        continue;
      }
      if (member.equals("ExpectedBucketOwner") || member.equals("ExpectedSourceBucketOwner")) {
        checkOwner(account, String.valueOf(value(field, request)));
        continue;
      }
      throw S3Errors.unsupported(operation, member);
    }
  }

  private static void checkOwner(String account, String expected) {
    if (!ACCOUNT.matcher(expected).matches()) {
      throw S3Errors.of(
          400,
          "InvalidBucketOwnerAWSAccountID",
          "The value of the expected bucket owner parameter must be an AWS Account ID... ["
              + expected
              + "]");
    }
    if (!account.equals(expected)) {
      throw S3Errors.of(403, "AccessDenied", "Access Denied");
    }
  }

  static @Nullable String string(SdkPojo pojo, String member) {
    return (String) get(pojo, member);
  }

  static @Nullable Object get(SdkPojo pojo, String member) {
    SdkField<?> field = fields(pojo).get(member);
    return field == null ? null : value(field, pojo);
  }

  static void set(SdkPojo builder, String member, @Nullable Object value) {
    SdkField<?> field = fields(builder).get(member);
    if (field == null) {
      throw new IllegalArgumentException(builder.getClass() + " has no member " + member);
    }
    field.set(builder, value);
  }

  /** Copies the members named that are there. */
  static void copy(SdkPojo from, SdkPojo builder, Collection<String> members) {
    for (String member : members) {
      Object value = get(from, member);
      if (value != null) {
        set(builder, member, value);
      }
    }
  }

  /** Copies every member that is there and that the other has too. */
  static void copyAll(SdkPojo from, SdkPojo builder) {
    Map<String, SdkField<?>> theirs = fields(builder);
    for (SdkField<?> field : from.sdkFields()) {
      Object value = value(field, from);
      SdkField<?> other = theirs.get(field.memberName());
      if (value != null && other != null) {
        other.set(builder, value);
      }
    }
  }

  private static @Nullable Object value(SdkField<?> field, SdkPojo pojo) {
    Object value = field.getValueOrDefault(pojo);
    return value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap
        ? null
        : value;
  }

  private static Map<String, SdkField<?>> fields(SdkPojo pojo) {
    return FIELDS.computeIfAbsent(
        pojo.getClass(),
        c -> {
          var fields = new HashMap<String, SdkField<?>>();
          pojo.sdkFields().forEach(f -> fields.put(f.memberName(), f));
          return fields;
        });
  }
}
