package dev.onboard.local.cloudformation;

import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.services.cloudformation.model.Tag;
import software.amazon.awssdk.services.iam.IamClient;

/** What requests have in common. */
final class Requests {
  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
  private static final String STACK_NAME = "[a-zA-Z][-a-zA-Z0-9]*";

  private static final int NAME_LIMIT = 128;
  private static final int TAGS_LIMIT = 50;

  private Requests() {}

  /** Refuses the members of a request that this runtime does not have. */
  static void refuse(String operation, SdkPojo request, String... members) {
    List<String> unsupported = Arrays.asList(members);
    for (SdkField<?> field : request.sdkFields()) {
      if (unsupported.contains(field.memberName())) {
        Object value = field.getValueOrDefault(request);
        if (value != null
            && !(value instanceof SdkAutoConstructList)
            && !(value instanceof List<?> list && list.isEmpty())
            && !Boolean.FALSE.equals(value)) {
          throw Invalid.unsupported(operation, field.memberName());
        }
      }
    }
  }

  static void checkName(String name) {
    if (!name.matches(STACK_NAME)) {
      throw Invalid.request(
          "1 validation error detected: Value '"
              + name
              + "' at 'stackName' failed to satisfy"
              + " constraint: Member must satisfy regular expression pattern: "
              + STACK_NAME);
    }
    if (name.length() > NAME_LIMIT) {
      throw Invalid.request(
          "1 validation error detected: Value '"
              + name
              + "' at 'stackName' failed to satisfy"
              + " constraint: Member must have length less than or equal to "
              + NAME_LIMIT);
    }
  }

  static void checkChangeSetName(@Nullable String name) {
    if (name == null || !name.matches(STACK_NAME) || name.length() > NAME_LIMIT) {
      throw Invalid.request(
          "1 validation error detected: Value '"
              + name
              + "' at 'changeSetName' failed to satisfy"
              + " constraint: Member must satisfy regular expression pattern: "
              + STACK_NAME);
    }
  }

  static String required(@Nullable String value, String member) {
    if (value == null || value.isEmpty()) {
      throw Invalid.request(
          "1 validation error detected: Value null at '"
              + member
              + "' failed to satisfy"
              + " constraint: Member must not be null");
    }
    return value;
  }

  static Map<String, String> tags(List<Tag> tags) {
    var map = new LinkedHashMap<String, String>();
    for (Tag tag : tags) {
      if (tag.key().startsWith("aws:")) {
        throw Invalid.request("Tag key cannot start with 'aws:': " + tag.key());
      }
      if (map.put(tag.key(), tag.value()) != null) {
        throw Invalid.request("Duplicate tag key: " + tag.key());
      }
    }
    if (map.size() > TAGS_LIMIT) {
      throw Invalid.request("A stack may have at most " + TAGS_LIMIT + " tags");
    }
    return map;
  }

  static String newId(Environment env, String kind, String name) {
    return env.arn("cloudformation", kind + "/" + name + "/" + UUID.randomUUID());
  }

  /** In whose name a stack is deployed: the caller's, or that of the role that he names. */
  static Principal deployer(Environment env, Principal caller, @Nullable String roleArn) {
    if (roleArn == null) {
      return caller;
    }
    String role = roleArn.substring(roleArn.lastIndexOf('/') + 1);
    try {
      env.client(IamClient.class, caller).getRole(b -> b.roleName(role));
    } catch (AwsServiceException e) {
      throw Invalid.request("Role " + roleArn + " is invalid or cannot be assumed");
    }
    return new Principal.RoleSession(roleArn, "AWSCloudFormation");
  }
}
