package dev.onboard.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that this command line belongs to. */
record Project(Path root) {

  /** The checkout that the launcher names, else the current folder. */
  static Project here() {
    Path root = Path.of(System.getProperty("onboard.home", ".")).toAbsolutePath().normalize();
    if (!Files.exists(root.resolve("cloudformation/onboard.yaml"))) {
      throw new Failure(
          root + " is no checkout of Onboard: cloudformation/onboard.yaml is not there");
    }
    return new Project(root);
  }

  /** Where start-up caches of functions are kept, whatever the data folder. */
  Path functionCaches() {
    return root.resolve("cli/target/function-caches");
  }

  /** Where digests of large files are kept. */
  Path digests() {
    return root.resolve("cli/target/digests");
  }

  Path template() {
    return root.resolve("cloudformation/onboard.yaml");
  }

  /** Identifies what is deployed: it changes when, and only when, the functions' code does. */
  String release() {
    Path jar = root.resolve("functions/target/functions.jar");
    if (!Files.isRegularFile(jar)) {
      throw new Failure(jar + " is not there; build it with ./mvnw -pl functions -am package");
    }
    try {
      return FileDigests.of(jar, digests()).sha256().substring(0, 12);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
