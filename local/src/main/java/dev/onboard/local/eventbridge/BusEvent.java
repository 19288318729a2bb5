package dev.onboard.local.eventbridge;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is on one bus.
 *
 * @param seq its number, in the order of acceptance
 * @param id its UUID; the last twelve digits are its number, so that it is found without an index
 * @param bus the bus that it is on
 * @param time when it happened
 * @param ingested when it was accepted there, to the millisecond
 * @param parent the number of the event of which it is the forwarded copy, 0 if it is none
 * @param json the whole of it
 */
record BusEvent(
    long seq, String id, String bus, Instant time, Instant ingested, long parent, String json) {
  private static final String HEAD = "{\"version\":\"0\",\"id\":\"";
  private static final int ID_LENGTH = 36;
  private static final long NODE_BITS = (1L << 48) - 1;
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  BusEvent {
    ingested = ingested.truncatedTo(ChronoUnit.MILLIS);
  }

  /** A forwarded event is not forwarded again. */
  boolean forwarded() {
    return parent != 0;
  }

  /** What those are told who watch the buses. */
  EventWatcher.Accepted accepted() {
    return new EventWatcher.Accepted(seq, id, bus, json, forwarded());
  }

  /** The copy of this event on another bus, under an id of its own. */
  BusEvent forwardTo(String otherBus, long number, Instant now) {
    String newId = id(number);
    String copy = HEAD + newId + json.substring(HEAD.length() + ID_LENGTH);
    return new BusEvent(number, newId, otherBus, time, now, seq, copy);
  }

  /** The JSON of an event that is replayed: with its own id, under the replay's name. */
  static String replayed(String json, String replay) {
    int resources = json.indexOf(",\"resources\":[");
    return json.substring(0, resources)
        + ",\"replay-name\":\""
        + replay
        + '"'
        + json.substring(resources);
  }

  /** The id in the JSON of an event. */
  static String idOf(String json) {
    return json.substring(HEAD.length(), HEAD.length() + ID_LENGTH);
  }

  /**
   * The JSON of an event.
   *
   * @param detail a JSON object without white space around its tokens
   */
  static String json(
      String id,
      String detailType,
      String source,
      String account,
      Instant time,
      String region,
      List<String> resources,
      String detail) {
    var text = new StringBuilder(260 + detail.length()).append(HEAD).append(id);
    text.append("\",\"detail-type\":");
    string(text, detailType);
    text.append(",\"source\":");
    string(text, source);
    text.append(",\"account\":\"").append(account);
    text.append("\",\"time\":\"").append(time.truncatedTo(ChronoUnit.SECONDS));
    text.append("\",\"region\":\"").append(region).append("\",\"resources\":[");
    for (int i = 0; i < resources.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      string(text, resources.get(i));
    }
    return text.append("],\"detail\":").append(detail).append('}').toString();
  }

  /** An id for the event of a number: random but for its last twelve digits. */
  static String id(long seq) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    var text = new char[ID_LENGTH];
    hex(text, 0, 8, random.nextLong());
    text[8] = '-';
    hex(text, 9, 4, random.nextLong());
    text[13] = '-';
    long rest = random.nextLong();
    hex(text, 14, 4, (rest & 0xFFF) | 0x4000);
    text[18] = '-';
    hex(text, 19, 4, ((rest >>> 16) & 0x3FFF) | 0x8000);
    text[23] = '-';
    hex(text, 24, 12, scramble(seq));
    return new String(text);
  }

  /** The number in an id that {@link #id} made, null if it cannot be one. */
  static @Nullable Long seqOf(String id) {
    if (id.length() != ID_LENGTH) {
      return null;
    }
    try {
      return unscramble(Long.parseLong(id.substring(24), 16));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  // Multiplying by an odd number is a bijection; it lets neighbouring numbers look unlike.
  private static final long ODD = 0x5DEECE66D5A5L | 1;
  private static final long INVERSE = inverse(ODD);

  private static long scramble(long seq) {
    return (seq * ODD) & NODE_BITS;
  }

  private static long unscramble(long scrambled) {
    return (scrambled * INVERSE) & NODE_BITS;
  }

  private static long inverse(long odd) {
    long inverse = odd;
    for (int i = 0; i < 6; i++) {
      inverse *= 2 - odd * inverse;
    }
    return inverse;
  }

  private static void hex(char[] text, int from, int digits, long value) {
    for (int i = from + digits - 1; i >= from; i--) {
      text[i] = HEX[(int) (value & 15)];
      value >>>= 4;
    }
  }

  private static void string(StringBuilder text, String value) {
    text.append('"');
    JsonStringEncoder.getInstance().quoteAsString(value, text);
    text.append('"');
  }
}
