package dev.onboard.local.sfn;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names and ARNs as Step Functions takes them. */
final class Arns {
  private static final Pattern FORBIDDEN =
      Pattern.compile("[\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}\\uFFFE\\uFFFF]");
  private static final Pattern MACHINE =
      Pattern.compile("(arn:[^:]+:states:[^:]*:[^:]*:stateMachine:[^:]+)(?::([^:]+))?");

  private Arns() {}

  /**
   * A state machine by ARN.
   *
   * @param machine the ARN without version or alias
   * @param qualifier the number of a version or the name of an alias, if there is one
   */
  record Machine(String machine, @Nullable String qualifier) {
    boolean isVersion() {
      return qualifier != null && qualifier.matches("\\d+");
    }
  }

  static String name(String name) {
    if (name.isEmpty() || name.length() > Limits.NAME_LENGTH || FORBIDDEN.matcher(name).find()) {
      throw Errors.invalidName(name);
    }
    return name;
  }

  /** Reads the ARN of a state machine, a version or an alias. */
  static Machine machine(@Nullable String arn) {
    String resource = resource(arn);
    Matcher matcher = MACHINE.matcher(String.valueOf(arn));
    if (!matcher.matches()) {
      throw Errors.invalidArn("Resource type not valid in this context: " + resource);
    }
    return new Machine(matcher.group(1), matcher.group(2));
  }

  /** Checks the ARN of an execution; that of an Express one is left to the caller. */
  static String execution(@Nullable String arn) {
    String resource = resource(arn);
    if (!resource.equals("execution") && !resource.equals("express")) {
      throw Errors.invalidArn("Resource type not valid in this context: " + resource);
    }
    return String.valueOf(arn);
  }

  /** Checks the ARN of a Standard execution that no map run has started. */
  static String unlabelledExecution(@Nullable String given) {
    String arn = standardExecution(given);
    if (arn.contains("/")) {
      throw Errors.validation("Labeled Execution ARNs are not supported for this API");
    }
    return arn;
  }

  /** Checks the ARN of a Standard execution. */
  static String standardExecution(@Nullable String given) {
    String arn = execution(given);
    if (isExpress(arn)) {
      throw Errors.invalidArn("Resource type not valid in this context: express");
    }
    return arn;
  }

  /** Checks the ARN of an activity. */
  static String activity(@Nullable String arn) {
    String resource = resource(arn);
    if (!resource.equals("activity")) {
      throw Errors.invalidArn("Resource type not valid in this context: " + resource);
    }
    return String.valueOf(arn);
  }

  static boolean isExpress(String arn) {
    return resource(arn).equals("express");
  }

  private static String resource(@Nullable String arn) {
    if (arn == null || !arn.startsWith("arn:")) {
      throw Errors.invalidArn("Invalid ARN prefix: " + arn);
    }
    String[] parts = arn.split(":", 7);
    if (parts.length < 7 || !parts[2].equals("states")) {
      throw Errors.invalidArn("Invalid ARN: " + arn);
    }
    return parts[5];
  }
}
