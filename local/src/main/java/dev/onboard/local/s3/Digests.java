package dev.onboard.local.s3;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;

/** The MD5 and the checksums of a body while it passes by. */
final class Digests {
  private final MessageDigest md5 = ChecksumKind.digest("MD5");
  private final Map<ChecksumKind, RunningChecksum> running = new EnumMap<>(ChecksumKind.class);
  private long size;

  Digests(Collection<ChecksumKind> kinds) {
    kinds.forEach(k -> running.put(k, k.start()));
  }

  void update(byte[] data, int length) {
    md5.update(data, 0, length);
    running.values().forEach(c -> c.update(data, 0, length));
    size += length;
  }

  Summary finish() {
    var checksums = new EnumMap<ChecksumKind, String>(ChecksumKind.class);
    running.forEach((k, c) -> checksums.put(k, Base64.getEncoder().encodeToString(c.value())));
    return new Summary(size, HexFormat.of().formatHex(md5.digest()), checksums);
  }

  /**
   * What is known of a body that has passed.
   *
   * @param md5 in hexadecimal, which is the entity tag of an object put in one piece
   * @param checksums in base64
   */
  record Summary(long size, String md5, Map<ChecksumKind, String> checksums) {
    String checksum(ChecksumKind kind) {
      String value = checksums.get(kind);
      if (value == null) {
        throw new IllegalStateException(kind + " was not computed");
      }
      return value;
    }
  }
}
