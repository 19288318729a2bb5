package dev.onboard.local.gateway;

import dev.onboard.local.call.Principal;

/** Says whose credentials a request was signed with. */
@FunctionalInterface
public interface Authenticator {

  /**
   * The principal.
   *
   * @throws software.amazon.awssdk.awscore.exception.AwsServiceException if there is none
   */
  Principal principal(Signature signature);
}
