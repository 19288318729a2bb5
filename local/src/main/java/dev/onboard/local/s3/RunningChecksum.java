package dev.onboard.local.s3;

import java.security.MessageDigest;

/** A checksum of what has been seen so far. */
interface RunningChecksum {
  void update(byte[] data, int offset, int length);

  /** The value of everything; nothing may follow. */
  byte[] value();

  static RunningChecksum of(MessageDigest digest) {
    return new RunningChecksum() {
      @Override
      public void update(byte[] data, int offset, int length) {
        digest.update(data, offset, length);
      }

      @Override
      public byte[] value() {
        return digest.digest();
      }
    };
  }
}
