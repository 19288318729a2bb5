package dev.onboard.local.sfn.task;

import dev.onboard.local.sfn.asl.StateError;
import java.net.URI;
import java.util.Set;

/**
 * The host of a queue's URL, which the optimised integration of SQS sends to, as the SDK's first
 * version did.
 */
final class QueueHost {
  private static final Set<String> OURS = Set.of("localhost", "127.0.0.1", "[::1]");

  private QueueHost() {}

  /** Fails as the SDK does where nobody answers under that name. */
  static void check(String url, URI endpoint) {
    String host = host(url);
    if (host.isEmpty()
        || OURS.contains(host)
        || host.equals(endpoint.getHost())
        || host.endsWith(".amazonaws.com")) {
      return;
    }
    throw StateError.of(
        "SQS.SdkClientException",
        "Unable to execute HTTP request: " + host + ": Name or service not known");
  }

  private static String host(String url) {
    try {
      String host = URI.create(url).getHost();
      return host == null ? "" : host;
    } catch (IllegalArgumentException e) {
      return ""; // SQS says what is wrong with it
    }
  }
}
