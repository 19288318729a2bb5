package dev.onboard.console.story;

import dev.onboard.console.stack.Stack;

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
    String[] parts = arn.split(":", 6);
    if (parts.length < 6) {
      return arn;
    }
    return switch (parts[2]) {
      case "lambda" -> "function " + named("AWS::Lambda::Function", function(parts[5]));
      case "sqs" -> "queue " + named("AWS::SQS::Queue", parts[5]);
      case "sns" -> "topic " + named("AWS::SNS::Topic", parts[5]);
      case "states" ->
          "workflow "
              + named(
                  "AWS::StepFunctions::StateMachine", parts[5].replaceFirst("^stateMachine:", ""));
      case "logs" -> "log group " + named("AWS::Logs::LogGroup", logGroup(parts[5]));
      case "events" ->
          parts[5]
              .replaceFirst("^event-bus/", "bus ")
              .replaceFirst("^api-destination/", "API destination ");
      default -> arn;
    };
  }

  /** The queue of an ARN as a reference to its page; the last part of the ARN names it. */
  static String lastPart(String arn) {
    return arn.substring(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1);
  }

  private String named(String type, String name) {
    return stack.nameOf(type, name);
  }

  /** Without version or alias. */
  private static String function(String resource) {
    return resource.replaceFirst("^function:", "").replaceFirst(":.*", "");
  }

  private static String logGroup(String resource) {
    return resource.replaceFirst("^log-group:", "").replaceFirst(":\\*$", "");
  }
}
