package dev.onboard.console.web;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other sites out: those that let their own name lead to this machine (DNS rebinding), and
 * those that let a person's browser post to it.
 */
final class Guard {
  private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost", "[::1]");

  private Guard() {}

  /**
   * Lets a request pass.
   *
   * @throws Refusal if it may come from another site
   */
  static void check(Request request) {
    String host = String.valueOf(request.header("Host"));
    if (!HOSTS.contains(host.replaceFirst(":\\d+$", ""))) {
      throw Refusal.misdirected(
          "The console answers to 127.0.0.1 and localhost, not to " + host + ".");
    }
    switch (request.method()) {
      case "GET", "HEAD" -> {}
      case "POST" -> checkOrigin(request, host);
      default -> throw Refusal.methodNotAllowed(request.method() + " is not done here.");
    }
  }

  /** Browsers say where a request comes from; what says nothing is no browser on our page. */
  private static void checkOrigin(Request request, String host) {
    String site = request.header("Sec-Fetch-Site");
    boolean isOurs =
        site == null ? isOwn(request.header("Origin"), host) : site.equals("same-origin");
    if (!isOurs) {
      throw Refusal.forbidden("Only the console's own pages may ask for this.");
    }
  }

  private static boolean isOwn(@Nullable String origin, String host) {
    return ("http://" + host).equals(origin);
  }
}
