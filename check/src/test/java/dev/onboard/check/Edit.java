package dev.onboard.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Something that is broken in a copy of the project.
 *
 * @param file the file that is edited
 * @param from what stands there; the first one is edited
 * @param to what comes in its place
 * @param at the file of the finding
 * @param line something of the finding's line, after the edit
 * @param mend something of what is advised
 */
record Edit(
    String name,
    String file,
    String from,
    String to,
    Code code,
    String at,
    String line,
    String mend) {

  void apply(Path folder) throws IOException {
    Path path = folder.resolve(file);
    if (from.isEmpty()) {
      Files.createDirectories(path.getParent());
      Files.writeString(path, to);
      return;
    }
    String text = Files.readString(path);
    int place = text.indexOf(from);
    assertThat(place).as("%s has %s", file, from).isNotNegative();
    Files.writeString(path, text.substring(0, place) + to + text.substring(place + from.length()));
  }

  @Override
  public String toString() {
    return name + " (" + code.key() + ")";
  }
}
