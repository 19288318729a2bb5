package dev.onboard.local.eventbridge;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The routes by which an event was settled in the write that accepted it. Nearly all deliveries
 * are; a row each would cost as much as the event.
 *
 * @param delivered those whose target took it at once
 * @param targetless those of rules without a target
 */
record Settled(List<Long> delivered, List<Long> targetless) {
  Settled() {
    this(new ArrayList<>(), new ArrayList<>());
  }

  static Settled of(byte[] bytes) {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    var settled = new Settled();
    for (long left = number(rest); left > 0; left--) {
      settled.delivered.add(number(rest));
    }
    while (rest.hasRemaining()) {
      settled.targetless.add(number(rest));
    }
    return settled;
  }

  /** How many were delivered, their routes, then the routes without a target. */
  byte[] bytes() {
    var out = new ByteArrayOutputStream();
    write(out, delivered.size());
    delivered.forEach(route -> write(out, route));
    targetless.forEach(route -> write(out, route));
    return out.toByteArray();
  }

  /** Seven bits a byte, the lowest first; all bytes but the last have their highest bit set. */
  private static void write(ByteArrayOutputStream out, long number) {
    long rest = number;
    for (; rest > 0x7F; rest >>>= 7) {
      out.write((int) (rest & 0x7F | 0x80));
    }
    out.write((int) rest);
  }

  private static long number(ByteBuffer bytes) {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      byte some = bytes.get();
      number |= (some & 0x7FL) << shift;
      if (some >= 0) {
        return number;
      }
    }
  }
}
