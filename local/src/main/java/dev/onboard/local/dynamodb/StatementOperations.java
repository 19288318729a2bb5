package dev.onboard.local.dynamodb;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.dynamodb.WriteAction.Outcome;
import dev.onboard.local.dynamodb.partiql.Statement;
import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.dynamodb.value.Limits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementError;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionResponse;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;

/** PartiQL: ExecuteStatement, BatchExecuteStatement and ExecuteTransaction. */
final class StatementOperations {
  private final Writes writes;
  private final Tables tables;
  private final Tokens tokens;

  StatementOperations(Writes writes, Tables tables, Tokens tokens) {
    this.writes = writes;
    this.tables = tables;
    this.tokens = tokens;
  }

  ExecuteStatementResponse execute(ExecuteStatementRequest request) {
    new Constraints()
        .required("statement", request.statement())
        .length("statement", request.statement(), 1, Limits.STATEMENT_CHARACTERS)
        .oneOf(
            "returnConsumedCapacity",
            request.returnConsumedCapacityAsString(),
            Constraints.CAPACITY)
        .oneOf(
            "returnValuesOnConditionCheckFailure",
            request.returnValuesOnConditionCheckFailureAsString(),
            Constraints.ON_FAILURE)
        .atLeast("limit", request.limit(), 1)
        .notEmpty("parameters", request.hasParameters(), request.parameters())
        .check();
    var statement =
        BoundStatement.of(
            request.statement(),
            request.hasParameters() ? request.parameters() : List.of(),
            request.returnValuesOnConditionCheckFailureAsString());
    if (statement.statement() instanceof Statement.Exists) {
      throw DynamoErrors.validation("EXISTS is only supported in ExecuteTransaction statements");
    }
    var capacity = writes.capacity(request.returnConsumedCapacityAsString(), false);
    if (statement.statement() instanceof Statement.Select) {
      return writes
          .store()
          .read(tx -> new SelectReader(tx, tables, statement).execute(request, capacity));
    }
    List<Map<String, AttributeValue>> items =
        writes.run(all -> {
          WriteAction action = statement.action(tables.get(all.tx(), statement.table()));
          Outcome outcome = capacity.apply(action, all);
          Map<String, AttributeValue> returned = statement.returned(outcome);
          return returned == null ? List.of() : List.of(returned);
        });
    return ExecuteStatementResponse.builder().items(items).consumedCapacity(capacity.one()).build();
  }

  BatchExecuteStatementResponse batch(BatchExecuteStatementRequest request) {
    new Constraints()
        .size("statements", request.statements(), 1, Limits.BATCH_STATEMENTS)
        .oneOf(
            "returnConsumedCapacity",
            request.returnConsumedCapacityAsString(),
            Constraints.CAPACITY)
        .check();
    var capacity = writes.capacity(request.returnConsumedCapacityAsString(), false);
    List<Member> members = request.statements().stream().map(Member::of).toList();
    boolean reads = members.stream().anyMatch(Member::reads);
    if (reads && members.stream().anyMatch(Member::writes)) {
      throw DynamoErrors.validation(
          "Statements within BatchExecuteStatement must be either all reads or all writes");
    }
    List<BatchStatementResponse> responses =
        reads
            ? writes.store().read(tx -> answers(members, new Items(tx), capacity))
            : writes.run(items -> answers(members, items, capacity));
    return BatchExecuteStatementResponse.builder()
        .responses(responses)
        .consumedCapacity(capacity.all())
        .build();
  }

  /** A statement of a batch: bound, or the error that it is already. */
  private record Member(
      BatchStatementRequest request,
      @Nullable BoundStatement statement,
      @Nullable AwsServiceException error) {

    static Member of(BatchStatementRequest request) {
      new Constraints()
          .required("statements.statement", request.statement())
          .length("statements.statement", request.statement(), 1, Limits.STATEMENT_CHARACTERS)
          .oneOf(
              "returnValuesOnConditionCheckFailure",
              request.returnValuesOnConditionCheckFailureAsString(),
              Constraints.ON_FAILURE)
          .check();
      try {
        var statement =
            BoundStatement.of(
                request.statement(),
                request.hasParameters() ? request.parameters() : List.of(),
                request.returnValuesOnConditionCheckFailureAsString());
        if (statement.statement() instanceof Statement.Exists) {
          throw DynamoErrors.validation(
              "EXISTS is only supported in ExecuteTransaction statements");
        }
        return new Member(request, statement, null);
      } catch (AwsServiceException e) {
        return new Member(request, null, e);
      }
    }

    boolean reads() {
      return statement != null && statement.statement() instanceof Statement.Select;
    }

    boolean writes() {
      return statement != null && !reads();
    }
  }

  private List<BatchStatementResponse> answers(
      List<Member> members, Items items, Capacity capacity) {
    return members.stream().map(m -> answer(m, items, capacity)).toList();
  }

