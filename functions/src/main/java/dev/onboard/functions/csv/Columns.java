package dev.onboard.functions.csv;

import dev.onboard.functions.text.WhiteSpace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns of an upload: their names as written and the unique names under which their cells go
 * on.
 *
 * @param written the names in the file, in order, without the two that a rejected-rows report added
 * @param names for each written name a {@link Field#key()} or a unique attribute name
 * @param fromReport whether the file is a corrected rejected-rows report
 */
record Columns(List<String> written, List<String> names, boolean fromReport) {

  /** The column of a prepared row that holds the row's number. */
  static final String ROW = "#row";

  /**
   * The column of a prepared row that says why the row is rejected, if the whole file showed it.
   */
  static final String PROBLEM = "#problem";

  private static final List<String> REPORT = List.of("row", "error");

  Columns {
    written = List.copyOf(written);
    names = List.copyOf(names);
  }

  int size() {
    return names.size();
  }

  static Columns of(List<String> header) {
    int end = header.size();
    boolean fromReport = end > 2 && header.subList(end - 2, end).equals(REPORT);
    List<String> written =
        fromReport ? header.subList(0, end - 2).stream().map(Formulas::unescape).toList() : header;
    refuseEmailColumns(written);
    List<String> names = new ArrayList<>(written.size());
    Set<String> taken = new HashSet<>(List.of(ROW, PROBLEM));
    for (Field field : Field.values()) {
      taken.add(field.key());
    }
    Set<Field> seen = new HashSet<>();
    for (int i = 0; i < written.size(); i++) {
      Field field = Field.ofHeader(written.get(i));
      names.add(
          field != null && seen.add(field) ? field.key() : attribute(written.get(i), i, taken));
    }
    Columns columns = new Columns(written, names, fromReport);
    columns.refuseLongHeader();
    return columns;
  }

  private static void refuseEmailColumns(List<String> written) {
    List<String> emails =
        written.stream().filter(name -> Field.ofHeader(name) == Field.EMAIL).toList();
    if (emails.size() > 1) {
      throw new UploadRejectedException(
          "The file has more than one e-mail column ("
              + join(emails)
              + "); keep the one to be used.");
    }
    if (emails.isEmpty()) {
      // Where there is an address it is a row of people already, who belong in no message.
      throw new UploadRejectedException(
          written.stream().allMatch(WhiteSpace::isBlank)
                  || written.stream().anyMatch(name -> name.contains("@"))
              ? "The file has no e-mail column; its first line must name the columns."
              : "The file has no e-mail column; its columns are " + join(written) + ".");
    }
  }

  private static String join(List<String> names) {
    String all =
        names.stream()
            .filter(name -> !WhiteSpace.isBlank(name))
            .map(name -> Text.cut(WhiteSpace.singleLine(name), 60))
            .collect(Collectors.joining(", "));
    return Text.cut(all, 500);
  }

  private static String attribute(String written, int index, Set<String> taken) {
    String bare = WhiteSpace.singleLine(written);
    String name = bare.isEmpty() ? "column " + (index + 1) : bare;
    String unique = name;
    for (int n = 2; !taken.add(unique); n++) {
      unique = name + " (" + n + ")";
    }
    return unique;
  }

  private void refuseLongHeader() {
    int bytes = names.stream().mapToInt(name -> Text.utf8Length(name) + 3).sum();
    if (bytes > Limits.MAX_HEADER_BYTES || written.stream().anyMatch(Text::hasControlCharacter)) {
      throw new UploadRejectedException(
          bytes > Limits.MAX_HEADER_BYTES
              ? "The file's column names are longer than "
                  + Text.bytes(Limits.MAX_HEADER_BYTES)
                  + " altogether; its first line must name the columns."
              : "A column name contains a control character; its first line must name the columns.");
    }
  }
}
