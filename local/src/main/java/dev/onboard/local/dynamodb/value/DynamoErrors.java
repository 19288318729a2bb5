package dev.onboard.local.dynamodb.value;

import dev.onboard.local.call.AwsErrors;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DuplicateItemException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** The errors of DynamoDB with their codes and texts. */
public final class DynamoErrors {
  public static final String CONDITION_FAILED = "The conditional request failed";
  public static final String DUPLICATE_ITEM = "Duplicate primary key exists in table";

  private DynamoErrors() {}

  public static AwsServiceException validation(String message) {
    return AwsErrors.error(DynamoDbException.builder(), 400, "ValidationException", message);
  }

  /** The commonest kind of validation error. */
  public static AwsServiceException invalid(String what) {
    return validation("One or more parameter values were invalid: " + what);
  }

  public static AwsServiceException unsupported(String operation, String what) {
    return AwsErrors.unsupported("dynamodb", operation, what);
  }

  /** Of the operations on items, which do not say what was not found. */
  public static AwsServiceException notFound() {
    return notFound("Requested resource not found");
  }

  public static AwsServiceException notFound(String message) {
    return AwsErrors.error(
        ResourceNotFoundException.builder(), 400, "ResourceNotFoundException", message);
  }

  public static AwsServiceException inUse(String message) {
    return AwsErrors.error(
        ResourceInUseException.builder(), 400, "ResourceInUseException", message);
  }

  public static AwsServiceException limit(String message) {
    return AwsErrors.error(
        LimitExceededException.builder(), 400, "LimitExceededException", message);
  }

  /**
   * A condition that did not hold.
   *
   * @param item the item in the way, if the caller asked for it
   */
  public static AwsServiceException conditionFailed(@Nullable Map<String, AttributeValue> item) {
    return AwsErrors.error(
        ConditionalCheckFailedException.builder().item(item),
        400,
        "ConditionalCheckFailedException",
        CONDITION_FAILED);
  }

  public static AwsServiceException duplicateItem() {
    return AwsErrors.error(
        DuplicateItemException.builder(), 400, "DuplicateItemException", DUPLICATE_ITEM);
  }

  public static AwsServiceException cancelled(List<CancellationReason> reasons) {
    String codes = String.join(", ", reasons.stream().map(CancellationReason::code).toList());
    return AwsErrors.error(
        TransactionCanceledException.builder().cancellationReasons(reasons),
        400,
        "TransactionCanceledException",
        "Transaction cancelled, please refer cancellation reasons for specific reasons ["
            + codes
            + "]");
  }

  public static AwsServiceException tokenReused() {
    return AwsErrors.error(
        IdempotentParameterMismatchException.builder(),
        400,
        "IdempotentParameterMismatchException",
        "Request parameters do not match the parameters of the earlier request with this client"
            + " request token");
  }
}
