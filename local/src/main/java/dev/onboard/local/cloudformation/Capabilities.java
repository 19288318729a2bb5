package dev.onboard.local.cloudformation;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.cloudformation.Template.ResourceDeclaration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.InsufficientCapabilitiesException;

/** What a user must acknowledge before a template may be deployed. */
final class Capabilities {
  private static final Set<String> NAMES =
      Set.of("RoleName", "ManagedPolicyName", "UserName", "GroupName", "InstanceProfileName");

  private Capabilities() {}

  /** The capability that the resources of a template need. */
  static @Nullable String needed(Template template) {
    List<ResourceDeclaration> identities = identities(template);
    if (identities.isEmpty()) {
      return null;
    }
    boolean named =
        identities.stream()
            .filter(r -> !r.type().equals("AWS::IAM::RolePolicy"))
            .anyMatch(r -> NAMES.stream().anyMatch(r.properties()::has));
    return named ? "CAPABILITY_NAMED_IAM" : "CAPABILITY_IAM";
  }

  static @Nullable String reason(Template template) {
    List<String> types =
        identities(template).stream().map(ResourceDeclaration::type).distinct().toList();
    return types.isEmpty() ? null : "The following resource(s) require capabilities: " + types;
  }

  /**
   * Refuses a template that needs more than was acknowledged.
   *
   * @param expanded whether transforms were applied without the user having seen the result
   */
  static void check(Template template, List<String> given, boolean expanded) {
    String needed = needed(template);
    boolean acknowledged =
        needed == null || given.contains(needed) || given.contains("CAPABILITY_NAMED_IAM");
    if (!acknowledged) {
      throw insufficient(needed);
    }
    if (expanded && !given.contains("CAPABILITY_AUTO_EXPAND")) {
      throw insufficient("CAPABILITY_AUTO_EXPAND");
    }
  }

  private static RuntimeException insufficient(@Nullable String capability) {
    return AwsErrors.error(
        InsufficientCapabilitiesException.builder(),
        400,
        "InsufficientCapabilitiesException",
        "Requires capabilities : [" + capability + "]");
  }

  private static List<ResourceDeclaration> identities(Template template) {
    return template.resources().values().stream()
        .filter(r -> r.type().startsWith("AWS::IAM::"))
        .toList();
  }
}
