package dev.onboard.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digests of a file, as hexadecimal digits. */
record FileDigests(String sha256, String md5) {
  private static final long LARGE = 1 << 20;

  /**
   * The digests of a file. Those of a large one are kept, with the size and the time that it had:
   * the JVM that runs this has no fast code for them.
   *
   * @param kept the folder that they are kept in
   */
  static FileDigests of(Path file, Path kept) throws IOException {
    long size = Files.size(file);
    if (size < LARGE) {
      return read(file);
    }
    Path entry =
        kept.resolve(file.toAbsolutePath().normalize().toString().replaceAll("[^\\w.-]", "_"));
    String state = size + " " + Files.getLastModifiedTime(file);
    if (Files.exists(entry)) {
      String[] words = Files.readString(entry).strip().split(" ");
      if (words.length == 4 && state.equals(words[0] + " " + words[1])) {
        return new FileDigests(words[2], words[3]);
      }
    }
    FileDigests digests = read(file);
    Files.createDirectories(kept);
    Files.writeString(entry, state + " " + digests.sha256 + " " + digests.md5 + "\n");
    return digests;
  }

  private static FileDigests read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      byte[] buffer = new byte[64 * 1024];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha256.update(buffer, 0, n);
        md5.update(buffer, 0, n);
      }
      HexFormat hex = HexFormat.of();
      return new FileDigests(hex.formatHex(sha256.digest()), hex.formatHex(md5.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
