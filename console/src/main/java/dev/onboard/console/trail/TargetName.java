package dev.onboard.console.trail;

import java.util.function.BinaryOperator;

/** What a target is called by those who know it. */
public final class TargetName {
  private static final int PARTS = 6;

  private TargetName() {}

  /** The end of an ARN that a person knows the thing by: {@code queue orders}. */
  public static String of(String arn) {
    return of(arn, (type, name) -> name);
  }

  /**
   * The same by the names of a template.
   *
   * @param named what a resource of a type, such as {@code AWS::SQS::Queue}, and a name is called
   */
  public static String of(String arn, BinaryOperator<String> named) {
    String[] parts = arn.split(":", PARTS);
    if (parts.length < PARTS) {
      return arn;
    }
    String resource = parts[PARTS - 1];
    return switch (parts[2]) {
      case "lambda" -> "function " + named.apply("AWS::Lambda::Function", function(resource));
      case "sqs" -> "queue " + named.apply("AWS::SQS::Queue", resource);
      case "sns" -> "topic " + named.apply("AWS::SNS::Topic", resource);
      case "states" -> ofStates(resource, named);
      case "logs" -> "log group " + named.apply("AWS::Logs::LogGroup", logGroup(resource));
      case "events" ->
          resource.startsWith("rule/")
              ? "rule " + named.apply("AWS::Events::Rule", lastPart(resource))
              : resource
                  .replaceFirst("^event-bus/", "bus ")
                  .replaceFirst("^api-destination/([^/]+).*", "API destination $1");
      case "schemas" -> resource.replaceFirst("^discoverer/", "schema discoverer ");
      default -> arn;
    };
  }

  private static String ofStates(String resource, BinaryOperator<String> named) {
    return isExecution(resource)
        ? "execution " + lastPart(resource)
        : "workflow "
            + named.apply(
                "AWS::StepFunctions::StateMachine", resource.replaceFirst("^stateMachine:", ""));
  }

  /** Whether the end of an ARN of Step Functions is that of an execution. */
  public static boolean isExecution(String resource) {
    return resource.startsWith("execution:") || resource.startsWith("express:");
  }

  /** What comes last in an ARN. */
  public static String lastPart(String arn) {
    return arn.substring(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1);
  }

  /** A function's name, of the end of its ARN, without version or alias. */
  public static String function(String resource) {
    return resource.replaceFirst("^function:", "").replaceFirst(":.*", "");
  }

  /** A log group's name, of the end of its ARN. */
  public static String logGroup(String resource) {
    return resource.replaceFirst("^log-group:", "").replaceFirst(":\\*$", "");
  }
}
