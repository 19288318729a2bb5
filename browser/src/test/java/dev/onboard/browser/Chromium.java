package dev.onboard.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium or Chrome of this machine; none is ever downloaded. */
final class Chromium {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final List<String> ELSEWHERE =
      List.of(
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
          "/Applications/Chromium.app/Contents/MacOS/Chromium");

  private Chromium() {}

  /** The one that CHROMIUM names, else the one on the PATH, else the one where macOS has it. */
  static Optional<Path> find() {
    String named = System.getenv("CHROMIUM");
    Stream<String> candidates =
        named != null
            ? Stream.of(named)
            : Stream.concat(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .flatMap(folder -> NAMES.stream().map(name -> folder + "/" + name)),
                ELSEWHERE.stream());
    return candidates.map(Path::of).filter(Files::isExecutable).findFirst();
  }
}
