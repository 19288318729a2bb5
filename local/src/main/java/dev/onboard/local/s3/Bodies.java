package dev.onboard.local.s3;

import dev.onboard.local.call.RequestIds;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * The files that hold what objects and parts consist of.
 *
 * <p>A file is written beside, renamed to its place, and only then named by a transaction; it is
 * deleted once a committed transaction has left it without a mention and nobody reads it any more.
 * What a death in between leaves behind, or an outer write that failed around the one that named
 * it, is found and removed at the next start.
 */
final class Bodies {
  private static final int BUFFER = 128 << 10;

  private final Path folder;
  private final Path incoming;
  private final Map<String, Integer> readers = new HashMap<>();
  private final Set<String> doomed = new HashSet<>();

  Bodies(Path folder) {
    this.folder = folder;
    this.incoming = folder.resolve("incoming");
    try {
      Files.createDirectories(incoming);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Received receive(InputStream body, long expected, Set<ChecksumKind> kinds) {
    if (expected > S3Limits.PUT_BYTES) {
      throw S3Errors.tooLarge();
    }
    String name = RequestIds.next().replace("-", "");
    Path beside = incoming.resolve(name);
    var digests = new Digests(kinds);
    try {
      try (OutputStream out = Files.newOutputStream(beside, StandardOpenOption.CREATE_NEW)) {
        transfer(body, out, expected, digests);
      }
      Digests.Summary summary = digests.finish();
      if (expected >= 0 && summary.size() != expected) {
        throw S3Errors.incompleteBody();
      }
      if (summary.size() == 0) {
        Files.delete(beside);
        return new Received(List.of(), summary);
      }
      Path place = path(name);
      Files.createDirectories(place.getParent());
      Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
      return new Received(List.of(new Piece(name, 0, summary.size())), summary);
    } catch (Throwable t) {
      try {
        Files.deleteIfExists(beside);
      } catch (IOException cleanup) {
        t.addSuppressed(cleanup);
      }
      throw t instanceof IOException e ? new UncheckedIOException(e) : sneak(t);
    }
  }

  /**
   * Takes a body in and checks it against the digests that its sender declares.
   *
   * @param expected how long it must be; negative if that is not known
   * @param fallback the checksum to compute in any case, and to keep if none is declared
   * @param use makes the body part of something; if it fails, the body goes
   */
  <T> T receive(
      InputStream body,
      long expected,
      DeclaredDigests declared,
      ChecksumKind fallback,
      Use<T> use) {
    Set<ChecksumKind> kinds = EnumSet.of(fallback);
    if (declared.kind() != null) {
      kinds.add(declared.kind());
    }
    Received received = receive(body, expected, kinds);
    return keeping(
        received,
        () -> {
          DeclaredDigests complete = declared.complete();
          Digests.Summary summary = received.summary();
          if (complete.kind() != null && !summary.checksums().containsKey(complete.kind())) {
            kinds.add(complete.kind());
            summary = again(received.pieces(), kinds);
          }
          complete.verify(summary);
          return use.of(new Received(received.pieces(), summary), complete.kind());
        });
  }

  /** A checksum that nobody announced has to be computed from what was written. */
  private Digests.Summary again(List<Piece> pieces, Set<ChecksumKind> kinds) {
    try {
      return digest(pieces, kinds);
    } catch (NoSuchFileException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> T keeping(Received received, Supplier<T> work) {
    try {
      return work.get();
    } catch (Throwable t) {
      received.pieces().forEach(p -> remove(p.file()));
      throw t;
    }
  }

  /** Removes a file of which nothing speaks any more, now or when its last reader is done. */
  void remove(String file) {
    synchronized (readers) {
      if (readers.containsKey(file)) {
        doomed.add(file);
      } else {
        // Within the lock: whoever opens the file next must find it gone, and not go.
        delete(file);
      }
    }
  }

  /**
   * Opens a body.
   *
   * @throws NoSuchFileException if it went away after it had been looked up
   */
  InputStream open(List<Piece> pieces) throws NoSuchFileException {
    Set<String> files = new HashSet<>();
    pieces.forEach(p -> files.add(p.file()));
    synchronized (readers) {
      files.forEach(f -> readers.merge(f, 1, Integer::sum));
    }
    for (String file : files) {
      if (!Files.exists(path(file))) {
        release(files);
        throw new NoSuchFileException(file);
      }
    }
    return new BodyStream(pieces, this::path, () -> release(files));
  }

  /** The digests of a body that is here already. */
  Digests.Summary digest(List<Piece> pieces, Collection<ChecksumKind> kinds)
      throws NoSuchFileException {
    var digests = new Digests(kinds);
    try (InputStream in = open(pieces)) {
      var buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digests.update(buffer, n);
      }
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return digests.finish();
  }

  /** Removes what an earlier run left unfinished. */
  void removeOrphans(Predicate<String> known) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              if (file.startsWith(incoming) || !known.test(file.getFileName().toString())) {
                Files.delete(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void transfer(InputStream body, OutputStream out, long expected, Digests digests)
      throws IOException {
    var buffer = new byte[expected >= 0 ? Math.clamp(expected + 1, 1, BUFFER) : BUFFER];
    long size = 0;
    for (int n = read(body, buffer); n >= 0; n = read(body, buffer)) {
      size += n;
      if (size > S3Limits.PUT_BYTES) {
        throw S3Errors.tooLarge();
      }
      digests.update(buffer, n);
      out.write(buffer, 0, n);
    }
  }

  /** Reads from the client; that it went away is its own error, not one of ours. */
  private static int read(InputStream body, byte[] buffer) {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      AwsServiceException error = S3Errors.incompleteBody();
      error.addSuppressed(e);
      throw error;
    }
  }

  private void release(Set<String> files) {
    synchronized (readers) {
      for (String file : files) {
        @Nullable Integer left = readers.computeIfPresent(file, (f, n) -> n == 1 ? null : n - 1);
        if (left == null && doomed.remove(file)) {
          delete(file);
        }
      }
    }
  }

  private void delete(String file) {
    try {
      Files.deleteIfExists(path(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path path(String file) {
    return folder.resolve(file.substring(0, 2)).resolve(file);
  }

  private static RuntimeException sneak(Throwable t) {
    if (t instanceof Error e) {
      throw e;
    }
    return (RuntimeException) t;
  }

  /** What makes a body that was received part of something. */
  @FunctionalInterface
  interface Use<T> {
    /**
     * Uses it.
     *
     * @param kind the checksum that the sender declared; null if none
     */
    T of(Received received, @Nullable ChecksumKind kind);
  }
}
