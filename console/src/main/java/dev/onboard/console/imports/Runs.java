package dev.onboard.console.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.stack.ImportItem;
import dev.onboard.console.stack.Stack;
import dev.onboard.console.web.Json;
import dev.onboard.console.web.Refusal;
import dev.onboard.console.web.Sdk;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;

/**
 * Reads the runs of the import workflow. DynamoDB keeps the imports in no order; Step Functions
 * lists what works on them from the newest on, a page at a time.
 */
final class Runs {
  private final SfnClient sfn;
  private final DynamoDbClient dynamoDb;
  private final Stack stack;

  Runs(Sdk sdk, Stack stack) {
    this.sfn = sdk.client(SfnClient.class);
    this.dynamoDb = sdk.client(DynamoDbClient.class);
    this.stack = stack;
  }

  /**
   * A page of runs, newest first.
   *
   * @param next what leads to the next page, if there is one
   */
  record Listed(List<Run> runs, @Nullable String next) {}

  Listed list(@Nullable String token, int size) {
    ListExecutionsResponse listed;
    try {
      listed =
          sfn.listExecutions(l ->
              l.stateMachineArn(stack.output("ImportStateMachineArn"))
                  .maxResults(size)
                  .nextToken(token));
    } catch (InvalidTokenException e) {
      throw Refusal.badRequest("There is no such page of imports.");
    }
    List<Run> runs =
        listed.executions().stream()
            .map(e -> execution(e.executionArn()))
            .flatMap(Optional::stream)
            .map(this::run)
            .toList();
    return new Listed(runs, listed.nextToken());
  }

  /** How an execution stands, as long as Step Functions knows it. */
  Optional<DescribeExecutionResponse> execution(String arn) {
    try {
      return Optional.of(sfn.describeExecution(d -> d.executionArn(arn)));
    } catch (ExecutionDoesNotExistException e) {
      return Optional.empty();
    }
  }

  private Run run(DescribeExecutionResponse execution) {
    JsonNode object = Json.read(execution.input()).at("/detail/object");
    String key = object.path("key").asText();
    String version = object.path("version-id").asText();
    ImportItem item =
        key.isEmpty() || version.isEmpty()
            ? null
            : ImportItem.ofUpload(dynamoDb, stack, key, version).orElse(null);
    return new Run(
        execution.executionArn(),
        execution.statusAsString(),
        execution.startDate(),
        execution.stopDate(),
        key,
        item);
  }
}
