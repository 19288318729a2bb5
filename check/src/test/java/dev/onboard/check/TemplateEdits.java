package dev.onboard.check;

import java.util.List;

/** The things that are broken. */
final class TemplateEdits {
  private static final String TEMPLATE = "cloudformation/onboard.yaml";
  private static final String FINISHED = "rules/import-finished/pattern.json";
  private static final String UPLOADED = "rules/csv-uploaded/pattern.json";
  private static final String REGISTERED = "rules/user-registered/pattern.json";
  private static final String INVALID = "rules/invalid-event/pattern.json";

  private TemplateEdits() {}

  private static Edit edit(
      String name,
      String file,
      String from,
      String to,
      Code code,
      String at,
      String line,
      String mend) {
    return new Edit(name, file, from, to, code, at, line, mend);
  }

  static List<Edit> all() {
    return List.of(
        edit("a new major version that no rule takes", "schemas/onboard.users/UserCreated/v2/2.0.json", "", "{\n\"type\": \"object\", \"required\": [\"metadata\"], \"properties\": { \"metadata\": { \"type\": \"object\", \"required\": [\"schemaVersion\"], \"properties\": { \"schemaVersion\": { \"type\": \"string\", \"pattern\": \"^2\\\\.[0-9]+$\" } } } } }", Code.EVENT_UNCONSUMED, "schemas/onboard.users/UserCreated/v2/2.0.json", "{", "Add a rule"),
        edit("a new type that no rule takes", "schemas/onboard.users/UserDeleted/v1/1.0.json", "", "{ \"type\": \"object\", \"properties\": {} }", Code.EVENT_UNCONSUMED, "schemas/onboard.users/UserDeleted/v1/1.0.json", "{", "remove its schema"),
        edit("a rule that lost one of its types", FINISHED, "    \"ImportCompleted\",\n    \"ImportFailed\"\n  ]", "    \"ImportCompleted\"\n  ]", Code.EVENT_UNCONSUMED, "schemas/onboard.users/ImportFailed/v1/1.0.json", "{", "Add a rule"),
        edit("a bucket that is silent", TEMPLATE, "      NotificationConfiguration:\n        EventBridgeConfiguration: { EventBridgeEnabled: true }\n", "", Code.EVENT_UNPUBLISHED, "rules/forward-uploads/pattern.json", "{", "EventBridgeEnabled"),
        edit("a type that nobody publishes", TEMPLATE, "Receives: [onboard.users@UserRegistered-v1]", "Receives: []", Code.EVENT_UNPUBLISHED, REGISTERED, "\"UserRegistered\"", "Receives"),
        edit("events that nobody forwards", "rules/forward-uploads/pattern.json", "\"Object Created\"", "\"Object Deleted\"", Code.EVENT_UNPUBLISHED, UPLOADED, "\"Object Created\"", "remove the rule"),
        edit("a function that hides what it publishes", TEMPLATE, "    Metadata: { Check: { Publishes: [onboard.users@UserCreated-v1] } }\n", "", Code.PUBLISH_UNDECLARED, TEMPLATE, "RegisterUserFunction:", "Publishes"),
        edit("a function that may not publish", TEMPLATE, "events:PutEvents, Resource: !GetAtt EventBus.Arn }\n              - { Effect: Allow, Action: sqs", "events:DescribeEventBus, Resource: !GetAtt EventBus.Arn }\n              - { Effect: Allow, Action: sqs", Code.PUBLISH_PERMISSION, TEMPLATE, "Publishes", "Allow events:PutEvents on the bus in RegisterUserRole"),
        edit("a declaration of a type that there is not", TEMPLATE, "Publishes: [onboard.users@UserCreated-v1]", "Publishes: [onboard.users@UserCreatd-v1]", Code.DECLARATION_UNKNOWN, TEMPLATE, "UserCreatd", "Did you mean onboard.users@UserCreated-v1?"),
        edit("a complement of a rule that there is not", TEMPLATE, "Complements: [UserCreatedRule,", "Complements: [UserCreateRule,", Code.DECLARATION_UNKNOWN, TEMPLATE, "UserCreateRule,", "Did you mean UserCreatedRule?"),
        edit("rules that overlap and must not", TEMPLATE, "Complements: [UserCreatedRule, UserRegisteredRule]", "Complements: [UserCreatedRule, UserRegisteredRule], Excludes: [EverythingRule]", Code.RULES_OVERLAP, INVALID, "\"eventId\"", "Narrow one of them"),
        edit("a target without a dead-letter queue", TEMPLATE, "          RoleArn: !GetAtt StartImportRole.Arn\n          DeadLetterConfig: { Arn: !GetAtt UndeliveredEventsQueue.Arn }\n", "          RoleArn: !GetAtt StartImportRole.Arn\n", Code.TARGET_NO_DLQ, TEMPLATE, "Arn: !Ref ImportUsers", "Add DeadLetterConfig"),
        edit("a dead-letter queue that nothing may send to", TEMPLATE, "!GetAtt QuarantineQueue.Arn, !GetAtt UndeliveredEventsQueue.Arn]", "!GetAtt QuarantineQueue.Arn]", Code.DLQ_PERMISSION, TEMPLATE, "UndeliveredEventsQueue.Arn", "sqs:SendMessage on UndeliveredEventsQueue"),
        edit("a queue that its policy is not for", TEMPLATE, "Queues: [!Ref WelcomeMailQueue, ", "Queues: [", Code.TARGET_PERMISSION, TEMPLATE, "Arn: !GetAtt WelcomeMailQueue.Arn", "sqs:SendMessage on WelcomeMailQueue"),
        edit("a policy for another service", TEMPLATE, "Principal: { Service: [events.amazonaws.com, cloudwatch", "Principal: { Service: [cloudwatch", Code.TARGET_PERMISSION, TEMPLATE, "Arn: !Ref OperatorsTopic", "sns:Publish on OperatorsTopic"),
        edit("a permission for another rule", TEMPLATE, "SourceArn: !GetAtt UserRegisteredRule.Arn", "SourceArn: !GetAtt UserCreatedRule.Arn", Code.TARGET_PERMISSION, TEMPLATE, "Arn: !Ref RegisterUserAlias", "SourceArn: !GetAtt UserRegisteredRule.Arn"),
        edit("a permission for the function, not its alias", TEMPLATE, "      FunctionName: !Ref RegisterUserAlias\n      Action", "      FunctionName: !Ref RegisterUserFunction\n      Action", Code.TARGET_PERMISSION, TEMPLATE, "Arn: !Ref RegisterUserAlias", "FunctionName: !Ref RegisterUserAlias"),
        edit("a log group for another rule", TEMPLATE, "\"aws:SourceArn\":\"${EverythingRule.Arn}\"", "\"aws:SourceArn\":\"${InvalidEventRule.Arn}\"", Code.TARGET_PERMISSION, TEMPLATE, "log-group:${AuditLog}", "on AuditLog"),
        edit("a URL where an ARN belongs", TEMPLATE, "Arn: !GetAtt WelcomeMailQueue.Arn\n          Dead", "Arn: !Ref WelcomeMailQueue\n          Dead", Code.TARGET_ARN, TEMPLATE, "Arn: !Ref WelcomeMailQueue", "!GetAtt WelcomeMailQueue.Arn"),
        edit("a log group's ARN with a star", TEMPLATE, "Arn: !Sub \"arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${AuditLog}\"", "Arn: !GetAtt AuditLog.Arn", Code.TARGET_ARN, TEMPLATE, "!GetAtt AuditLog.Arn", "log-group:${AuditLog}"),
        edit("a workflow without a role to start it", TEMPLATE, "          RoleArn: !GetAtt StartImportRole.Arn\n", "", Code.TARGET_ROLE_MISSING, TEMPLATE, "Arn: !Ref ImportUsers", "states:StartExecution"),
        edit("a role that EventBridge may not assume", TEMPLATE, "RoleArn: !GetAtt StartImportRole.Arn", "RoleArn: !GetAtt ImportUsersRole.Arn", Code.TARGET_ROLE_TRUST, TEMPLATE, "RoleArn: !GetAtt ImportUsersRole.Arn", "AssumeRolePolicyDocument"),
        edit("a role without the action", TEMPLATE, "Action: states:StartExecution, Resource: !Ref ImportUsers", "Action: states:StartSyncExecution, Resource: !Ref ImportUsers", Code.TARGET_ROLE_ACTION, TEMPLATE, "RoleArn: !GetAtt StartImportRole.Arn", "Allow states:StartExecution"),
        edit("a role for another bus", TEMPLATE, "Action: events:PutEvents, Resource: !GetAtt EventBus.Arn", "Action: events:PutEvents, Resource: !GetAtt EventArchive.Arn", Code.TARGET_ROLE_ACTION, TEMPLATE, "RoleArn: !GetAtt ForwardRole.Arn", "in ForwardRole"),
        edit("a function that publishes what calls it", TEMPLATE, "Publishes: [onboard.users@UserCreated-v1]", "Publishes: [onboard.users@UserCreated-v1, onboard.users@UserRegistered-v1]", Code.EVENT_LOOP, TEMPLATE, "- Id: register", "Narrow a pattern"),
        edit("a rule that sends to its own bus", TEMPLATE, "Arn: !Ref OperatorsTopic\n", "Arn: !GetAtt EventBus.Arn\n          RoleArn: !GetAtt ForwardRole.Arn\n", Code.EVENT_LOOP, TEMPLATE, "- Id: operators", "publish another event"),
        edit("a workflow that is started by what it publishes", TEMPLATE, "Arn: !Ref OperatorsTopic\n", "Arn: !Ref ImportUsers\n          RoleArn: !GetAtt StartImportRole.Arn\n", Code.EVENT_LOOP, TEMPLATE, "- Id: operators", "publish another event"),
        edit("a transformer's path to nothing", TEMPLATE, "Arn: !GetAtt WelcomeMailQueue.Arn\n          DeadLetterConfig", "Arn: !GetAtt WelcomeMailQueue.Arn\n          InputTransformer: { InputPathsMap: { to: $.detail.data.emial }, InputTemplate: '{\"to\": <to>}' }\n          DeadLetterConfig", Code.TRANSFORMER_PATH_ABSENT, TEMPLATE, "emial", "Did you mean \"email\"?"),
        edit("an input path to nothing", TEMPLATE, "Arn: !GetAtt WelcomeMailQueue.Arn\n          DeadLetterConfig", "Arn: !GetAtt WelcomeMailQueue.Arn\n          InputPath: $.details.data\n          DeadLetterConfig", Code.TRANSFORMER_PATH_ABSENT, TEMPLATE, "$.details.data", "Did you mean \"detail\"?"),
        edit("a placeholder without a path", TEMPLATE, "Arn: !GetAtt WelcomeMailQueue.Arn\n          DeadLetterConfig", "Arn: !GetAtt WelcomeMailQueue.Arn\n          InputTransformer: { InputPathsMap: { mail: $.detail.data.email }, InputTemplate: '{\"to\": <mail>, \"cc\": <mial>}' }\n          DeadLetterConfig", Code.TRANSFORMER_PLACEHOLDER_UNKNOWN, TEMPLATE, "<mial>", "Did you mean <mail>?"),
        edit("a path that the template does not use", TEMPLATE, "Arn: !GetAtt WelcomeMailQueue.Arn\n          DeadLetterConfig", "Arn: !GetAtt WelcomeMailQueue.Arn\n          InputTransformer: { InputPathsMap: { to: $.detail.data.email, id: $.id }, InputTemplate: '{\"to\": <to>}' }\n          DeadLetterConfig", Code.TRANSFORMER_PATH_UNUSED, TEMPLATE, "id: $.id", "remove the path"),
        edit("a reference to nothing", TEMPLATE, "      EventBusName: !Ref EventBus\n", "      EventBusName: !Ref EventBuss\n", Code.REFERENCE_UNKNOWN, TEMPLATE, "EventBuss", "Did you mean EventBus?"),
        edit("an attribute of nothing", TEMPLATE, "AlarmActions: [!Ref OperatorsTopic]", "AlarmActions: [!GetAtt OperatorTopic.TopicArn]", Code.REFERENCE_UNKNOWN, TEMPLATE, "OperatorTopic.", "Did you mean OperatorsTopic?"),
        edit("a file that is not there", TEMPLATE, "../rules/csv-uploaded/pattern.json", "../rules/csv-uploaded/patterns.json", Code.FILE_UNREADABLE, TEMPLATE, "patterns.json", "Nothing else is checked"),
        edit("a template that is no YAML", TEMPLATE, "Conditions:\n", "Conditions: ]\n", Code.FILE_UNREADABLE, TEMPLATE, "Conditions: ]", "Nothing else is checked"));
  }
}
