package dev.onboard.cli;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command finds the local runtime. */
final class LocalOptions {
  static final int DEFAULT_PORT = 4566;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "port of the local runtime (else AWS_ENDPOINT_URL, else 4566)")
  @Nullable Integer port;

  /** The address at which a runtime is looked for. */
  URI endpoint() {
    String url = System.getenv("AWS_ENDPOINT_URL");
    if (port == null && url != null && !url.isBlank()) {
      return address(url);
    }
    if (port != null) {
      checkPort(port);
    }
    return URI.create("http://127.0.0.1:" + (port == null ? DEFAULT_PORT : port));
  }

  static void checkPort(int port) {
    if (port < 0 || port > 65_535) {
      throw Failure.ofUsage("a port is a number up to 65535, not " + port);
    }
  }

  private static URI address(String url) {
    try {
      URI address = new URI(url);
      if (address.getHost() != null && String.valueOf(address.getScheme()).startsWith("http")) {
        return address;
      }
    } catch (URISyntaxException e) {
      // Said below, as of what has no host.
    }
    throw Failure.ofUsage(
        "AWS_ENDPOINT_URL must be an address such as http://127.0.0.1:4566, not " + url);
  }

  /** The runtime that answers there. */
  RuntimeEndpoint running() {
    URI endpoint = endpoint();
    return RuntimeEndpoint.at(endpoint)
        .orElseThrow(() ->
            new Failure(
                "no local runtime answers at " + endpoint + "; start one with ./onboard up"));
  }
}
