package dev.onboard.local.sfn.asl;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a Task state calls. */
public sealed interface Resource {

  /** A Lambda function by its own ARN. */
  record Function(String arn) implements Resource {}

  /** An activity, which workers poll. */
  record Activity(String arn) implements Resource {}

  /**
   * An optimised integration, such as {@code arn:aws:states:::dynamodb:putItem}, or any operation
   * of the SDK, {@code arn:aws:states:::aws-sdk:dynamodb:putItem}.
   */
  record Integration(boolean sdk, String service, String action, CallPattern pattern)
      implements Resource {
    /** The resource as history events name it. */
    public String resourceName() {
      return action + pattern.suffix;
    }

    public String resourceType() {
      return sdk ? "aws-sdk:" + service : service;
    }
  }

  /** How the task waits for what it called. */
  enum CallPattern {
    REQUEST_RESPONSE(""),
    SYNC(".sync"),
    SYNC_2(".sync:2"),
    TASK_TOKEN(".waitForTaskToken");

    private final String suffix;

    CallPattern(String suffix) {
      this.suffix = suffix;
    }
  }

  /** Reads the Resource of a Task; {@code null} if it is no such thing. */
  static @Nullable Resource parse(String arn) {
    if (Arns.FUNCTION.matcher(arn).matches()) {
      return new Function(arn);
    } else if (Arns.ACTIVITY.matcher(arn).matches()) {
      return new Activity(arn);
    }
    Matcher integration = Arns.INTEGRATION.matcher(arn);
    if (!integration.matches()) {
      return null;
    }
    for (CallPattern pattern : CallPattern.values()) {
      if (pattern.suffix.equals(integration.group(4) == null ? "" : integration.group(4))) {
        return new Integration(
            integration.group(1) != null, integration.group(2), integration.group(3), pattern);
      }
    }
    return null;
  }

  /** The forms of the ARNs. */
  final class Arns {
    private static final Pattern FUNCTION =
        Pattern.compile(
            "arn:aws[a-z-]*:lambda:[^:]+:[^:]+:function:[A-Za-z0-9_-]+(:[A-Za-z0-9$_-]+)?");
    private static final Pattern ACTIVITY =
        Pattern.compile("arn:aws[a-z-]*:states:[a-z0-9-]+:\\d{12}:activity:.{1,80}");
    private static final Pattern INTEGRATION =
        Pattern.compile(
            "arn:aws[a-z-]*:states:[a-z0-9-]*:\\d*:(aws-sdk:)?([a-z0-9]+):([A-Za-z0-9]+)"
                + "(\\.sync:2|\\.sync|\\.waitForTaskToken)?");

    private Arns() {}
  }
}
