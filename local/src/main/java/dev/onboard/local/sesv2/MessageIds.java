package dev.onboard.local.sesv2;

import dev.onboard.local.call.RequestIds;
import java.time.Instant;
import java.util.HexFormat;

/** Ids in SES's form: the time, something unique, and a counter that is always zero. */
final class MessageIds {
  private MessageIds() {}

  static String next(Instant now) {
    String time = HexFormat.of().toHexDigits(now.toEpochMilli(), 12);
    return "0100" + time + '-' + RequestIds.next() + "-000000";
  }
}
