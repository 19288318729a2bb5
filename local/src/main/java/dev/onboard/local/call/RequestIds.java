package dev.onboard.local.call;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids of requests: UUIDs that need not be secret, so they cost no secure random numbers. */
public final class RequestIds {
  private RequestIds() {}

  public static String next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
    long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }
}
