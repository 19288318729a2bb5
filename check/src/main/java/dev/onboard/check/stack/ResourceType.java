package dev.onboard.check.stack;

import java.util.Arrays;
import java.util.Optional;

/** What is known of the ARNs and names of a resource type. */
enum ResourceType {
  EVENT_BUS("AWS::Events::EventBus", "events:*:*:event-bus/", "Name", false),
  RULE("AWS::Events::Rule", "events:*:*:rule/", "", false),
  QUEUE("AWS::SQS::Queue", "sqs:*:*:", "QueueName", false),
  TOPIC("AWS::SNS::Topic", "sns:*:*:", "TopicName", true),
  STATE_MACHINE(
      "AWS::StepFunctions::StateMachine", "states:*:*:stateMachine:", "StateMachineName", true),
  FUNCTION("AWS::Lambda::Function", "lambda:*:*:function:", "FunctionName", false),
  ALIAS("AWS::Lambda::Alias", "lambda:*:*:function:", "", true),
  VERSION("AWS::Lambda::Version", "lambda:*:*:function:", "", true),
  TABLE("AWS::DynamoDB::Table", "dynamodb:*:*:table/", "TableName", false),
  BUCKET("AWS::S3::Bucket", "s3:::", "BucketName", false),
  LOG_GROUP("AWS::Logs::LogGroup", "logs:*:*:log-group:", "LogGroupName", false),
  ROLE("AWS::IAM::Role", "iam:*:*:role/", "RoleName", false);

  private final String type;
  final String arn;
  final String nameProperty;
  final boolean refIsArn;

  /**
   * A type.
   *
   * @param arn what comes between {@code arn:partition:} and the name
   * @param nameProperty the property that names the resource; empty if none does so alone
   * @param refIsArn whether a Ref gives the ARN
   */
  ResourceType(String type, String arn, String nameProperty, boolean refIsArn) {
    this.type = type;
    this.arn = arn;
    this.nameProperty = nameProperty;
    this.refIsArn = refIsArn;
  }

  static Optional<ResourceType> of(Resource resource) {
    return Arrays.stream(values()).filter(t -> t.type.equals(resource.type())).findFirst();
  }
}
