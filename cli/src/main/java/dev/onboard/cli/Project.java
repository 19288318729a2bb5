package dev.onboard.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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

  Path template() {
    return root.resolve("cloudformation/onboard.yaml");
  }

  /** Identifies what is deployed: it changes when, and only when, the functions' code does. */
  String release() {
    Path jar = root.resolve("functions/target/functions.jar");
    if (!Files.isRegularFile(jar)) {
      throw new Failure(jar + " is not there; build it with ./mvnw -pl functions -am package");
    }
    try (InputStream in = Files.newInputStream(jar)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[64 * 1024];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
