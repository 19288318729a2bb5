package dev.onboard.local.schemas;

import dev.onboard.local.call.AwsErrors;
import java.util.Collection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.schemas.model.BadRequestException;
import software.amazon.awssdk.services.schemas.model.ConflictException;
import software.amazon.awssdk.services.schemas.model.ForbiddenException;
import software.amazon.awssdk.services.schemas.model.NotFoundException;
import software.amazon.awssdk.services.schemas.model.PreconditionFailedException;

/** The errors of the schema registry. */
final class SchemaErrors {
  private static final Pattern NAME = Pattern.compile("[.\\-_A-Za-z0-9@]+");

  private SchemaErrors() {}

  static AwsServiceException badRequest(String message) {
    return AwsErrors.error(
        BadRequestException.builder().code("BadRequest"), 400, "BadRequestException", message);
  }

  static AwsServiceException forbidden(String message) {
    return AwsErrors.error(
        ForbiddenException.builder().code("Forbidden"), 403, "ForbiddenException", message);
  }

  static AwsServiceException notFound(String what, String name) {
    return AwsErrors.error(
        NotFoundException.builder().code("NotFound"),
        404,
        "NotFoundException",
        what + " with name " + name + " does not exist.");
  }

  static AwsServiceException conflict(String message) {
    return AwsErrors.error(
        ConflictException.builder().code("Conflict"), 409, "ConflictException", message);
  }

  static AwsServiceException preconditionFailed(String message) {
    return AwsErrors.error(
        PreconditionFailedException.builder().code("PreconditionFailed"),
        412,
        "PreconditionFailedException",
        message);
  }

  /** Refuses a name that is missing, too long or has other characters than names have. */
  static void checkName(String what, @Nullable String name, int longest) {
    if (name == null || name.isEmpty()) {
      throw badRequest(what + " must not be empty.");
    }
    if (name.length() > longest || !NAME.matcher(name).matches()) {
      throw badRequest(
          what
              + " "
              + name
              + " must have at most "
              + longest
              + " letters, digits and the characters . - _ @.");
    }
  }

  static void checkLength(String what, @Nullable String text, int longest) {
    if (text != null && text.length() > longest) {
      throw badRequest(what + " must have at most " + longest + " characters.");
    }
  }

  static void checkLimit(@Nullable Integer limit) {
    if (limit != null && (limit < 1 || limit > 100)) {
      throw badRequest("Limit must be between 1 and 100.");
    }
  }

  static void checkChoice(String what, @Nullable String value, Collection<?> choices) {
    if (choices.stream().noneMatch(c -> c.toString().equals(value))) {
      throw badRequest(what + " must be one of " + choices + ".");
    }
  }
}
