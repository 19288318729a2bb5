package dev.onboard.console.story;

import dev.onboard.console.stack.Stack;
import dev.onboard.console.trail.TargetName;

/**
 * What rules, targets and log groups are called: by the names of the template where they have one.
 */
final class Labels {
  private static final String RULE = "AWS::Events::Rule";

  private final Stack stack;

  Labels(Stack stack) {
    this.stack = stack;
  }

  String rule(String name) {
    return stack.nameOf(RULE, name);
  }

  /** The target of an ARN with its kind: {@code queue WelcomeMailQueue}. */
  String target(String arn) {
    return TargetName.of(arn, stack::nameOf);
  }
}
