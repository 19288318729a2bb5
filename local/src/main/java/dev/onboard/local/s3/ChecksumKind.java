package dev.onboard.local.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/** A checksum that S3 keeps with an object. */
enum ChecksumKind {
  CRC32(4, 0xEDB88320L),
  CRC32C(4, 0x82F63B78L),
  CRC64NVME(8, Crc64Nvme.POLYNOMIAL),
  SHA1(20, 0),
  SHA256(32, 0);

  private final int bytes;
  private final @Nullable CrcCombination combination;

  ChecksumKind(int bytes, long polynomial) {
    this.bytes = bytes;
    this.combination = polynomial == 0 ? null : new CrcCombination(bytes * 8, polynomial);
  }

  static Optional<ChecksumKind> named(@Nullable String name) {
    return Arrays.stream(values()).filter(k -> k.name().equalsIgnoreCase(name)).findFirst();
  }

  /** The kind whose header, such as {@code x-amz-checksum-crc32}, this is. */
  static Optional<ChecksumKind> ofHeader(String header) {
    return Arrays.stream(values()).filter(k -> k.header().equalsIgnoreCase(header)).findFirst();
  }

  /** The member that holds a value of this kind in requests, answers and parts. */
  String member() {
    return "Checksum" + name();
  }

  String header() {
    return "x-amz-checksum-" + lowerName();
  }

  String lowerName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether checksums of the parts give the checksum of the whole. */
  boolean combines() {
    return combination != null;
  }

  /** The checksum of two pieces of which the second one is that long. */
  byte[] combine(byte[] first, byte[] second, long secondLength) {
    if (combination == null) {
      throw new IllegalStateException(this + " does not combine");
    }
    return toBytes(combination.combine(toLong(first), toLong(second), secondLength), bytes);
  }

  /** Whether the text is a value of this kind, right or wrong. */
  boolean isValue(String base64) {
    try {
      return Base64.getDecoder().decode(base64).length == bytes;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  RunningChecksum start() {
    return switch (this) {
      case CRC32 -> running(new CRC32());
      case CRC32C -> running(new CRC32C());
      case CRC64NVME -> running(new Crc64Nvme());
      case SHA1 -> RunningChecksum.of(digest("SHA-1"));
      case SHA256 -> RunningChecksum.of(digest("SHA-256"));
    };
  }

  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  private RunningChecksum running(Checksum checksum) {
    return new RunningChecksum() {
      @Override
      public void update(byte[] data, int offset, int length) {
        checksum.update(data, offset, length);
      }

      @Override
      public byte[] value() {
        return toBytes(checksum.getValue(), bytes);
      }
    };
  }

  private static byte[] toBytes(long value, int bytes) {
    var result = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      result[i] = (byte) (value >>> (8 * (bytes - 1 - i)));
    }
    return result;
  }

  private static long toLong(byte[] value) {
    long result = 0;
    for (byte b : value) {
      result = result << 8 | b & 0xFF;
    }
    return result;
  }
}
