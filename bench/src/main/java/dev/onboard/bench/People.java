package dev.onboard.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Generated files of people, the same for the same number of rows. */
final class People {
  private People() {}

  static Path write(Path folder, int rows) throws IOException {
    Path file = folder.resolve("people-" + rows + ".csv");
    try (var out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), false)) {
      out.println("email,firstName,lastName,locale,Team");
      for (int i = 1; i <= rows; i++) {
        out.printf("person%d.of%d@example.com,Person,Number %d,en-GB,Team %d%n", i, rows, i, i % 7);
      }
    }
    return file;
  }
}
