package dev.onboard.local.eventbridge;

import dev.onboard.local.call.AwsErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.IllegalStatusException;
import software.amazon.awssdk.services.eventbridge.model.InvalidEventPatternException;
import software.amazon.awssdk.services.eventbridge.model.LimitExceededException;
import software.amazon.awssdk.services.eventbridge.model.ManagedRuleException;
import software.amazon.awssdk.services.eventbridge.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;

/** The errors of EventBridge with their codes and texts. */
final class EventErrors {
  private EventErrors() {}

  static AwsServiceException validation(String message) {
    return AwsErrors.error(EventBridgeException.builder(), 400, "ValidationException", message);
  }

  static AwsServiceException notFound(String message) {
    return AwsErrors.error(
        ResourceNotFoundException.builder(), 400, "ResourceNotFoundException", message);
  }

  static AwsServiceException noBus(String name) {
    return notFound("Event bus " + name + " does not exist.");
  }

  static AwsServiceException noRule(String name, String bus) {
    return notFound("Rule " + name + " does not exist on EventBus " + bus + ".");
  }

  /** The refusal to change a rule that a service of AWS manages. */
  static AwsServiceException managed(String rule, boolean forcible) {
    return AwsErrors.error(
        ManagedRuleException.builder(),
        400,
        "ManagedRuleException",
        rule
            + " is a managed rule."
            + (forcible ? " Set 'force' parameter to true to override." : ""));
  }

  static AwsServiceException exists(String message) {
    return AwsErrors.error(
        ResourceAlreadyExistsException.builder(), 400, "ResourceAlreadyExistsException", message);
  }

  static AwsServiceException illegalStatus(String message) {
    return AwsErrors.error(
        IllegalStatusException.builder(), 400, "IllegalStatusException", message);
  }

  static AwsServiceException limit() {
    return AwsErrors.error(
        LimitExceededException.builder(),
        400,
        "LimitExceededException",
        "The requested resource exceeds the maximum number allowed.");
  }

  static AwsServiceException pattern(String reason) {
    return AwsErrors.error(
        InvalidEventPatternException.builder(),
        400,
        "InvalidEventPatternException",
        "Event pattern is not valid. Reason: " + reason);
  }

  static AwsServiceException unsupported(String operation, String what) {
    return AwsErrors.unsupported("events", operation, what);
  }
}