  private BatchStatementResponse answer(Member member, Items items, Capacity capacity) {
    BoundStatement statement = member.statement;
    var answer = BatchStatementResponse.builder();
    if (statement == null) {
      return answer.error(error(Objects.requireNonNull(member.error), null)).build();
    }
    answer.tableName(Tables.nameOf(statement.table()));
    WriteAction action = null;
    try {
      Table table = tables.get(items.tx(), statement.table());
      if (member.reads()) {
        var item =
            statement.single(
                items,
                table,
                "BatchExecuteStatement",
                Boolean.TRUE.equals(member.request.consistentRead()),
                capacity);
        return answer.item(item).build();
      }
      action = statement.action(table);
      Outcome outcome = capacity.apply(action, items);
      return answer.item(statement.returned(outcome)).build();
    } catch (AwsServiceException e) {
      Stored inTheWay =
          action instanceof WriteAction.Insert insert && insert.terms().showsItem()
              ? items.find(insert.table(), insert.key())
              : null;
      return answer.error(error(e, inTheWay)).build();
    }
  }

  private static BatchStatementError error(AwsServiceException e, @Nullable Stored inTheWay) {
    String code =
        switch (AwsErrors.code(e)) {
          case "ConditionalCheckFailedException" -> "ConditionalCheckFailed";
          case "DuplicateItemException" -> "DuplicateItem";
          case "ResourceNotFoundException" -> "ResourceNotFound";
          case "ValidationException" -> "ValidationError";
          default -> throw e;
        };
    var error = BatchStatementError.builder().code(code).message(AwsErrors.message(e));
    if (inTheWay != null) {
      error.item(inTheWay.item());
    } else if (e instanceof ConditionalCheckFailedException failed && failed.hasItem()) {
      error.item(failed.item());
    }
    return error.build();
  }

  ExecuteTransactionResponse transaction(ExecuteTransactionRequest request) {
    new Constraints()
        .size("transactStatements", request.transactStatements(), 1, Limits.TRANSACTION_ACTIONS)
        .oneOf(
            "returnConsumedCapacity",
            request.returnConsumedCapacityAsString(),
            Constraints.CAPACITY)
        .length("clientRequestToken", request.clientRequestToken(), 1, Limits.TOKEN_CHARACTERS)
        .check();
    List<BoundStatement> statements = bound(request.transactStatements());
    boolean reads = statements.stream().anyMatch(s -> s.statement() instanceof Statement.Select);
    if (reads && !statements.stream().allMatch(s -> s.statement() instanceof Statement.Select)) {
      throw DynamoErrors.validation(
          "ExecuteTransaction API does not support both read and write operations in the same"
              + " request");
    }
    var capacity = writes.capacity(request.returnConsumedCapacityAsString(), true);
    List<ItemResponse> responses = List.of();
    if (reads) {
      responses = writes.store().read(tx -> readAll(new Items(tx), statements, capacity));
    } else {
      write(request, statements, capacity);
    }
    return ExecuteTransactionResponse.builder()
        .responses(responses)
        .consumedCapacity(capacity.all())
        .build();
  }

  private static List<BoundStatement> bound(List<ParameterizedStatement> statements) {
    var bound = new ArrayList<BoundStatement>();
    for (ParameterizedStatement each : statements) {
      try {
        BoundStatement statement =
            BoundStatement.of(
                each.statement(),
                each.hasParameters() ? each.parameters() : List.of(),
                each.returnValuesOnConditionCheckFailureAsString());
        statement.requireFitsTransaction();
        bound.add(statement);
      } catch (AwsServiceException e) {
        throw failed(bound.size(), e);
      }
    }
    return bound;
  }

  private static AwsServiceException failed(int at, AwsServiceException e) {
    return AwsErrors.code(e).equals("ValidationException")
        ? DynamoErrors.validation(
            "Validation failed in TransactStatements[" + at + "]: " + AwsErrors.message(e))
        : e;
  }

  private List<ItemResponse> readAll(
      Items items, List<BoundStatement> statements, Capacity capacity) {
    var responses = new ArrayList<ItemResponse>();
    for (BoundStatement statement : statements) {
      Table table = tables.get(items.tx(), statement.table());
      try {
        var item = statement.single(items, table, "ExecuteTransaction", true, capacity);
        responses.add(ItemResponse.builder().item(item).build());
      } catch (AwsServiceException e) {
        throw failed(responses.size(), e);
      }
    }
    return responses;
  }

  private void write(
      ExecuteTransactionRequest request, List<BoundStatement> statements, Capacity capacity) {
    String token = request.clientRequestToken();
    byte[] digest = token == null ? new byte[0] : Tokens.digest(request.transactStatements());
    writes.run(items -> {
      List<Table> found = statements.stream().map(s -> tables.get(items.tx(), s.table())).toList();
      var cancellation = new Cancellation();
      var actions = new ArrayList<WriteAction>();
      for (int i = 0; i < statements.size(); i++) {
        BoundStatement statement = statements.get(i);
        Table table = found.get(i);
        WriteAction action = cancellation.attempt(() -> statement.action(table));
        if (action != null) {
          actions.add(action);
        }
      }
      cancellation.throwIfAny();
      requireDistinct(actions);
      if (!tokens.take(items.tx(), token, digest)) {
        return null;
      }
      var applied = new Cancellation();
      for (WriteAction action : actions) {
        applied.attempt(() -> capacity.apply(action, items));
      }
      applied.throwIfAny();
      return null;
    });
  }

  private static void requireDistinct(List<WriteAction> actions) {
    record Target(long table, Key key) {}
    var seen = new HashSet<Target>();
    if (!actions.stream().allMatch(a -> seen.add(new Target(a.table().id(), a.key())))) {
      throw DynamoErrors.validation(
          "Transaction request cannot include multiple operations on one item");
    }
  }
}
