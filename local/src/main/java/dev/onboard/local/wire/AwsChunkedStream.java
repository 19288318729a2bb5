package dev.onboard.local.wire;

import dev.onboard.local.call.Trailers;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A body in {@code aws-chunked} encoding, decoded: chunks of a length in hexadecimal, each perhaps
 * with a signature, then trailing headers.
 *
 * <p>See "Signature calculations for the Authorization header: transferring payload in multiple
 * chunks" in the S3 API reference. Signatures of chunks are not verified.
 */
public final class AwsChunkedStream extends FilterInputStream implements Trailers {
  private final Map<String, String> trailers = new LinkedHashMap<>();
  private long left;
  private boolean first = true;
  private boolean ended;

  public AwsChunkedStream(InputStream encoded) {
    super(encoded);
  }

  @Override
  public Map<String, String> trailers() {
    return trailers;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int read = in.read(buffer, offset, (int) Math.min(length, left));
    if (read < 0) {
      throw new IOException("the body ends within a chunk");
    }
    left -= read;
    return read;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void nextChunk() throws IOException {
    if (!first) {
      line();
    }
    first = false;
    String header = line();
    int semicolon = header.indexOf(';');
    try {
      left = Long.parseLong(semicolon < 0 ? header : header.substring(0, semicolon), 16);
    } catch (NumberFormatException e) {
      throw new IOException("a chunk must begin with its length, not with: " + header, e);
    }
    if (left == 0) {
      ended = true;
      for (String line = line(); !line.isEmpty(); line = line()) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          trailers.put(
              line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
              line.substring(colon + 1).strip());
        }
      }
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (line.length() > 8192) {
        throw new IOException("a chunk's header is too long");
      }
      line.append((char) c);
    }
    int end = line.length();
    if (end > 0 && line.charAt(end - 1) == '\r') {
      line.setLength(end - 1);
    }
    return new String(
        line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
