package dev.onboard.cli;

import dev.onboard.console.bus.WrittenEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A file with an event. */
final class EventFile {
  private EventFile() {}

  /**
   * Reads it.
   *
   * @param name {@code -} for standard input
   */
  static WrittenEvent read(String name, InputStream standardInput) {
    try {
      String text =
          name.equals("-")
              ? new String(standardInput.readAllBytes(), StandardCharsets.UTF_8)
              : Files.readString(Path.of(name));
      return WrittenEvent.read(text, Instant.now());
    } catch (IllegalArgumentException e) {
      throw new Failure(name + " " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
