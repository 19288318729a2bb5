package dev.onboard.local.gateway;

import dev.onboard.local.wire.HttpCall;
import dev.onboard.local.wire.Outgoing;
import java.io.IOException;

/**
 * A part of the endpoint that is not AWS's: the runtime's own questions and the Lambda Runtime API.
 *
 * @param prefix how the paths begin that it answers
 */
public record Route(String prefix, Handler handler) {

  /** What answers. */
  @FunctionalInterface
  public interface Handler {
    void handle(HttpCall call, Outgoing out) throws IOException;
  }
}
