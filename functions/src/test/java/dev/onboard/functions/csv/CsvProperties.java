package dev.onboard.functions.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.onboard.functions.csv.Verdict.Accepted;
import dev.onboard.functions.text.WhiteSpace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CsvProperties {

  private static final Limits LIMITS = new Limits(1 << 24, 100_000);

  @Property(tries = 300)
  void whatWasWritten_isRead(@ForAll("cells") @Size(max = 30) List<List<String>> rows)
      throws IOException {
    List<Row> read = inspect(csv(rows));
    List<List<String>> expected =
        rows.stream().filter(row -> !row.stream().allMatch(WhiteSpace::isBlank)).toList();
    assertThat(read).extracting(Row::cells).isEqualTo(expected);
  }

  @Property(tries = 200)
  void repeatedAddresses_lowestRowWins(
      @ForAll @Size(max = 60) List<@IntRange(max = 9) Integer> people) throws IOException {
    StringBuilder file = new StringBuilder("email\n");
    people.forEach(person -> file.append("P").append(person).append("@example.com \n"));
    List<Row> rows = inspect(file.toString());
    Map<String, Integer> winners = new HashMap<>();
    for (Row row : rows) {
      String email = row.cells().get(0).strip().toLowerCase(Locale.ROOT);
      Integer winner = winners.putIfAbsent(email, row.number());
      assertThat(RowValidator.validate(row) instanceof Accepted).isEqualTo(winner == null);
      if (winner != null) {
        assertThat(row.problem()).endsWith(" repeats row " + winner + ".");
      }
    }
  }

  @Property(tries = 300)
  void knownHeaders_areKnownInAnySpelling(
      @ForAll("aliases") String alias, @ForAll("noise") String noise, @ForAll boolean upper) {
    StringBuilder spelled = new StringBuilder(noise);
    for (char c : alias.toCharArray()) {
      spelled.append(upper ? Character.toUpperCase(c) : c).append(noise);
    }
    assertThat(Field.ofHeader(spelled.toString())).isEqualTo(Field.ofHeader(alias)).isNotNull();
  }

  @Property(tries = 500)
  void anyBytes_areAcceptedOrRejectedWithASentence(@ForAll byte[] bytes) throws IOException {
    try {
      new Inspector(LIMITS).inspect(new ByteArrayInputStream(bytes), new ByteArrayOutputStream());
    } catch (UploadRejectedException e) {
      assertThat(e.getMessage()).endsWith(".").matches("(?s)[A-Z].{10,700}");
    }
  }

  @Property(tries = 500)
  void utf8_isToldLikeTheJdkDoes(@ForAll byte[] bytes) throws IOException {
    boolean valid = true;
    try {
      UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes));
    } catch (java.nio.charset.CharacterCodingException e) {
      valid = false;
    }
    boolean zero = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(0) >= 0;
    boolean accepted = true;
    // A harmless start, so that no signature decides.
    byte[] file = new byte[bytes.length + 4];
    System.arraycopy("mail".getBytes(UTF_8), 0, file, 0, 4);
    System.arraycopy(bytes, 0, file, 4, bytes.length);
    try (InputStream in = Utf8Input.open(new ByteArrayInputStream(file), 1 << 20)) {
      in.readAllBytes();
    } catch (UploadRejectedException e) {
      accepted = false;
    }
    assertThat(accepted).isEqualTo(valid && !zero);
  }

  @Property(tries = 300)
  void escapedFormulas_comeBack(@ForAll("formulas") String cell) {
    assertThat(Formulas.unescape(Formulas.escape(cell))).isEqualTo(cell);
    assertThat(Formulas.escape(cell)).doesNotMatch("(?s)[=+@\t\r-].*");
  }

  @Provide
  Arbitrary<String> formulas() {
    return Arbitraries.strings().withChars("'=+-@\t\ra1").ofMaxLength(6);
  }

  @Provide
  Arbitrary<String> aliases() {
    return Arbitraries.of(
        "email",
        "e-mail",
        "mail",
        "email address",
        "name",
        "full name",
        "first name",
        "given name",
        "last name",
        "surname",
        "family name",
        "username",
        "login",
        "locale",
        "language");
  }

  @Provide
  Arbitrary<String> noise() {
    return Arbitraries.of("", " ", "_", "-", "\u00A0", " _-");
  }

  @Provide
  Arbitrary<List<List<String>>> cells() {
    Arbitrary<String> cell =
        Arbitraries.strings()
            .withChars("ab,\"\n\r\\'; \tüß€😀")
            .ofMaxLength(8)
            .filter(text -> text.codePoints().noneMatch(c -> c >= 0xD800 && c < 0xE000));
    return cell.list().ofSize(3).list();
  }

  private static String csv(List<List<String>> rows) {
    StringWriter out = new StringWriter();
    CsvWriter writer = CsvWriter.builder().bufferSize(0).build(out);
    writer.writeRecord("email", "a", "b");
    rows.forEach(writer::writeRecord);
    return out.toString();
  }

  private static List<Row> inspect(String file) throws IOException {
    ByteArrayOutputStream prepared = new ByteArrayOutputStream();
    new Inspector(LIMITS).inspect(new ByteArrayInputStream(file.getBytes(UTF_8)), prepared);
    PreparedRows.Reader reader =
        PreparedRows.read(new ByteArrayInputStream(prepared.toByteArray()));
    List<Row> rows = new ArrayList<>();
    for (Row row = reader.next(); row != null; row = reader.next()) {
      rows.add(row);
    }
    return rows;
  }
}
