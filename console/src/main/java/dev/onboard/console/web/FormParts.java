package dev.onboard.console.web;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a form with files ({@code multipart/form-data}, RFC 7578), one after the other as
 * they arrive: of a large file no more than a piece is in memory.
 */
public final class FormParts {
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "multipart/form-data\\s*;.*?\\bboundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70})).*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME = parameter("name");
  private static final Pattern FILE_NAME = parameter("filename");
  private static final int LONGEST_LINE = 8 * 1024;
  private static final int BUFFER = 64 * 1024;

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;

  /** Up to where the buffer is known to belong to the part. */
  private int known;

  private boolean isOver;

  private FormParts(InputStream in, String boundary) {
    this.in = in;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.UTF_8);
    // The first delimiter has no line before it that it ends.
    buffer[0] = '\r';
    buffer[1] = '\n';
    this.limit = 2;
  }

  private static Pattern parameter(String name) {
    return Pattern.compile("[;\\s]" + name + "=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
  }

  /**
   * The parts of a form that was posted.
   *
   * @throws Refusal if it is another kind of form
   */
  public static FormParts of(Request request) {
    Matcher type = BOUNDARY.matcher(String.valueOf(request.header("Content-Type")));
    if (!type.matches()) {
      throw Refusal.badRequest("Files come in a form of the type multipart/form-data.");
    }
    String quoted = type.group(1);
    return new FormParts(request.body(), quoted == null ? type.group(2) : quoted);
  }

  /**
   * A field of the form.
   *
   * @param fileName what the file is called where it comes from; null if the field is no file
   * @param body to be read before the next part is asked for
   */
  public record Part(String name, @Nullable String fileName, InputStream body) {}

  /**
   * The next part, or null after the last one.
   *
   * @throws EOFException if the form ends before its end, as when whoever sends it goes away
   */
  public @Nullable Part next() throws IOException {
    if (isOver) {
      return null;
    }
    // What nobody read of the part before, and what stands in front of the first one.
    for (int rest = ready(); rest > 0; rest = ready()) {
      position += rest;
    }
    skip(delimiter.length);
    String line = line();
    if (line.startsWith("--")) {
      isOver = true;
      return null;
    }
    String disposition = "";
    while (!(line = line()).isEmpty()) {
      if (line.regionMatches(true, 0, "content-disposition:", 0, 20)) {
        disposition = line;
      }
    }
    String name = value(NAME, disposition);
    return new Part(name == null ? "" : name, value(FILE_NAME, disposition), new Body());
  }

  /** Browsers write a quotation mark and line breaks in a name like this, and nothing else. */
  private static @Nullable String value(Pattern parameter, String disposition) {
    Matcher matcher = parameter.matcher(disposition);
    return matcher.find()
        ? matcher.group(1).replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
        : null;
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    while (true) {
      need(2);
      if (buffer[position] == '\r' && buffer[position + 1] == '\n') {
        skip(2);
        return line.toString(StandardCharsets.UTF_8);
      }
      line.write(buffer[position++]);
      if (line.size() > LONGEST_LINE) {
        throw Refusal.badRequest("The form has a line of more than " + LONGEST_LINE + " bytes.");
      }
    }
  }

  private void skip(int bytes) throws IOException {
    need(bytes);
    position += bytes;
  }

  /** Reads until that many bytes are in the buffer. */
  private void need(int bytes) throws IOException {
    while (limit - position < bytes) {
      fill();
    }
  }

  private void fill() throws IOException {
    System.arraycopy(buffer, position, buffer, 0, limit - position);
    limit -= position;
    known -= position;
    position = 0;
    int read = in.read(buffer, limit, buffer.length - limit);
    if (read < 0) {
      throw new EOFException("the form ended before its last boundary");
    }
    limit += read;
  }

  /** How many bytes of the buffer surely belong to the part; 0 at its end. */
  private int ready() throws IOException {
    while (known <= position) {
      int end = delimiterFrom(position);
      if (end == position) {
        return 0;
      }
      known = end >= 0 ? end : limit - delimiter.length + 1;
      if (known <= position) {
        fill();
      }
    }
    return known - position;
  }

  private int delimiterFrom(int from) {
    int last = limit - delimiter.length;
    for (int at = from; at <= last; at++) {
      if (buffer[at] == delimiter[0]
          && Arrays.equals(buffer, at, at + delimiter.length, delimiter, 0, delimiter.length)) {
        return at;
      }
    }
    return -1;
  }

  /** What stands before the next delimiter. */
  private final class Body extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int ready = ready();
      if (ready == 0) {
        return -1;
      }
      int taken = Math.min(ready, length);
      System.arraycopy(buffer, position, target, offset, taken);
      position += taken;
      return taken;
    }
  }
}
