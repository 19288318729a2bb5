package dev.onboard.functions.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onboard.functions.csv.Verdict.Rejected;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExamplesTest {

  @Test
  void users_areAllAccepted() throws IOException {
    assertThat(verdicts("users.csv")).hasSize(48).allMatch(Verdict.Accepted.class::isInstance);
  }

  @Test
  void usersWithBadRows_areRejectedOneByOne() throws IOException {
    List<Verdict> verdicts = verdicts("users-with-bad-rows.csv");
    assertThat(verdicts).hasSize(9);
    assertThat(verdicts.stream().filter(Rejected.class::isInstance).map(Rejected.class::cast))
        .extracting(Rejected::row, Rejected::reason)
        .containsExactly(
            tuple(3, "\"grace.alder(at)example.com\" is not an e-mail address."),
            tuple(4, "The e-mail address is missing."),
            tuple(5, "The address \"ada.birch@example.com\" repeats row 2."),
            tuple(
                6,
                "The row has 4 cells but the file has 3 columns; a cell with a comma must be in"
                    + " quotation marks."),
            tuple(8, "\"barbara maple@example.com\" is not an e-mail address."),
            tuple(10, "\"donald@-aspen.example.com\" is not an e-mail address."));
  }

  @Test
  void semicolons_areRefusedAsAWhole() {
    assertThatThrownBy(() -> verdicts("users-excel-semicolon.csv"))
        .hasMessage(
            "The columns are separated by semicolons; save the file with commas between the columns.");
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.api.Assertions.tuple(values);
  }

  private static List<Verdict> verdicts(String example) throws IOException {
    ByteArrayOutputStream prepared = new ByteArrayOutputStream();
    try (InputStream in = Files.newInputStream(Path.of("../examples", example))) {
      new Inspector(new Limits(1 << 20, 1000)).inspect(in, prepared);
    }
    PreparedRows.Reader rows = PreparedRows.read(new ByteArrayInputStream(prepared.toByteArray()));
    List<Verdict> verdicts = new ArrayList<>();
    for (Row row = rows.next(); row != null; row = rows.next()) {
      verdicts.add(RowValidator.validate(row));
    }
    return verdicts;
  }
}
