package dev.onboard.local.sfn;

import dev.onboard.local.call.AwsErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sfn.model.ActivityDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ConflictException;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;
import software.amazon.awssdk.services.sfn.model.InvalidNameException;
import software.amazon.awssdk.services.sfn.model.InvalidOutputException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.MissingRequiredParameterException;
import software.amazon.awssdk.services.sfn.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StateMachineAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.StateMachineDeletingException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineTypeNotSupportedException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Step Functions' errors, with its codes and words. */
final class Errors {
  private Errors() {}

  static AwsServiceException noStateMachine(String arn) {
    return error(
        StateMachineDoesNotExistException.builder(),
        "StateMachineDoesNotExist",
        "State Machine Does Not Exist: '" + arn + "'");
  }

  static AwsServiceException stateMachineExists(String arn) {
    return error(
        StateMachineAlreadyExistsException.builder(),
        "StateMachineAlreadyExists",
        "State Machine Already Exists: '" + arn + "'");
  }

  static AwsServiceException deleting(String arn) {
    return error(
        StateMachineDeletingException.builder(),
        "StateMachineDeleting",
        "State Machine Is Being Deleted: '" + arn + "'");
  }

  static AwsServiceException wrongType() {
    return error(
        StateMachineTypeNotSupportedException.builder(),
        "StateMachineTypeNotSupported",
        "This operation is not supported by this type of state machine");
  }

  static AwsServiceException noActivity(String arn) {
    return error(
        ActivityDoesNotExistException.builder(),
        "ActivityDoesNotExist",
        "Activity Does Not Exist: '" + arn + "'");
  }

  static AwsServiceException noExecution(String arn) {
    return error(
        ExecutionDoesNotExistException.builder(),
        "ExecutionDoesNotExist",
        "Execution Does Not Exist: '" + arn + "'");
  }

  static AwsServiceException executionExists(String arn) {
    return error(
        ExecutionAlreadyExistsException.builder(),
        "ExecutionAlreadyExists",
        "Execution Already Exists: '" + arn + "'");
  }

  static AwsServiceException notRedrivable(String arn, String why) {
    return error(
        ExecutionNotRedrivableException.builder(),
        "ExecutionNotRedrivable",
        "Execution " + arn + " invalid for redrive as: " + why);
  }

  static AwsServiceException invalidInput(String why) {
    return error(
        InvalidExecutionInputException.builder(),
        "InvalidExecutionInput",
        "Invalid State Machine Execution Input: '" + why + "'");
  }

  static AwsServiceException invalidDefinition(String why) {
    return error(
        InvalidDefinitionException.builder(),
        "InvalidDefinition",
        "Invalid State Machine Definition: '" + why + "'");
  }

  static AwsServiceException notTestable(String why) {
    return error(InvalidDefinitionException.builder(), "InvalidDefinition", why);
  }

  static AwsServiceException invalidName(String name) {
    return error(InvalidNameException.builder(), "InvalidName", "Invalid Name: '" + name + "'");
  }

  static AwsServiceException invalidArn(String why) {
    return error(InvalidArnException.builder(), "InvalidArn", "Invalid Arn: '" + why + "'");
  }

  static AwsServiceException invalidToken() {
    return error(InvalidTokenException.builder(), "InvalidToken", "Invalid Token: 'Invalid token'");
  }

  static AwsServiceException taskTimedOut() {
    return error(
        TaskTimedOutException.builder(),
        "TaskTimedOut",
        "Task Timed Out: 'Provided task does not exist anymore'");
  }

  static AwsServiceException invalidOutput() {
    return error(
        InvalidOutputException.builder(), "InvalidOutput", "Invalid Output: 'Invalid JSON'");
  }

  static AwsServiceException resourceNotFound(String arn) {
    return error(
        ResourceNotFoundException.builder(),
        "ResourceNotFound",
        "Resource not found: '" + arn + "'");
  }

  static AwsServiceException noSuchReference() {
    return error(
        ResourceNotFoundException.builder(),
        "ResourceNotFound",
        "Request references a resource that does not exist.");
  }

  static AwsServiceException conflict(String why) {
    return error(ConflictException.builder(), "ConflictException", why);
  }

  static AwsServiceException missing(String why) {
    return error(MissingRequiredParameterException.builder(), "MissingRequiredParameter", why);
  }

  static AwsServiceException validation(String why) {
    return error(SfnException.builder(), "ValidationException", why);
  }

  /** The error of one value that breaks one rule of the model. */
  static AwsServiceException constraint(String value, String field, String rule) {
    return validation(
        "1 validation error detected: Value '"
            + value
            + "' at '"
            + field
            + "' failed to satisfy constraint: "
            + rule);
  }

  private static AwsServiceException error(
      AwsServiceException.Builder builder, String code, String message) {
    return AwsErrors.error(builder, 400, code, message);
  }
}
