package dev.onboard.local.eventbridge;

import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** What a target would be sent of an event, rendered by the same code as deliveries are. */
public final class InputPreview {
  private InputPreview() {}

  /**
   * Renders the input of a target.
   *
   * @param target with the Input, InputPath or InputTransformer alone
   * @param event a whole event, a JSON object
   * @param ruleArn the ARN of the rule whose target it is
   * @return the text for the target; empty if it is no JSON, in which case AWS sends nothing
   * @throws software.amazon.awssdk.awscore.exception.AwsServiceException as PutTargets would
   */
  public static Optional<String> render(Target target, String event, String ruleArn, Instant now) {
    TargetCheck.input(target);
    String compact = Details.object(event);
    if (compact == null) {
      throw EventErrors.validation("Parameter Event is not valid.");
    }
    String rule = ruleArn.substring(ruleArn.lastIndexOf('/') + 1);
    return Input.of(target)
        .render(new BusEvent(0, "", "", now, now, 0, compact), new Input.Rule(rule, ruleArn));
  }
}
