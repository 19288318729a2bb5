package dev.onboard.local.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Texts that are written together and much alike, as one body for one row.
 *
 * <p>Ten events of one write compress to a seventh, in 4 µs each. One alone compresses to half, in
 * 28 µs, so a single text and little ones are left as they are.
 *
 * @param form how the body is written
 */
public record PackedTexts(Form form, byte[] body) {
  /** How a body is written; stored by its place in this list. */
  public enum Form {
    /** One text. */
    TEXT,
    /** Texts, each after the number of its bytes. */
    TEXTS,
    /** The same, deflated. */
    DEFLATED
  }

  private static final int WORTH_DEFLATING = 4096;
  private static final int LEVEL = 3;

  /** Packs texts, at least one. */
  public static PackedTexts of(List<String> texts) {
    if (texts.size() == 1) {
      return new PackedTexts(Form.TEXT, texts.getFirst().getBytes(StandardCharsets.UTF_8));
    }
    byte[] sequence = sequence(texts);
    return sequence.length < WORTH_DEFLATING
        ? new PackedTexts(Form.TEXTS, sequence)
        : new PackedTexts(Form.DEFLATED, deflate(sequence));
  }

  /** The packed texts of a row with the columns {@code form} and {@code body}. */
  public static PackedTexts of(Row row) {
    return new PackedTexts(Form.values()[row.integer("form")], row.bytes("body"));
  }

  /** The texts, in their order. */
  public List<String> texts() {
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

  /** Whether some bytes stand anywhere in the texts, or by chance across two of them. */
  public boolean contains(byte[] some) {
    byte[] all = form == Form.DEFLATED ? inflate(body) : body;
    // As strings of a byte a character, which are searched faster than arrays.
    return new String(all, StandardCharsets.ISO_8859_1)
        .contains(new String(some, StandardCharsets.ISO_8859_1));
  }

  private static byte[] sequence(List<String> texts) {
    var sequence = new ByteArrayOutputStream(1024 * texts.size());
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      sequence.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      sequence.writeBytes(bytes);
    }
    return sequence.toByteArray();
  }

  private static byte[] deflate(byte[] sequence) {
    try (var deflater = new Deflater(LEVEL, true)) {
      deflater.setInput(sequence);
      deflater.finish();
      var out = new ByteArrayOutputStream(sequence.length / 4);
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
          throw new IllegalStateException("packed texts are cut off");
        }
        out.write(some, 0, read);
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new IllegalStateException("packed texts are damaged", e);
    }
  }
}
