package dev.onboard.functions.dynamo;

import dev.onboard.functions.time.Pause;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Transactions that are tried again while others touch the same items, as counters invite. */
public final class Transactions {

  /** The most actions of a transaction. */
  public static final int ACTIONS = 100;

  private static final int ATTEMPTS = 20;

  private final DynamoDbClient dynamoDb;
  private final Pause pause;

  public Transactions(DynamoDbClient dynamoDb, Pause pause) {
    this.dynamoDb = dynamoDb;
    this.pause = pause;
  }

  /**
   * Writes all or nothing.
   *
   * @return no reasons if written, else one reason an action, at least one of which says {@code
   *     ConditionalCheckFailed}
   */
  public List<CancellationReason> write(List<TransactWriteItem> actions) {
    for (int attempt = 1; ; attempt++) {
      try {
        dynamoDb.transactWriteItems(request -> request.transactItems(actions));
        return List.of();
      } catch (TransactionCanceledException e) {
        if (e.cancellationReasons().stream().anyMatch(Transactions::isConditionFailed)) {
          return e.cancellationReasons();
        }
        boolean passing = e.cancellationReasons().stream().allMatch(Transactions::isPassing);
        if (!passing || attempt == ATTEMPTS) {
          throw e;
        }
        pause.beforeAttempt(Math.min(attempt, 4));
      }
    }
  }

  public static boolean isConditionFailed(CancellationReason reason) {
    return "ConditionalCheckFailed".equals(reason.code());
  }

  private static boolean isPassing(CancellationReason reason) {
    return switch (reason.code() == null ? "None" : reason.code()) {
      case "None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded" ->
          true;
      default -> false;
    };
  }
}
