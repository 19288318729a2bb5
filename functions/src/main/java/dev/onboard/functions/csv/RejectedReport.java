package dev.onboard.functions.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The report of rejected rows: a CSV file with the upload's own columns plus {@code row} and {@code
 * error}, which can be corrected and uploaded as it is.
 */
public final class RejectedReport {

  private RejectedReport() {}

  /**
   * Writes the rejected ones of the prepared rows.
   *
   * @param columns the upload's column names as written
   * @return their number
   */
  public static int write(InputStream prepared, List<String> columns, OutputStream out)
      throws IOException {
    CsvWriter csv =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.CRLF)
            .bufferSize(1 << 16)
            .build(out, StandardCharsets.UTF_8);
    csv.writeRecord(line(columns, "row", "error"));
    PreparedRows.Reader rows = PreparedRows.read(prepared);
    int rejected = 0;
    for (@Nullable Row row = rows.next(); row != null; row = rows.next()) {
      if (RowValidator.validate(row) instanceof Verdict.Rejected(int number, String reason)) {
        csv.writeRecord(line(row.cells(), Integer.toString(number), reason));
        rejected++;
      }
    }
    csv.flush();
    return rejected;
  }

  private static List<String> line(List<String> cells, String number, String reason) {
    List<String> line = new ArrayList<>(cells.size() + 2);
    cells.forEach(cell -> line.add(Formulas.escape(cell)));
    line.add(number);
    line.add(reason);
    return line;
  }
}
