package dev.onboard.functions.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file of prepared rows, which Step Functions' CSV reader and {@link #read} understand alike. A
 * backslash is an escape there, so it is written twice.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/dg/example-csv-parse-dist-map.html">How
 *     Step Functions parses input CSV files</a>
 */
public final class PreparedRows {

  /** The name of the column that holds a row's number. */
  public static final String ROW = Columns.ROW;

  private PreparedRows() {}

  /** A row as Step Functions' reader hands it on: its cells by column name. */
  public static Row row(Map<String, String> item) {
    List<String> names = new ArrayList<>(item.size());
    List<String> cells = new ArrayList<>(item.size());
    item.forEach((name, cell) -> {
      if (!name.equals(Columns.ROW) && !name.equals(Columns.PROBLEM)) {
        names.add(name);
        cells.add(cell);
      }
    });
    String number = item.get(Columns.ROW);
    if (number == null) {
      throw new IllegalArgumentException("a prepared row must have " + Columns.ROW);
    }
    return new Row(Integer.parseInt(number), item.getOrDefault(Columns.PROBLEM, ""), names, cells);
  }

  /** Writes prepared rows. */
  static final class Writer {

    private final CsvWriter csv;
    private final List<String> line = new ArrayList<>();

    Writer(OutputStream out, Columns columns) {
      this.csv =
          CsvWriter.builder()
              .lineDelimiter(LineDelimiter.LF)
              .bufferSize(1 << 16)
              .build(out, StandardCharsets.UTF_8);
      write(Columns.ROW, Columns.PROBLEM, columns.names());
    }

    void write(Row row) {
      write(Integer.toString(row.number()), row.problem(), row.cells());
    }

    private void write(String number, String problem, List<String> cells) {
      line.clear();
      line.add(number);
      line.add(escape(problem));
      for (String cell : cells) {
        line.add(escape(cell));
      }
      csv.writeRecord(line);
    }

    void flush() throws IOException {
      csv.flush();
    }

    private static String escape(String cell) {
      return cell.indexOf('\\') < 0 ? cell : cell.replace("\\", "\\\\");
    }
  }

  /** Reads prepared rows in their order. */
  static final class Reader {

    private final Records records;
    private final List<String> names;

    Reader(InputStream in) {
      this.records = new Records(in);
      List<String> header = records.next();
      if (header == null || !header.subList(0, 2).equals(List.of(Columns.ROW, Columns.PROBLEM))) {
        throw new IllegalStateException("prepared rows must start with their header");
      }
      this.names = unescape(header.subList(2, header.size()));
    }

    @Nullable Row next() {
      List<String> cells = records.next();
      return cells == null
          ? null
          : new Row(
              Integer.parseInt(cells.get(0)),
              unescape(cells.get(1)),
              names,
              unescape(cells.subList(2, cells.size())));
    }

    private static List<String> unescape(List<String> cells) {
      return cells.stream().map(Reader::unescape).toList();
    }

    private static String unescape(String cell) {
      return cell.indexOf('\\') < 0 ? cell : cell.replace("\\\\", "\\");
    }
  }

  static Reader read(InputStream in) {
    return new Reader(in);
  }
}
