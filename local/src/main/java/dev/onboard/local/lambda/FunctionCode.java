package dev.onboard.local.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.onboard.local.wire.Outgoing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The code of functions: one file a content, named by its hash, and the jars within it unpacked
 * beside it, for a class path takes no jars in jars.
 */
final class FunctionCode {
  private static final Pattern SHA = Pattern.compile("[0-9a-f]{64}");

  private final Path folder;

  FunctionCode(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Code that is kept. */
  record Kept(String sha, long size) {
    String base64() {
      return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha));
    }
  }

  /**
   * Keeps code.
   *
   * @throws software.amazon.awssdk.services.lambda.model.InvalidParameterValueException if it is no
   *     ZIP file
   */
  Kept keep(InputStream zip) throws IOException {
    Path written = folder.resolve(UUID.randomUUID() + ".tmp");
    MessageDigest digest = sha256();
    long size = 0;
    try (zip;
        var out = Files.newOutputStream(written)) {
      byte[] buffer = new byte[64 * 1024];
      for (int n = zip.read(buffer); n >= 0; n = zip.read(buffer)) {
        digest.update(buffer, 0, n);
        out.write(buffer, 0, n);
        size += n;
      }
    }
    String sha = HexFormat.of().formatHex(digest.digest());
    try {
      if (!has(sha)) {
        unpackJars(written, sha);
        Files.move(written, jar(sha), StandardCopyOption.ATOMIC_MOVE);
      }
      return new Kept(sha, size);
    } catch (ZipException e) {
      throw Errors.invalid(
          "Could not unzip uploaded file. Please check your file, then try again.");
    } finally {
      Files.deleteIfExists(written);
    }
  }

  boolean has(String sha) {
    return Files.exists(jar(sha));
  }

  /** Sends kept code to whoever knows its hash. */
  void send(String sha, Outgoing out) throws IOException {
    if (!SHA.matcher(sha).matches() || !Files.exists(jar(sha))) {
      out.send(404, Map.of("Content-Type", "text/plain"), "no such code".getBytes(UTF_8));
      return;
    }
    try (InputStream zip = Files.newInputStream(jar(sha))) {
      out.stream(200, Map.of("Content-Type", "application/zip"), Files.size(jar(sha)), zip);
    }
  }

  Path jar(String sha) {
    return folder.resolve(sha + ".jar");
  }

  /** The jar itself, then what was in its folder {@code lib}. */
  List<Path> classPath(String sha) {
    var path = new ArrayList<Path>();
    path.add(jar(sha));
    Path libraries = libraries(sha);
    if (Files.isDirectory(libraries)) {
      try (var jars = Files.list(libraries)) {
        jars.sorted().forEach(path::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return path;
  }

  private Path libraries(String sha) {
    return folder.resolve(sha + ".lib");
  }

  private void unpackJars(Path zip, String sha) throws IOException {
    try (var file = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : java.util.Collections.list(file.entries())) {
        String name = entry.getName();
        if (name.startsWith("lib/") && name.endsWith(".jar") && name.indexOf('/', 4) < 0) {
          Files.createDirectories(libraries(sha));
          try (InputStream in = file.getInputStream(entry)) {
            Files.copy(
                in, libraries(sha).resolve(name.substring(4)), StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
