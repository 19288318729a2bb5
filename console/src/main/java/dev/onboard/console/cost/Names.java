package dev.onboard.console.cost;

import dev.onboard.console.stack.Stack;
import java.util.Map;
import java.util.Optional;

/** What the resources are called in a bill. */
@FunctionalInterface
interface Names {
  /** Services whose resources are told apart, and what CloudFormation calls these. */
  Map<String, String> TYPES =
      Map.of(
          "events", "AWS::Events::EventBus",
          "states", "AWS::StepFunctions::StateMachine",
          "lambda", "AWS::Lambda::Function",
          "dynamodb", "AWS::DynamoDB::Table",
          "s3", "AWS::S3::Bucket",
          "sqs", "AWS::SQS::Queue",
          "sns", "AWS::SNS::Topic",
          "logs", "AWS::Logs::LogGroup");

  String of(Used used);

  /** As the template calls them, if there is a stack. */
  static Names of(Optional<Stack> stack) {
    return used -> {
      String type = TYPES.get(used.service());
      return stack.isEmpty() || type == null
          ? used.resource()
          : stack.get().nameOf(type, used.resource());
    };
  }
}
