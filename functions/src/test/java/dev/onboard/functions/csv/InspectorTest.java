package dev.onboard.functions.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onboard.functions.csv.Inspector.Inspection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InspectorTest {

  private static final Limits LIMITS = new Limits(1 << 20, 1000);

  private final ByteArrayOutputStream prepared = new ByteArrayOutputStream();

  @Test
  void plainFile_rowsArePreparedUnderKnownNames() throws IOException {
    Inspection inspection = inspect("E-Mail,Full Name,Team\nada@example.com,Ada,A\n");
    assertThat(inspection.rows()).isEqualTo(1);
    assertThat(inspection.columns()).containsExactly("E-Mail", "Full Name", "Team");
    assertThat(prepared.toString(UTF_8))
        .isEqualTo("\"#row\",#problem,email,name,Team\n2,,ada@example.com,Ada,A\n");
  }

  @Test
  void markCrlfQuotedCommasBreaksBlankLinesAndTrailingDelimiters_areUnderstood()
      throws IOException {
    inspect(
        "\uFEFFemail,name,,\r\n"
            + "ada@example.com,\"Lovelace, Ada\",,\r\n"
            + "\r\n"
            + ",,,\r\n"
            + "bob@example.com,\"Bob\r\n\"\"the\"\" builder\",,\r\n"
            + "eve@example.com\r\n");
    assertThat(rows())
        .extracting(Row::number, Row::problem, row -> row.cells().get(1))
        .containsExactly(
            tuple(2, "", "Lovelace, Ada"),
            tuple(5, "", "Bob\r\n\"the\" builder"),
            tuple(6, "", ""));
  }

  @Test
  void backslashes_surviveStepFunctionsReader() throws IOException {
    inspect("email,path\nada@example.com,C:\\x\\\n");
    assertThat(prepared.toString(UTF_8)).endsWith("2,,ada@example.com,C:\\\\x\\\\\n");
    assertThat(rows()).first().extracting(row -> row.cells().get(1)).isEqualTo("C:\\x\\");
  }

  @Test
  void repeatedAddress_firstValidRowWins() throws IOException {
    inspect(
        "mail\nbad@@example.com\nada@example.com\n ADA@Example.com \nbob@example.com\nada@example.com\n");
    assertThat(rows())
        .extracting(Row::number, Row::problem)
        .containsExactly(
            tuple(2, ""),
            tuple(3, ""),
            tuple(4, "The address \"ada@example.com\" repeats row 3."),
            tuple(5, ""),
            tuple(6, "The address \"ada@example.com\" repeats row 3."));
  }

  @Test
  void surplusCells_rejectTheRowAndKeepItsText() throws IOException {
    inspect("email,name\nada@example.com,Lovelace, Ada\n");
    assertThat(rows())
        .first()
        .satisfies(row -> {
          assertThat(row.problem()).startsWith("The row has 3 cells but the file has 2 columns");
          assertThat(row.cells()).containsExactly("ada@example.com", "Lovelace, Ada");
        });
  }

  @Test
  void controlCharacters_rejectTheRowAndDoNotGoOn() throws IOException {
    inspect("email,name\nada@example.com,A\u0007da\n");
    assertThat(rows())
        .first()
        .satisfies(row -> {
          assertThat(row.problem()).isEqualTo("The column \"name\" contains a control character.");
          assertThat(row.cells()).containsExactly("ada@example.com", "A\uFFFDda");
        });
  }

  @Test
  void oversizedRow_isRejectedAndCut() throws IOException {
    inspect("email,name\nada@example.com," + "x".repeat(40_000) + "\n");
    assertThat(rows())
        .first()
        .satisfies(row -> {
          assertThat(row.problem()).isEqualTo("The row is longer than 32 KiB.");
          assertThat(row.cells().get(1)).hasSize(200);
        });
  }

  @Test
  void repeatedAndBlankColumnNames_becomeUnique() throws IOException {
    inspect("email,Phone,Phone,,name,full name,#row\na@b.c,1,2,3,N,M,r\n");
    assertThat(rows())
        .first()
        .extracting(Row::names)
        .isEqualTo(
            List.of("email", "Phone", "Phone (2)", "column 4", "name", "full name", "#row (2)"));
  }

  @Test
  void rejectedReport_uploadedAgain_losesItsColumnsAndApostrophes() throws IOException {
    Inspection inspection = inspect("email,phone,row,error\nada@example.com,'+49 1,2,Something.\n");
    assertThat(inspection.columns()).containsExactly("email", "phone");
    assertThat(rows())
        .first()
        .extracting(Row::cells)
        .isEqualTo(List.of("ada@example.com", "+49 1"));
  }

  @Test
  void headerOnly_hasNoRows() throws IOException {
    assertThat(inspect("email,name\n").rows()).isZero();
    assertThat(inspect("email").rows()).isZero();
  }

  @Test
  void separatorLineOfExcelWithComma_isSkipped() throws IOException {
    assertThat(inspect("sep=,\nemail,name\na@b.c,A\n").rows()).isEqualTo(1);
    assertThat(rows()).first().extracting(Row::number).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF", "\n\n", "\r\n , \r\n"})
  void nothingInIt_isRejected(String file) {
    assertRejected(file, "The file is empty.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "email;name\\na@b.c;A~The columns are separated by semicolons; save the file with commas between the columns.",
        "Name;\"E-Mail\"\\nA;a@b.c~The columns are separated by semicolons; save the file with commas between the columns.",
        "sep=;\\nemail;name~The columns are separated by semicolons; save the file with commas between the columns.",
        "name\\temail\\nA\\ta@b.c~The columns are separated by tabs; save the file with commas between the columns.",
        "name|email~The columns are separated by vertical bars; save the file with commas between the columns.",
        "name,phone\\nA,1~The file has no e-mail column; its columns are name, phone.",
        "ada@example.com,Ada\\nA,1~The file has no e-mail column; its first line must name the columns.",
        "email,E-Mail,name\\n~The file has more than one e-mail column (email, E-Mail); keep the one to be used.",
        "email,name\\na@b.c,\"Ada\\nx@y.z,B\\n~The row that starts on line 2 opens a quotation mark that is never closed.",
        "email,name\\n\"a@b.c\",\"x\\ny\"\\nx@y.z,\"B\"ob\\n~In the row that starts on line 4 a closing quotation mark is followed by other text; a quotation mark inside quotes must be doubled.",
      })
  void unusableFile_isRejectedWithOneSentence(String file, String sentence) {
    assertRejected(file.replace("\\n", "\n").replace("\\t", "\t"), sentence);
  }

  @Test
  void otherEncodings_areNamedWithTheLine() {
    assertRejected(
        "email,name\na@b.c,Ada\nb@b.c,José\n".getBytes(ISO_8859_1),
        "The file is not in UTF-8: line 3 has a character in another encoding, probably Latin-1"
            + " (Windows-1252); save it as CSV UTF-8.");
    assertRejected("email,ü".getBytes(ISO_8859_1), "The file is not in UTF-8: line 1");
    assertRejected("email\n".getBytes(UTF_16LE), "The file is in UTF-16; save it as CSV UTF-8.");
    assertRejected("\uFEFFemail\n".getBytes(UTF_16LE), "The file is in UTF-16");
    assertRejected(new byte[] {'P', 'K', 3, 4, 0}, "The file is an Excel workbook");
    assertRejected(
        "email\na\0b".getBytes(UTF_8), "The file is not text: there is a zero byte on line 2");
    assertRejected(new byte[] {'a', (byte) 0xC3}, "The file is not in UTF-8: line 1");
    assertRejected(new byte[] {'a', (byte) 0xC0, (byte) 0x80}, "The file is not in UTF-8");
    assertRejected(
        new byte[] {'a', (byte) 0xED, (byte) 0xA0, (byte) 0x80}, "The file is not in UTF-8");
  }

  @Test
  void overTheLimits_isRejected() {
    String rows = "email\n" + "a@b.c\n".repeat(3);
    assertRejected(
        new Limits(1000, 2),
        rows.getBytes(UTF_8),
        "The file has more than 2 rows; split it and upload the parts.");
    assertRejected(
        new Limits(10, 100),
        rows.getBytes(UTF_8),
        "The file is larger than the limit of 10 bytes; split it and upload the parts.");
    assertThat(new Limits(1 << 30, 1))
        .satisfies(limits ->
            assertThatThrownBy(() -> limits.check((1L << 30) + 1)).hasMessageContaining("1 GiB"));
  }

  @Test
  void unclosedQuoteInAHugeFile_needsNoMemory() {
    assertRejected(
        new Limits(1 << 30, 1000),
        ("email,name\na@b.c,\"" + "x\n".repeat(1 << 20)).getBytes(UTF_8),
        "The row that starts on line 2 opens a quotation mark that is never closed.");
  }

  @Test
  void longHeader_isRejected() {
    assertRejected("email," + "x".repeat(9000), "The file's column names are longer than");
  }

  private Inspection inspect(String file) throws IOException {
    prepared.reset();
    return new Inspector(LIMITS).inspect(new ByteArrayInputStream(file.getBytes(UTF_8)), prepared);
  }

  private List<Row> rows() {
    PreparedRows.Reader reader =
        PreparedRows.read(new ByteArrayInputStream(prepared.toByteArray()));
    List<Row> rows = new ArrayList<>();
    for (Row row = reader.next(); row != null; row = reader.next()) {
      rows.add(row);
    }
    return rows;
  }

  private void assertRejected(String file, String sentence) {
    assertRejected(file.getBytes(UTF_8), sentence);
  }

  private void assertRejected(byte[] file, String sentence) {
    assertRejected(LIMITS, file, sentence);
  }

  private void assertRejected(Limits limits, byte[] file, String sentence) {
    assertThatThrownBy(
            () -> new Inspector(limits).inspect(new ByteArrayInputStream(file), prepared))
        .isInstanceOf(UploadRejectedException.class)
        .hasMessageStartingWith(sentence);
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.api.Assertions.tuple(values);
  }
}
