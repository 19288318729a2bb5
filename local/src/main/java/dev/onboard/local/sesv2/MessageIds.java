package dev.onboard.local.sesv2;

import dev.onboard.local.call.RequestIds;
import java.time.Instant;

/** Ids in SES's form: the time, something unique, and a counter that is always zero. */
final class MessageIds {
  private MessageIds() {}

  static String next(Instant now) {
    return String.format("0100%012x-%s-000000", now.toEpochMilli(), RequestIds.next());
  }
}
