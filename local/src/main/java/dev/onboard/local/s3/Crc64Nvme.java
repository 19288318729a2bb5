package dev.onboard.local.s3;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/** CRC-64/NVME, the checksum that S3 computes when a client sends none; eight bytes a step. */
final class Crc64Nvme implements Checksum {
  /** The polynomial, bits reflected. */
  static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long[][] TABLES = tables();

  private long crc = -1;

  @Override
  public void update(int b) {
    crc = TABLES[0][(int) (crc ^ b) & 0xFF] ^ crc >>> 8;
  }

  @Override
  public void update(byte[] data, int offset, int length) {
    int end = offset + length;
    int i = offset;
    long c = crc;
    for (; i + 8 <= end; i += 8) {
      c ^= (long) LONGS.get(data, i);
      c =
          TABLES[7][(int) c & 0xFF]
              ^ TABLES[6][(int) (c >>> 8) & 0xFF]
              ^ TABLES[5][(int) (c >>> 16) & 0xFF]
              ^ TABLES[4][(int) (c >>> 24) & 0xFF]
              ^ TABLES[3][(int) (c >>> 32) & 0xFF]
              ^ TABLES[2][(int) (c >>> 40) & 0xFF]
              ^ TABLES[1][(int) (c >>> 48) & 0xFF]
              ^ TABLES[0][(int) (c >>> 56) & 0xFF];
    }
    crc = c;
    for (; i < end; i++) {
      update(data[i]);
    }
  }

  @Override
  public long getValue() {
    return ~crc;
  }

  @Override
  public void reset() {
    crc = -1;
  }

  private static long[][] tables() {
    var tables = new long[8][256];
    for (int n = 0; n < 256; n++) {
      long c = n;
      for (int bit = 0; bit < 8; bit++) {
        c = (c & 1) != 0 ? c >>> 1 ^ POLYNOMIAL : c >>> 1;
      }
      tables[0][n] = c;
    }
    for (int t = 1; t < 8; t++) {
      for (int n = 0; n < 256; n++) {
        long before = tables[t - 1][n];
        tables[t][n] = tables[0][(int) before & 0xFF] ^ before >>> 8;
      }
    }
    return tables;
  }
}
