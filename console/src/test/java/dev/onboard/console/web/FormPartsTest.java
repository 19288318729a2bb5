package dev.onboard.console.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onboard.console.web.FormParts.Part;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms with files, as browsers send them. */
class FormPartsTest {
  private static final String BOUNDARY = "-x-y";

  @Property(tries = 300)
  void parts_whateverIsInThemAndHoweverTheyArrive_areReadAsTheyWereWritten(
      @ForAll("bodies") List<byte[]> bodies, @ForAll @IntRange(min = 1, max = 70_000) int pieces)
      throws IOException {
    var form = new ByteArrayOutputStream();
    for (byte[] body : bodies) {
      form.writeBytes(head("file", "a.csv"));
      form.writeBytes(body);
      form.writeBytes("\r\n".getBytes(UTF_8));
    }
    form.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
    FormParts parts = parts(inPieces(form.toByteArray(), pieces));
    var read = new ArrayList<byte[]>();
    for (Part part = parts.next(); part != null; part = parts.next()) {
      read.add(part.body().readAllBytes());
    }
    assertThat(read).hasSize(bodies.size());
    for (int i = 0; i < read.size(); i++) {
      assertThat(read.get(i)).isEqualTo(bodies.get(i));
    }
    assertThat(parts.next()).isNull();
  }

  /** Much of what nearly is a delimiter, and some that is larger than what is held. */
  @Provide
  Arbitrary<List<byte[]>> bodies() {
    Arbitrary<String> texts =
        Arbitraries.of("\r\n-", "\r", "\n", "\r\n--", "--" + BOUNDARY, "\r\n---x-", "a", ",é")
            .list()
            .ofMaxSize(40)
            .map(pieces -> String.join("", pieces));
    Arbitrary<String> large = Arbitraries.of("b".repeat(65_536), "\r\n--".repeat(30_000));
    return Arbitraries.frequencyOf(Tuple.of(9, texts), Tuple.of(1, large))
        .filter(text -> !("\r\n" + text + "\r\n").contains("\r\n--" + BOUNDARY))
        .map(text -> text.getBytes(UTF_8))
        .list()
        .ofMaxSize(4);
  }

  @Test
  void part_thatNobodyRead_isPassedOver() throws IOException {
    FormParts parts =
        parts(
            new ByteArrayInputStream(
                (text(head("comment", null))
                        + "x".repeat(200_000)
                        + "\r\n"
                        + text(head("file", "b.csv"))
                        + "email\r\n--"
                        + BOUNDARY
                        + "--")
                    .getBytes(UTF_8)));
    assertThat(parts.next().fileName()).isNull();
    Part file = parts.next();
    assertThat(file.name()).isEqualTo("file");
    assertThat(file.fileName()).isEqualTo("b.csv");
    assertThat(file.body().readAllBytes()).asString(UTF_8).isEqualTo("email");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Grüße 1.csv", "a \"quoted\" name.csv", "semi;colon=.csv", ""})
  void nameOfAFile_isThatOfThePersons(String name) throws IOException {
    String sent = name.replace("\"", "%22");
    FormParts parts =
        parts(
            new ByteArrayInputStream(
                (text(head("file", sent)) + "\r\n--" + BOUNDARY + "--").getBytes(UTF_8)));
    assertThat(parts.next().fileName()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--", "--" + BOUNDARY, "--" + BOUNDARY + "\r\nContent-Dis"})
  void form_thatBreaksOff_isNoForm(String begin) {
    FormParts parts = parts(new ByteArrayInputStream(begin.getBytes(UTF_8)));
    assertThatThrownBy(parts::next).isInstanceOf(EOFException.class);
  }

  @Test
  void file_thatBreaksOff_isNotTakenForAWholeOne() throws IOException {
    FormParts parts =
        parts(
            new ByteArrayInputStream((text(head("file", "a.csv")) + "email\r\n").getBytes(UTF_8)));
    InputStream body = parts.next().body();
    assertThatThrownBy(body::readAllBytes).isInstanceOf(EOFException.class);
  }

  @Test
  void header_thatDoesNotEnd_isRefused() {
    String form =
        "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + "x".repeat(9000);
    FormParts parts = parts(new ByteArrayInputStream(form.getBytes(UTF_8)));
    assertThatThrownBy(parts::next).isInstanceOf(Refusal.class).hasMessageContaining("8192 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"})
  void otherForms_areRefused(String type) {
    assertThatThrownBy(() -> FormParts.of(request(type, InputStream.nullInputStream())))
        .isInstanceOf(Refusal.class);
  }

  private static FormParts parts(InputStream in) {
    return FormParts.of(request("multipart/form-data; boundary=" + BOUNDARY, in));
  }

  private static Request request(String type, InputStream in) {
    return new Request("POST", List.of(), Map.of(), Map.of(), Map.of("content-type", type), in);
  }

  private static byte[] head(String name, String file) {
    String end = file == null ? "" : "; filename=\"" + file + "\"\r\nContent-Type: text/csv";
    return ("--"
            + BOUNDARY
            + "\r\ncontent-disposition: form-data; name=\""
            + name
            + '"'
            + end
            + "\r\n\r\n")
        .getBytes(UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  /** A stream that never gives more than so many bytes at once, as networks do. */
  private static InputStream inPieces(byte[] bytes, int atMost) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, atMost));
      }
    };
  }
}
