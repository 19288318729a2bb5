package dev.onboard.local.dynamodb;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.dynamodb.value.DynamoErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Why a transaction is cancelled: a reason for each of its actions, in their order. */
final class Cancellation {
  private static final CancellationReason NONE = CancellationReason.builder().code("None").build();

  private final List<CancellationReason> reasons = new ArrayList<>();
  private boolean cancelled;

  /** Tries the next action; what fails of itself is a reason, anything else is thrown on. */
  <T> @Nullable T attempt(Supplier<T> action) {
    try {
      T result = action.get();
      reasons.add(NONE);
      return result;
    } catch (AwsServiceException e) {
      reasons.add(reason(e));
      cancelled = true;
      return null;
    }
  }

  private static CancellationReason reason(AwsServiceException e) {
    String code =
        switch (AwsErrors.code(e)) {
          case "ConditionalCheckFailedException" -> "ConditionalCheckFailed";
          case "DuplicateItemException" -> "DuplicateItem";
          case "ValidationException" -> "ValidationError";
          default -> throw e;
        };
    Map<String, AttributeValue> item =
        e instanceof ConditionalCheckFailedException failed && failed.hasItem()
            ? failed.item()
            : null;
    return CancellationReason.builder().code(code).message(AwsErrors.message(e)).item(item).build();
  }

  /** Cancels the transaction if an action failed. */
  void throwIfAny() {
    if (cancelled) {
      throw DynamoErrors.cancelled(reasons);
    }
  }
}
