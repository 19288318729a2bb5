package dev.onboard.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.console.stack.UserItem;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A stack with what pages about people read, under the names that the real one has, and a workflow
 * that waits: the tests say what it has done.
 */
public final class PeopleStack {
  public static final String NAME = "onboard";
  public static final String MACHINE =
      "arn:aws:states:us-east-1:000000000000:stateMachine:ImportUsers";

  private static final String TEMPLATE =
      """
      Resources:
        UploadBucket: { Type: AWS::S3::Bucket, Properties: { BucketName: uploads, VersioningConfiguration: { Status: Enabled } } }
        ResultsBucket: { Type: AWS::S3::Bucket, Properties: { BucketName: results } }
        UsersTable:
          Type: AWS::DynamoDB::Table
          Properties:
            TableName: users
            BillingMode: PAY_PER_REQUEST
            AttributeDefinitions: [{ AttributeName: email, AttributeType: S }]
            KeySchema: [{ AttributeName: email, KeyType: HASH }]
        MailsTable:
          Type: AWS::DynamoDB::Table
          Properties:
            TableName: mails
            BillingMode: PAY_PER_REQUEST
            AttributeDefinitions: [{ AttributeName: userId, AttributeType: S }]
            KeySchema: [{ AttributeName: userId, KeyType: HASH }]
        ImportsTable:
          Type: AWS::DynamoDB::Table
          Properties:
            TableName: imports
            BillingMode: PAY_PER_REQUEST
            AttributeDefinitions: [{ AttributeName: importId, AttributeType: S }, { AttributeName: key, AttributeType: S }, { AttributeName: version, AttributeType: S }]
            KeySchema: [{ AttributeName: importId, KeyType: HASH }]
            GlobalSecondaryIndexes:
              - IndexName: by-upload
                KeySchema: [{ AttributeName: key, KeyType: HASH }, { AttributeName: version, KeyType: RANGE }]
                Projection: { ProjectionType: KEYS_ONLY }
        Role:
          Type: AWS::IAM::Role
          Properties:
            AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: states.amazonaws.com }, Action: "sts:AssumeRole" }] }
        ImportUsers:
          Type: AWS::StepFunctions::StateMachine
          Properties:
            StateMachineName: ImportUsers
            RoleArn: !GetAtt Role.Arn
            DefinitionString: '{"StartAt": "Work", "States": {"Work": {"Type": "Wait", "Seconds": 60, "End": true}}}'
      Outputs:
        UploadBucketName: { Value: !Ref UploadBucket }
        UsersTableName: { Value: !Ref UsersTable }
        MailsTableName: { Value: !Ref MailsTable }
        ImportsTableName: { Value: !Ref ImportsTable }
        EventBusName: { Value: shop }
        UndeliveredEventsQueueUrl: { Value: "http://127.0.0.1/000000000000/undelivered" }
        ImportStateMachineArn: { Value: !Ref ImportUsers }
      """;

  private final RunningConsole console;

  private PeopleStack(RunningConsole console) {
    this.console = console;
  }

  /** Deploys it. */
  public static PeopleStack deploy(RunningConsole console, String name) {
    CloudFormationClient cloudFormation = console.client(CloudFormationClient.class);
    cloudFormation.createStack(
        c -> c.stackName(name).templateBody(TEMPLATE).capabilities(Capability.CAPABILITY_IAM));
    console.runtime().clock().advance(Duration.ofSeconds(1));
    assertThat(
            cloudFormation.describeStacks(d -> d.stackName(name)).stacks().getFirst().stackStatus())
        .isEqualTo(StackStatus.CREATE_COMPLETE);
    return new PeopleStack(console);
  }

  /** Stores a user with more attributes than every user has: names and values by turns. */
  public void user(String email, String... more) {
    var item = strings(more);
    item.put("email", AttributeValue.fromS(email));
    item.put("userId", AttributeValue.fromS(UserItem.idOf(email)));
    item.putIfAbsent("createdAt", AttributeValue.fromS("2026-01-31T12:00:00Z"));
    put("users", item);
  }

  public void put(String table, Map<String, AttributeValue> item) {
    console.client(DynamoDbClient.class).putItem(p -> p.tableName(table).item(item));
  }

  /** Attributes; what is a number and nothing else becomes a number. */
  public static Map<String, AttributeValue> strings(String... namesAndValues) {
    var item = new HashMap<String, AttributeValue>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String value = namesAndValues[i + 1];
      item.put(
          namesAndValues[i],
          value.matches("\\d+") ? AttributeValue.fromN(value) : AttributeValue.fromS(value));
    }
    return item;
  }
}
