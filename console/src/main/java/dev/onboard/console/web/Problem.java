package dev.onboard.console.web;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/**
 * What an error page says.
 *
 * @param trace for those who look closer
 */
public record Problem(int status, String title, String message, @Nullable String trace) {

  static Problem of(Refusal refusal) {
    String title =
        switch (refusal.status()) {
          case 404 -> "Not found";
          case 403 -> "Refused";
          case 405, 400 -> "Not understood";
          case 421 -> "Another host";
          default -> "Not possible";
        };
    return new Problem(refusal.status(), title, refusal.getMessage(), null);
  }

  static Problem of(Throwable failure) {
    var trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    String message = failure.getMessage();
    return new Problem(
        500,
        "Something went wrong",
        message == null ? failure.getClass().getSimpleName() : message,
        trace.toString());
  }

  View view() {
    return View.of(title, "part/problem.jte", this).withStatus(status);
  }
}
