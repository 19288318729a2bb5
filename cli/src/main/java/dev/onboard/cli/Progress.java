package dev.onboard.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/** How an import goes, told while it goes. */
abstract class Progress {
  final PrintWriter out;

  Progress(PrintWriter out) {
    this.out = out;
  }

  /** A live line where somebody looks on, lines now and then where nobody does. */
  static Progress on(PrintWriter out) {
    boolean terminal = System.console() != null && System.console().isTerminal();
    return terminal ? new Bar(out) : new Lines(out);
  }

  void uploading(Path file, long bytes) {
    say(String.format(Locale.ROOT, "Uploading %s (%,d bytes).", file.getFileName(), bytes));
  }

  abstract void at(ImportSummary summary, double seconds);

  void note(String text) {
    say(text);
  }

  abstract void done(ImportSummary summary, double seconds);

  void say(String text) {
    out.println(text);
    out.flush();
  }

  static String counts(ImportSummary s, double seconds) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d rows: %,d created, %,d existing, %,d rejected; %,d mails%s; %,.0f rows/s",
        s.read(),
        Math.max(s.rows(), s.read()),
        s.created(),
        s.existing(),
        s.rejected(),
        s.mails(),
        s.undeliverable() == 0
            ? ""
            : String.format(Locale.ROOT, ", %,d undeliverable", s.undeliverable()),
        s.read() / Math.max(seconds, 0.001));
  }

  /** Part of the whole that is done: half of it is rows, half of it their mails. */
  static double done(ImportSummary s) {
    if (s.rows() == 0) {
      return 0;
    }
    double rows = Math.min(1.0, (double) s.read() / s.rows());
    double expected = Math.max(1, s.rows() - s.existing() - s.rejected());
    double mails =
        s.created() == 0 && rows >= 1
            ? 1
            : Math.min(1.0, (s.mails() + s.undeliverable()) / expected);
    return (rows + mails) / 2;
  }

  /** One line that is written over and over. */
  private static final class Bar extends Progress {
    private static final int WIDTH = 24;
    private int last;

    Bar(PrintWriter out) {
      super(out);
    }

    @Override
    void at(ImportSummary summary, double seconds) {
      double part = done(summary);
      int full = (int) Math.round(part * WIDTH);
      String left = part < 0.02 ? "" : "; " + time(seconds / part - seconds) + " left";
      String line =
          "["
              + "#".repeat(full)
              + ".".repeat(WIDTH - full)
              + "] "
              + counts(summary, seconds)
              + left;
      out.print("\r" + line + " ".repeat(Math.max(0, last - line.length())));
      out.flush();
      last = line.length();
    }

    @Override
    void note(String text) {
      out.println();
      say(text);
    }

    @Override
    void done(ImportSummary summary, double seconds) {
      at(summary, seconds);
      out.println();
      out.flush();
    }

    private static String time(double seconds) {
      long whole = Math.max(0, Math.round(seconds));
      return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }
  }

  /** A line whenever a while has gone by. */
  private static final class Lines extends Progress {
    private static final double EVERY_SECONDS = 2;
    private double next = EVERY_SECONDS;

    Lines(PrintWriter out) {
      super(out);
    }

    @Override
    void at(ImportSummary summary, double seconds) {
      if (seconds >= next) {
        say(counts(summary, seconds));
        next = seconds + EVERY_SECONDS;
      }
    }

    @Override
    void done(ImportSummary summary, double seconds) {
      say(counts(summary, seconds));
    }
  }
}
