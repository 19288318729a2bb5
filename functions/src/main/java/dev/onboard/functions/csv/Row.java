package dev.onboard.functions.csv;

import java.util.List;

/**
 * A prepared row.
 *
 * @param number as a spreadsheet shows it
 * @param problem why it is rejected already, or an empty string
 * @param names of its columns, as {@link Columns#names()}
 * @param cells one for each name
 */
public record Row(int number, String problem, List<String> names, List<String> cells) {

  public Row {
    if (names.size() != cells.size()) {
      throw new IllegalArgumentException(
          "row " + number + " must have " + names.size() + " cells but has " + cells.size());
    }
  }
}
