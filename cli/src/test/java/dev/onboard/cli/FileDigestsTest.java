package dev.onboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDigestsTest {
  private static final FileTime BEFORE = FileTime.from(Instant.parse("2026-01-01T00:00:00.5Z"));
  private static final FileTime LATER = FileTime.from(Instant.parse("2026-01-01T00:00:00.6Z"));

  @TempDir Path folder;

  @Test
  void largeFile_isReadAgainOnlyIfItsSizeOrTimeChanged() throws Exception {
    Path file = folder.resolve("large");
    write(file, filled(2_000_000, 'a'), BEFORE);
    FileDigests first = digests(file);
    assertThat(first).isEqualTo(expected(filled(2_000_000, 'a')));
    write(file, filled(2_000_000, 'b'), BEFORE);
    assertThat(digests(file)).isEqualTo(first);
    write(file, filled(2_000_000, 'b'), LATER);
    assertThat(digests(file)).isEqualTo(expected(filled(2_000_000, 'b')));
    write(file, filled(2_000_001, 'b'), LATER);
    assertThat(digests(file)).isEqualTo(expected(filled(2_000_001, 'b')));
  }

  @Test
  void smallFile_isAlwaysRead() throws Exception {
    Path file = folder.resolve("small");
    write(file, filled(10, 'a'), BEFORE);
    assertThat(digests(file)).isEqualTo(expected(filled(10, 'a')));
    write(file, filled(10, 'b'), BEFORE);
    assertThat(digests(file)).isEqualTo(expected(filled(10, 'b')));
  }

  @Test
  void whatWasKeptAndIsDamaged_isOfNoMatter() throws Exception {
    Path file = folder.resolve("large");
    write(file, filled(2_000_000, 'a'), BEFORE);
    FileDigests first = digests(file);
    try (var kept = Files.list(folder.resolve("kept"))) {
      Files.writeString(kept.findFirst().orElseThrow(), "2000000");
    }
    assertThat(digests(file)).isEqualTo(first);
  }

  private FileDigests digests(Path file) throws IOException {
    return FileDigests.of(file, folder.resolve("kept"));
  }

  private static void write(Path file, byte[] bytes, FileTime time) throws IOException {
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, time);
  }

  private static byte[] filled(int size, char with) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) with);
    return bytes;
  }

  private static FileDigests expected(byte[] bytes) throws NoSuchAlgorithmException {
    HexFormat hex = HexFormat.of();
    return new FileDigests(
        hex.formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)),
        hex.formatHex(MessageDigest.getInstance("MD5").digest(bytes)));
  }
}
