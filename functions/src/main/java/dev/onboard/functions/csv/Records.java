package dev.onboard.functions.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.onboard.functions.text.WhiteSpace;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV file in the sense of RFC 4180, numbered as a spreadsheet numbers its rows:
 * blank lines count, line breaks inside quotes do not.
 */
final class Records {

  private final Iterator<CsvRecord> records;
  private int number;
  private long nextLine = 1;

  Records(InputStream utf8) {
    CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .skipEmptyLines(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .maxBufferSize(Limits.MAX_RECORD_CHARS)
            .ofCsvRecord(new InputStreamReader(utf8, StandardCharsets.UTF_8));
    this.records = reader.iterator();
  }

  /** The cells of the next record that is not blank, or null at the end. */
  @Nullable List<String> next() {
    while (hasNext()) {
      CsvRecord read = records.next();
      number++;
      List<String> cells = read.getFields();
      nextLine = read.getStartingLineNumber() + 1 + lineBreaks(cells);
      if (!cells.stream().allMatch(WhiteSpace::isBlank)) {
        return cells;
      }
    }
    return null;
  }

  /** The number of the record that {@link #next} returned last; the first record of a file is 1. */
  int number() {
    return number;
  }

  private boolean hasNext() {
    try {
      return records.hasNext();
    } catch (CsvParseException e) {
      throw malformed(e);
    }
  }

  private RuntimeException malformed(CsvParseException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UploadRejectedException rejected) {
        return rejected;
      }
      if (cause instanceof IOException io) {
        return new UncheckedIOException(io);
      }
    }
    String reason = String.valueOf(e.getMessage());
    if (reason.contains("after closing quote")) {
      return new UploadRejectedException(
          "In the row that starts on line "
              + nextLine
              + " a closing quotation mark is followed by other text; a quotation mark inside quotes"
              + " must be doubled.");
    }
    if (reason.contains("Unclosed quoted") || reason.contains("single field")) {
      return new UploadRejectedException(
          "The row that starts on line "
              + nextLine
              + " opens a quotation mark that is never closed.");
    }
    return new UploadRejectedException(
        "The row that starts on line " + nextLine + " cannot be read: " + reason + ".");
  }

  private static long lineBreaks(List<String> cells) {
    long breaks = 0;
    for (String cell : cells) {
      for (int i = cell.indexOf('\n'); i >= 0; i = cell.indexOf('\n', i + 1)) {
        breaks++;
      }
    }
    return breaks;
  }
}
