package dev.onboard.check;

import java.util.List;

/** The things that are broken. */
final class WorkflowEdits {
  private static final String TEMPLATE = "cloudformation/onboard.yaml";
  private static final String WORKFLOW = "statemachine/import-users.asl.json";

  private WorkflowEdits() {}

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
        edit(
            "a next state that there is not",
            WORKFLOW,
            "\"Next\": \"Inspect upload\"",
            "\"Next\": \"Inspect uploads\"",
            Code.WORKFLOW_STATE_UNKNOWN,
            WORKFLOW,
            "\"Inspect uploads\"",
            "Did you mean \"Inspect upload\"?"),
        edit(
            "a handler of errors that there is not",
            WORKFLOW,
            "\"Next\": \"Explain failure\"",
            "\"Next\": \"Explain failures\"",
            Code.WORKFLOW_STATE_UNKNOWN,
            WORKFLOW,
            "\"Explain failures\"",
            "Did you mean \"Explain failure\"?"),
        edit(
            "a state of another branch",
            WORKFLOW,
            "\"Default\": \"Batch done\"",
            "\"Default\": \"Read totals\"",
            Code.WORKFLOW_STATE_UNKNOWN,
            WORKFLOW,
            "\"Read totals\"",
            "There are Validate rows"),
        edit(
            "a state that nothing leads to",
            WORKFLOW,
            "\"Default\": \"Note number of rows\"",
            "\"Default\": \"Are there rows?\"",
            Code.WORKFLOW_STATE_UNREACHABLE,
            WORKFLOW,
            "\"Note number of rows\"",
            "or remove it"),
        edit(
            "a misspelt field of a state",
            WORKFLOW,
            "\"TimeoutSeconds\": 900",
            "\"TimeoutSecond\": 900",
            Code.WORKFLOW_FIELD_UNKNOWN,
            WORKFLOW,
            "\"TimeoutSecond\"",
            "Did you mean TimeoutSeconds?"),
        edit(
            "a field of JSONPath in JSONata",
            WORKFLOW,
            "\"Output\": {},",
            "\"ResultPath\": null,",
            Code.WORKFLOW_FIELD_UNKNOWN,
            WORKFLOW,
            "\"ResultPath\"",
            "Use Arguments"),
        edit(
            "a type of state that there is not",
            WORKFLOW,
            "\"Type\": \"Succeed\"",
            "\"Type\": \"Success\"",
            Code.WORKFLOW_FIELD_UNKNOWN,
            WORKFLOW,
            "\"Success\"",
            "Succeed"),
        edit(
            "a state without an end",
            WORKFLOW,
            "\"End\": true\n    },\n    \"Explain failure\"",
            "\"Comment\": \"?\"\n    },\n    \"Explain failure\"",
            Code.WORKFLOW_END_MISSING,
            WORKFLOW,
            "\"Type\": \"Task\"",
            "Add a Next"),
        edit(
            "a workflow that may not write its table",
            TEMPLATE,
            "Action: [dynamodb:GetItem, dynamodb:UpdateItem]",
            "Action: [dynamodb:GetItem]",
            Code.WORKFLOW_ROLE_ACTION,
            WORKFLOW,
            "dynamodb:updateItem",
            "Allow dynamodb:UpdateItem on ImportsTable in ImportUsersRole"),
        edit(
            "a workflow that may not call a function",
            TEMPLATE,
            "!Ref StoreUsersAlias, !Ref ReportImportAlias]",
            "!Ref ReportImportAlias]",
            Code.WORKFLOW_ROLE_ACTION,
            WORKFLOW,
            "lambda:invoke",
            "lambda:InvokeFunction on StoreUsersAlias"),
        edit(
            "a workflow that may not start its map",
            TEMPLATE,
            "stateMachine:ImportUsers-${Environment}\"",
            "stateMachine:Imports-${Environment}\"",
            Code.WORKFLOW_ROLE_ACTION,
            WORKFLOW,
            "{",
            "states:StartExecution on ImportUsers"),
        edit(
            "a workflow that may write to another bucket alone",
            TEMPLATE,
            "\"${ResultsBucket.Arn}/imports/*\"",
            "\"${UploadBucket.Arn}/imports/*\"",
            Code.WORKFLOW_ROLE_ACTION,
            WORKFLOW,
            "s3:putObject",
            "s3:PutObject on ResultsBucket"),
        edit(
            "a workflow that may not publish",
            TEMPLATE,
            "Sid: PublishEvents, Effect: Allow",
            "Sid: PublishEvents, Effect: Deny",
            Code.WORKFLOW_ROLE_ACTION,
            WORKFLOW,
            "DetailType",
            "events:PutEvents on EventBus"),
        edit(
            "something that nothing fills in",
            TEMPLATE,
            "        ResultsBucket: !Ref ResultsBucket\n",
            "",
            Code.WORKFLOW_SUBSTITUTION_MISSING,
            WORKFLOW,
            "${ResultsBucket}",
            "DefinitionSubstitutions of ImportUsers"),
        edit(
            "something that fills in nothing",
            TEMPLATE,
            "        EventBus: !Ref EventBus\n",
            "        EventBus: !Ref EventBus\n        Bus: !Ref EventBus\n",
            Code.WORKFLOW_SUBSTITUTION_UNUSED,
            TEMPLATE,
            "Bus: !Ref EventBus",
            "Remove the substitution"),
        edit(
            "a published field that no schema describes",
            WORKFLOW,
            "\"error\": \"{% $failure.Error %}\"",
            "\"reason\": \"{% $failure.Error %}\"",
            Code.PUBLISHED_FIELD_UNKNOWN,
            WORKFLOW,
            "\"reason\"",
            "new minor version"),
        edit(
            "a misspelt published field",
            WORKFLOW,
            "\"bucket\": \"{% $bucket %}\",\n                \"key\"",
            "\"buckets\": \"{% $bucket %}\",\n                \"key\"",
            Code.PUBLISHED_FIELD_UNKNOWN,
            WORKFLOW,
            "\"buckets\"",
            "Did you mean \"bucket\"?"));
  }
}
