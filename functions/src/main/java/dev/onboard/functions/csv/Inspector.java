package dev.onboard.functions.csv;

import dev.onboard.functions.text.WhiteSpace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an upload from end to end once, refuses it with one sentence or prepares its rows. */
public final class Inspector {

  private static final int CUT_CELL = 200;

  private final Limits limits;

  public Inspector(Limits limits) {
    this.limits = limits;
  }

  /**
   * What was found in a usable upload.
   *
   * @param rows number of rows that are not blank
   * @param columns the names as written
   */
  public record Inspection(int rows, List<String> columns) {}

  /**
   * Reads the upload and writes its prepared rows; neither is ever held in memory.
   *
   * @throws UploadRejectedException if the file as a whole cannot be imported
   */
  public Inspection inspect(InputStream upload, OutputStream prepared) throws IOException {
    try {
      Records records = new Records(Utf8Input.open(upload, limits.maxBytes()));
      Columns columns = header(records);
      PreparedRows.Writer writer = new PreparedRows.Writer(prepared, columns);
      int rows = rows(records, columns, writer);
      writer.flush();
      return new Inspection(rows, columns.written());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Columns header(Records records) {
    List<String> header = records.next();
    if (header != null && records.number() == 1 && String.join(",", header).matches("(?i)sep=,*")) {
      header = records.next();
    }
    if (header == null) {
      throw new UploadRejectedException("The file is empty.");
    }
    Delimiters.refuse(header);
    return Columns.of(withoutTrailingBlanks(header));
  }

  private static List<String> withoutTrailingBlanks(List<String> header) {
    int end = header.size();
    while (end > 0 && WhiteSpace.isBlank(header.get(end - 1))) {
      end--;
    }
    return header.subList(0, end);
  }

  private int rows(Records records, Columns columns, PreparedRows.Writer writer) {
    FirstRows firstRows = new FirstRows();
    int rows = 0;
    for (List<String> cells = records.next(); cells != null; cells = records.next()) {
      if (++rows > limits.maxRows()) {
        throw new UploadRejectedException(
            "The file has more than " + limits.maxRows() + " rows; split it and upload the parts.");
      }
      Row row = prepare(records.number(), columns, cells);
      writer.write(row.problem().isEmpty() ? withoutRepeat(row, firstRows) : row);
    }
    return rows;
  }

  /**
   * The first row that is valid in itself has the address; a later one is rejected by its number.
   */
  private static Row withoutRepeat(Row row, FirstRows firstRows) {
    if (RowValidator.validate(row) instanceof Verdict.Accepted accepted) {
      int first = firstRows.putIfAbsent(accepted.person().email(), row.number());
      if (first != 0) {
        return new Row(
            row.number(),
            "The address " + Text.show(accepted.person().email()) + " repeats row " + first + ".",
            row.names(),
            row.cells());
      }
    }
    return row;
  }

  private static Row prepare(int number, Columns columns, List<String> cells) {
    int width = columns.size();
    List<String> own = new ArrayList<>(width);
    for (int i = 0; i < width; i++) {
      String cell = i < cells.size() ? cells.get(i) : "";
      own.add(columns.fromReport() ? Formulas.unescape(cell) : cell);
    }
    String problem = surplus(columns, cells, own);
    problem = oversize(own, problem);
    problem = controlCharacter(columns, own, problem);
    return new Row(number, problem == null ? "" : problem, columns.names(), own);
  }

  /**
   * Surplus cells, unless blank, reject the row and are kept in its last cell, where they most
   * likely belong.
   */
  private static @Nullable String surplus(Columns columns, List<String> cells, List<String> own) {
    int width = columns.size();
    int expected = width + (columns.fromReport() ? 2 : 0);
    if (cells.size() <= expected
        || cells.subList(expected, cells.size()).stream().allMatch(WhiteSpace::isBlank)) {
      return null;
    }
    if (!columns.fromReport()) {
      own.set(width - 1, String.join(",", cells.subList(width - 1, cells.size())));
    }
    return "The row has "
        + cells.size()
        + " cells but the file has "
        + expected
        + " columns; a cell with a comma must be in quotation marks.";
  }

  private static @Nullable String oversize(List<String> own, @Nullable String problem) {
    int bytes = own.stream().mapToInt(Text::utf8Length).sum();
    if (bytes <= Limits.MAX_ROW_BYTES) {
      return problem;
    }
    own.replaceAll(cell -> Text.cut(cell, CUT_CELL));
    return "The row is longer than " + Limits.MAX_ROW_BYTES / 1024 + " KiB.";
  }

  /** Control characters never go on: as JSON they would take six times their room. */
  private static @Nullable String controlCharacter(
      Columns columns, List<String> own, @Nullable String problem) {
    String found = problem;
    for (int i = 0; i < own.size(); i++) {
      if (Text.hasControlCharacter(own.get(i))) {
        own.set(i, Text.withoutControlCharacters(own.get(i)));
        if (found == null) {
          found =
              "The column "
                  + Text.show(columns.written().get(i))
                  + " contains a control character.";
        }
      }
    }
    return found;
  }
}
