package dev.onboard.local.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.Rooms;
import dev.onboard.local.sqs.LocalSqs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What becomes of an operation when the runtime ends in the middle of it. */
class ResumeTest {
  private static final String TEMPLATE =
      """
      Resources:
        First: {Type: AWS::SQS::Queue}
        Table:
          Type: AWS::DynamoDB::Table
          DependsOn: First
          Properties:
            AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
            KeySchema: [{AttributeName: id, KeyType: HASH}]
            BillingMode: PAY_PER_REQUEST
        Last: {Type: AWS::SQS::Queue, DependsOn: Table}
      """;

  @TempDir Path folder;
  private volatile String tableStatus = "CREATING";
  private final Twin tables =
      Twin.answering(
          Map.of(
              "createTable",
              r -> CreateTableResponse.builder().tableDescription(t -> {}).build(),
              "describeTable",
              r -> DescribeTableResponse.builder().table(t -> t.tableStatus(tableStatus)).build()));
  private Rooms rooms;
  private CloudFormationClient cfn;

  @BeforeEach
  void open() {
    rooms =
        Rooms.open(
            folder,
            env ->
                List.of(
                    new LocalSqs(env),
                    tables.as(DynamoDbClient.class, "dynamodb"),
                    new LocalCloudFormation(env)));
    cfn = rooms.client(CloudFormationClient.class);
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  @Test
  void creation_goesOnWhereItWas() {
    createUntilTable();
    rooms.close();
    tableStatus = "ACTIVE";
    open();
    settle();
    assertThat(status()).isEqualTo("CREATE_COMPLETE");
    assertThat(Collections.frequency(tables.asked(), "CreateTable")).isEqualTo(1);
    assertThat(rooms.client(SqsClient.class).listQueues(b -> {}).queueUrls()).hasSize(2);
  }

  @Test
  void tableNeverComes_isRolledBack() {
    createUntilTable();
    rooms.clock.advance(Duration.ofMinutes(11));
    settle();
    assertThat(status()).isEqualTo("ROLLBACK_COMPLETE");
    assertThat(tables.asked()).contains("DeleteTable");
    assertThat(rooms.client(SqsClient.class).listQueues(b -> {}).queueUrls()).isEmpty();
  }

  @Test
  void cancelledUpdate_turnsBack() {
    tableStatus = "ACTIVE";
    cfn.createStack(b -> b.stackName("app").templateBody(TEMPLATE));
    settle();
    tableStatus = "UPDATING";
    String changed =
        TEMPLATE.replace(
            "PAY_PER_REQUEST", "PAY_PER_REQUEST\n      DeletionProtectionEnabled: true");
    cfn.updateStack(b -> b.stackName("app").templateBody(changed));
    rooms.clock.advance(Duration.ofSeconds(1));
    assertThat(status()).isEqualTo("UPDATE_IN_PROGRESS");
    cfn.cancelUpdateStack(b -> b.stackName("app"));
    tableStatus = "ACTIVE";
    settle();
    assertThat(status()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
    assertThat(Collections.frequency(tables.asked(), "UpdateTable")).isEqualTo(2);
  }

  private void createUntilTable() {
    cfn.createStack(b -> b.stackName("app").templateBody(TEMPLATE));
    rooms.clock.advance(Duration.ofSeconds(1));
    assertThat(status()).isEqualTo("CREATE_IN_PROGRESS");
    assertThat(tables.asked()).contains("CreateTable");
  }

  private String status() {
    return cfn.describeStacks(b -> b.stackName("app")).stacks().getFirst().stackStatusAsString();
  }

  private void settle() {
    rooms.clock.advanceUntil(() -> !status().endsWith("_IN_PROGRESS"), Duration.ofMinutes(5));
  }
}
