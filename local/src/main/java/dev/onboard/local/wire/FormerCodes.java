package dev.onboard.local.wire;

/**
 * The error codes of a service that spoke the Query protocol before it spoke JSON; its clients
 * still look for them.
 */
@FunctionalInterface
public interface FormerCodes {

  /**
   * The value of the header {@code x-amzn-query-error}.
   *
   * @param code the code as it is now
   */
  String header(String code, int status);
}
