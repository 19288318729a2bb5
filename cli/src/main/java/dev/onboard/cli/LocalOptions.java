package dev.onboard.cli;

import java.net.URI;
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
      return URI.create(url);
    }
    return URI.create("http://127.0.0.1:" + (port == null ? DEFAULT_PORT : port));
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
