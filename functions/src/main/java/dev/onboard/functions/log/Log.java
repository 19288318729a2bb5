package dev.onboard.functions.log;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The log of one invocation: a JSON object a line with {@code timestamp}, {@code level}, {@code
 * message}, {@code function}, {@code requestId}, {@code correlationId} if there is one, and fields.
 * Rows, names and addresses of people never go into it.
 *
 * <p>It goes to standard output, which Lambda takes as it is: the logger of the context would wrap
 * it in another JSON object where the function's log format is JSON.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html">Log
 *     formats</a>
 */
public final class Log {

  private static final JsonFactory JSON = new JsonFactory();

  private final Consumer<String> lines;
  private final Clock clock;
  private final String function;
  private final String requestId;
  private final @Nullable String correlationId;

  private Log(
      Consumer<String> lines,
      Clock clock,
      String function,
      String requestId,
      @Nullable String correlationId) {
    this.lines = lines;
    this.clock = clock;
    this.function = function;
    this.requestId = requestId;
    this.correlationId = correlationId;
  }

  public static Log of(Context context, @Nullable String correlationId) {
    return new Log(
        System.out::print,
        Clock.systemUTC(),
        context.getFunctionName(),
        context.getAwsRequestId(),
        correlationId);
  }

  /** A log that goes elsewhere. */
  public static Log to(Consumer<String> lines, Clock clock, String function, String requestId) {
    return new Log(lines, clock, function, requestId, null);
  }

  /** The same log for what belongs to another cause. */
  public Log correlated(@Nullable String other) {
    return new Log(lines, clock, function, requestId, other);
  }

  /** What went as it should; fields as names and values by turns. */
  public void info(String message, @Nullable Object... fields) {
    write("INFO", message, fields);
  }

  /** What somebody should look at some day. */
  public void warn(String message, @Nullable Object... fields) {
    write("WARN", message, fields);
  }

  /** What somebody must look at. */
  public void error(String message, @Nullable Object... fields) {
    write("ERROR", message, fields);
  }

  private void write(String level, String message, @Nullable Object... fields) {
    StringWriter line = new StringWriter(256);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("timestamp", clock.instant().toString());
      json.writeStringField("level", level);
      json.writeStringField("message", message);
      json.writeStringField("function", function);
      json.writeStringField("requestId", requestId);
      if (correlationId != null) {
        json.writeStringField("correlationId", correlationId);
      }
      for (int i = 0; i + 1 < fields.length; i += 2) {
        write(json, String.valueOf(fields[i]), fields[i + 1]);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lines.accept(line.append('\n').toString());
  }

  private static void write(JsonGenerator json, String name, @Nullable Object value)
      throws IOException {
    switch (value) {
      case null -> {}
      case Integer number -> json.writeNumberField(name, number);
      case Long number -> json.writeNumberField(name, number);
      case Boolean truth -> json.writeBooleanField(name, truth);
      default -> json.writeStringField(name, value.toString());
    }
  }
}
