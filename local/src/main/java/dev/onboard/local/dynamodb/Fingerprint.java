package dev.onboard.local.dynamodb;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Tells requests apart: 128 bits of all that they ask for, whatever order their maps have.
 *
 * <p>It is no cryptographic digest, which would take a third of a transaction's time without the
 * processor's help: nobody gains from making two requests of their own look the same.
 */
final class Fingerprint {
  private static final long FIRST = 0x9E3779B97F4A7C15L;
  private static final long SECOND = 0xC2B2AE3D27D4EB4FL;

  private final Set<String> leftOut;

  /**
   * A way to look at requests.
   *
   * @param leftOut members that do not count, by the names that they have on the wire
   */
  Fingerprint(Set<String> leftOut) {
    this.leftOut = leftOut;
  }

  /** The 16 bytes of a request. */
  byte[] of(SdkPojo request) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(members(request, FIRST))
        .putLong(members(request, SECOND))
        .array();
  }

  private long members(SdkPojo pojo, long seed) {
    long hash = seed;
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = leftOut.contains(field.locationName()) ? null : field.getValueOrDefault(pojo);
      if (value != null) {
        hash = mix(mix(hash, text(field.locationName(), seed)), value(value, seed));
      }
    }
    return hash;
  }

  private long value(Object value, long seed) {
    return switch (value) {
      case SdkPojo pojo -> members(pojo, seed);
      case List<?> list -> {
        long hash = seed + list.size();
        for (Object element : list) {
          hash = mix(hash, value(element, seed));
        }
        yield hash;
      }
      case Map<?, ?> map -> {
        long sum = map.size();
        for (var entry : map.entrySet()) {
          sum += mix(value(entry.getKey(), seed), value(entry.getValue(), seed));
        }
        yield mix(seed, sum);
      }
      case SdkBytes bytes -> {
        long hash = seed - 1;
        for (byte some : bytes.asByteArrayUnsafe()) {
          hash = mix(hash, some);
        }
        yield hash;
      }
      default -> text(value.toString(), seed);
    };
  }

  private static long text(String text, long seed) {
    long hash = seed;
    for (int i = 0; i < text.length(); i++) {
      hash = mix(hash, text.charAt(i));
    }
    return hash;
  }

  private static long mix(long hash, long value) {
    long mixed = (hash ^ value) * 0xFF51AFD7ED558CCDL;
    return mixed ^ (mixed >>> 32);
  }
}
