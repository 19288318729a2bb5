package dev.onboard.local.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Where an answer goes; used once. */
public interface Outgoing {

  /** Sends an answer whose body is at hand. */
  void send(int status, Map<String, String> headers, byte[] body) throws IOException;

  /**
   * Sends an answer whose body is copied from a stream of a known length.
   *
   * @throws BrokenOffException if the other side takes no more of it
   */
  void stream(int status, Map<String, String> headers, long length, InputStream body)
      throws IOException;

  /** The other side has gone away: there is nobody left to tell, of this or of what caused it. */
  final class BrokenOffException extends IOException {
    public BrokenOffException(IOException cause) {
      super(cause);
    }
  }
}
