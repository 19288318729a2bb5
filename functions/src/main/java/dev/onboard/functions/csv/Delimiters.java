package dev.onboard.functions.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/** The characters that people's spreadsheets put between cells where a comma belongs. */
final class Delimiters {

  private static final Map<Character, String> OTHERS = new LinkedHashMap<>();

  static {
    OTHERS.put(';', "semicolons");
    OTHERS.put('\t', "tabs");
    OTHERS.put('|', "vertical bars");
  }

  private Delimiters() {}

  /**
   * Refuses a header that has no e-mail column when read with commas but has one when read
   * otherwise.
   */
  static void refuse(List<String> header) {
    String line = String.join(",", header);
    if (line.matches("(?i)sep=[;|\t]")) {
      throw separatedBy(OTHERS.getOrDefault(line.charAt(4), "other characters"));
    }
    if (header.stream().anyMatch(name -> Field.ofHeader(name) == Field.EMAIL)) {
      return;
    }
    for (Entry<Character, String> other : OTHERS.entrySet()) {
      if (line.indexOf(other.getKey()) >= 0 && hasEmail(line, other.getKey())) {
        throw separatedBy(other.getValue());
      }
    }
  }

  private static boolean hasEmail(String line, char delimiter) {
    try {
      return CsvReader.builder()
          .fieldSeparator(delimiter)
          .ofSingleCsvRecord(line)
          .getFields()
          .stream()
          .anyMatch(name -> Field.ofHeader(name) == Field.EMAIL);
    } catch (CsvParseException e) {
      return false;
    }
  }

  private static UploadRejectedException separatedBy(String what) {
    return new UploadRejectedException(
        "The columns are separated by "
            + what
            + "; save the file with commas between the columns.");
  }
}
