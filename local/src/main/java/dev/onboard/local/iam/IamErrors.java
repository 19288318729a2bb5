package dev.onboard.local.iam;

import dev.onboard.local.call.AwsErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/** The errors of IAM. */
final class IamErrors {
  private IamErrors() {}

  static AwsServiceException noSuch(String message) {
    return AwsErrors.error(NoSuchEntityException.builder(), 404, "NoSuchEntity", message);
  }

  static AwsServiceException exists(String message) {
    return AwsErrors.error(
        EntityAlreadyExistsException.builder(), 409, "EntityAlreadyExists", message);
  }

  static AwsServiceException conflict(String message) {
    return AwsErrors.error(DeleteConflictException.builder(), 409, "DeleteConflict", message);
  }

  static AwsServiceException limit(String message) {
    return AwsErrors.error(LimitExceededException.builder(), 409, "LimitExceeded", message);
  }

  static AwsServiceException malformed(String message) {
    return AwsErrors.error(
        MalformedPolicyDocumentException.builder(), 400, "MalformedPolicyDocument", message);
  }

  static AwsServiceException invalid(String message) {
    return AwsErrors.error(IamException.builder(), 400, "ValidationError", message);
  }

  /** Refuses a name that is missing, too long or has other characters than AWS allows. */
  static String name(@org.jspecify.annotations.Nullable String name, String member, int limit) {
    if (name == null || name.isEmpty()) {
      throw invalid(
          "1 validation error detected: Value null at '"
              + member
              + "' failed to satisfy constraint: Member must not be null");
    }
    if (name.length() > limit) {
      throw invalid(
          "1 validation error detected: Value '"
              + name
              + "' at '"
              + member
              + "' failed to satisfy constraint: Member must have length less than or equal to "
              + limit);
    }
    if (!name.matches("[\\w+=,.@-]+")) {
      throw invalid(
          "The specified value for "
              + member
              + " is invalid. It must contain only alphanumeric characters and/or the following:"
              + " +=,.@_-");
    }
    return name;
  }
}
