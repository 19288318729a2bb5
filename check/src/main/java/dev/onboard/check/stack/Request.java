package dev.onboard.check.stack;

import dev.onboard.check.language.Language;
import java.util.Optional;

/**
 * What somebody wants to do.
 *
 * @param action such as {@code sqs:SendMessage}
 * @param resource the ARN that it is done to
 * @param service the service that does it, if one does
 * @param source the ARN in whose name it is done, if it is known
 */
public record Request(
    String action, Language resource, Optional<String> service, Optional<Language> source) {

  /** What a role does. */
  public static Request byRole(String action, Language resource) {
    return new Request(action, resource, Optional.empty(), Optional.empty());
  }
}
