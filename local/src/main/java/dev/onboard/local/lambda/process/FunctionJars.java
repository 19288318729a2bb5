package dev.onboard.local.lambda.process;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The jars of functions at a place that depends on their content alone.
 *
 * <p>A start-up cache is bound to the paths, times and sizes of the jars that it was made of, so
 * runtimes over different data folders share it only if they run the very same files.
 */
final class FunctionJars {
  /** As many as a runtime has processes. */
  private static final int KEPT = 16;

  /** Written anew with each use, for its time. */
  private static final String USED = "used";

  private final Path folder;

  FunctionJars(Path folder) {
    this.folder = folder;
  }

  /** Who is told of code whose jars went. */
  @FunctionalInterface
  interface Forgotten {
    void code(String sha) throws IOException;
  }

  /** The jars of a function, in the order in which they stand on its class path. */
  List<Path> of(FunctionSpec spec) throws IOException {
    Path jars = folder.resolve(spec.codeSha());
    if (!Files.isDirectory(jars)) {
      copy(spec, jars);
    }
    Files.write(jars.resolve(USED), new byte[0]);
    var path = new ArrayList<Path>();
    for (Path original : spec.classPath()) {
      path.add(jars.resolve(original.getFileName()));
    }
    return path;
  }

  private void copy(FunctionSpec spec, Path jars) throws IOException {
    Path unfinished = folder.resolve(spec.codeSha() + "." + UUID.randomUUID() + ".tmp");
    Files.createDirectories(unfinished);
    for (Path original : spec.classPath()) {
      link(original, unfinished.resolve(original.getFileName()));
    }
    try {
      Files.move(unfinished, jars, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      delete(unfinished);
      // Another runtime was quicker, which is as good.
      if (!Files.isDirectory(jars)) {
        throw e;
      }
    }
  }

  private static void link(Path original, Path jar) throws IOException {
    try {
      Files.createLink(jar, original);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      // The folders are on different file systems, or theirs has no links.
      Files.copy(original, jar, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  /** Deletes the jars of all code but that which was started last. */
  void forgetUnused(Forgotten forgotten) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> known;
    try (Stream<Path> all = Files.list(folder)) {
      known = all.filter(jars -> Files.exists(jars.resolve(USED))).toList();
    }
    var byUse = new TreeMap<FileTime, Path>();
    for (Path jars : known) {
      byUse.put(Files.getLastModifiedTime(jars.resolve(USED)), jars);
    }
    for (Path jars : byUse.descendingMap().values().stream().skip(KEPT).toList()) {
      delete(jars);
      forgotten.code(jars.getFileName().toString());
    }
  }

  private static void delete(Path jars) throws IOException {
    try (Stream<Path> files = Files.list(jars)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(jars);
  }
}
