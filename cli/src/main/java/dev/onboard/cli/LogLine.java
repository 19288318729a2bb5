package dev.onboard.cli;

import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** A line of the runtime's log on the terminal. */
final class LogLine extends Formatter {
  @Override
  public String format(LogRecord record) {
    String source = record.getLoggerName() == null ? "" : record.getLoggerName();
    String name = source.substring(source.lastIndexOf('.') + 1);
    Throwable thrown = record.getThrown();
    var line = new StringBuilder();
    line.append(record.getLevel().getName().toLowerCase(java.util.Locale.ROOT))
        .append(": ")
        .append(name)
        .append(": ")
        .append(formatMessage(record))
        .append(System.lineSeparator());
    if (thrown != null) {
      var trace = new java.io.StringWriter();
      thrown.printStackTrace(new java.io.PrintWriter(trace));
      line.append(trace);
    }
    return line.toString();
  }
}
