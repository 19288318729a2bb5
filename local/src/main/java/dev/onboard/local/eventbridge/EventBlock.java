package dev.onboard.local.eventbridge;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The texts of events that are accepted together, as one body.
 *
 * <p>Events of one write are much alike: ten of them compress to a seventh, in 4 µs each. One alone
 * compresses to half, in 28 µs, so it is left as it is.
 */
final class EventBlock {
  /** How a body is written; stored by its place in this list. */
  enum Form {
    /** The text of one event. */
    TEXT,
    /** Texts, each after the number of its bytes. */
    TEXTS,
    /** The same, deflated. */
    DEFLATED
  }

  private static final int WORTH_DEFLATING = 4096;
  private static final int LEVEL = 3;

  private final Map<Long, Integer> places = new HashMap<>();
  private final Form form;
  private final byte[] body;
  private long first = Long.MAX_VALUE;
  private long last;

  private EventBlock(List<BusEvent> events) {
    for (BusEvent event : events) {
      places.put(event.seq(), places.size());
      first = Math.min(first, event.seq());
      last = Math.max(last, event.seq());
    }
    if (events.size() == 1) {
      form = Form.TEXT;
      body = events.getFirst().json().getBytes(StandardCharsets.UTF_8);
    } else {
      byte[] texts = sequence(events);
      form = texts.length < WORTH_DEFLATING ? Form.TEXTS : Form.DEFLATED;
      body = form == Form.TEXTS ? texts : deflate(texts);
    }
  }

  /** A block of events, at least one. */
  static EventBlock of(List<BusEvent> events) {
    return new EventBlock(events);
  }

  /** The least number of an event in it. */
  long first() {
    return first;
  }

  /** The greatest number of an event in it, which is the block's own. */
  long number() {
    return last;
  }

  /** Where the event of a number stands in it, from 0. */
  int place(long seq) {
    return places.get(seq);
  }

  Form form() {
    return form;
  }

  byte[] body() {
    return body;
  }

  /** The texts in a body, by their places. */
  static List<String> texts(Form form, byte[] body) {
    if (form == Form.TEXT) {
      return List.of(new String(body, StandardCharsets.UTF_8));
    }
    ByteBuffer rest = ByteBuffer.wrap(form == Form.TEXTS ? body : inflate(body));
    var texts = new ArrayList<String>();
    while (rest.hasRemaining()) {
      int length = rest.getInt();
      texts.add(new String(rest.array(), rest.position(), length, StandardCharsets.UTF_8));
      rest.position(rest.position() + length);
    }
    return texts;
  }

  private static byte[] sequence(List<BusEvent> events) {
    var texts = new ByteArrayOutputStream(2048 * events.size());
    for (BusEvent event : events) {
      byte[] text = event.json().getBytes(StandardCharsets.UTF_8);
      texts.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
      texts.writeBytes(text);
    }
    return texts.toByteArray();
  }

  private static byte[] deflate(byte[] texts) {
    try (var deflater = new Deflater(LEVEL, true)) {
      deflater.setInput(texts);
      deflater.finish();
      var out = new ByteArrayOutputStream(texts.length / 4);
      byte[] some = new byte[8192];
      while (!deflater.finished()) {
        out.write(some, 0, deflater.deflate(some));
      }
      return out.toByteArray();
    }
  }

  private static byte[] inflate(byte[] body) {
    try (var inflater = new Inflater(true)) {
      inflater.setInput(body);
      var out = new ByteArrayOutputStream(8 * body.length);
      byte[] some = new byte[8192];
      while (!inflater.finished()) {
        int read = inflater.inflate(some);
        if (read == 0 && inflater.needsInput()) {
          throw new IllegalStateException("a block of events is cut off");
        }
        out.write(some, 0, read);
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new IllegalStateException("a block of events is damaged", e);
    }
  }
}
