package dev.onboard.local.sqs;

import dev.onboard.local.call.AwsErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sqs.model.InvalidAttributeNameException;
import software.amazon.awssdk.services.sqs.model.InvalidAttributeValueException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * SQS's errors, under the codes of its JSON protocol; {@link SqsWire} has those of the query one.
 */
final class SqsErrors {
  private SqsErrors() {}

  static AwsServiceException invalidParameter(String message) {
    return AwsErrors.error(SqsException.builder(), 400, "InvalidParameterValueException", message);
  }

  static AwsServiceException invalidParameter(String name, Object value, String reason) {
    return invalidParameter(
        "Value " + value + " for parameter " + name + " is invalid. Reason: " + reason);
  }

  static AwsServiceException missingParameter(String name) {
    return AwsErrors.error(
        SqsException.builder(),
        400,
        "MissingRequiredParameterException",
        "The request must contain the parameter " + name + ".");
  }

  static AwsServiceException noQueue() {
    return AwsErrors.error(
        QueueDoesNotExistException.builder(),
        400,
        "QueueDoesNotExist",
        "The specified queue does not exist.");
  }

  static AwsServiceException unknownAttribute(String name) {
    return invalidAttributeName("Unknown Attribute " + name + ".");
  }

  static AwsServiceException invalidAttributeName(String message) {
    return AwsErrors.error(
        InvalidAttributeNameException.builder(), 400, "InvalidAttributeName", message);
  }

  static AwsServiceException invalidAttribute(String name) {
    return invalidAttributeValue("Invalid value for the parameter " + name + ".");
  }

  static AwsServiceException invalidAttributeValue(String message) {
    return AwsErrors.error(
        InvalidAttributeValueException.builder(), 400, "InvalidAttributeValue", message);
  }

  static AwsServiceException invalidHandle(String handle) {
    return AwsErrors.error(
        ReceiptHandleIsInvalidException.builder(),
        404,
        "ReceiptHandleIsInvalid",
        "The input receipt handle \"" + handle + "\" is not a valid receipt handle.");
  }

  static AwsServiceException noResource(String message) {
    return AwsErrors.error(
        ResourceNotFoundException.builder(), 404, "ResourceNotFoundException", message);
  }
}
