package dev.onboard.local.cloudformation.provider;

import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;

/**
 * For whom a resource is made or changed.
 *
 * @param deployer in whose name the services are called
 * @param stackName the stack that it belongs to
 * @param logicalId its name in the template
 */
public record Context(
    Environment environment, Principal deployer, String stackName, String logicalId) {
  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final int RANDOM = 12;

  <C extends SdkClient> C client(Class<C> contract) {
    return environment.client(contract, deployer);
  }

  String arn(String service, String resource) {
    return environment.arn(service, resource);
  }

  /** The name that the user gave, else one of stack, logical id and a random part. */
  String name(@Nullable String given, int limit) {
    return given == null ? generated(stackName + "-" + logicalId, limit) : given;
  }

  /** As {@link #name} for resources whose names have no capitals. */
  String lowerCaseName(@Nullable String given, int limit) {
    return given == null ? name(null, limit).toLowerCase(Locale.ROOT) : given;
  }

  /** A name of logical id and a random part, for the types that AWS names without the stack. */
  String nameWithoutStack(@Nullable String given, int limit) {
    return given == null ? generated(logicalId, limit) : given;
  }

  private String generated(String stem, int limit) {
    var random = new StringBuilder();
    for (int i = 0; i < RANDOM; i++) {
      random.append(LETTERS.charAt(ThreadLocalRandom.current().nextInt(LETTERS.length())));
    }
    int room = limit - RANDOM - 1;
    if (stem.length() > room) {
      // As AWS does it, both parts are cut so that each stays recognisable.
      int forLogicalId = Math.min(logicalId.length(), room / 2);
      int forStack = Math.min(stackName.length(), room - 1 - forLogicalId);
      stem =
          stem.equals(logicalId)
              ? logicalId.substring(0, room)
              : stackName.substring(0, forStack) + "-" + logicalId.substring(0, forLogicalId);
    }
    return stem + "-" + random;
  }
}
