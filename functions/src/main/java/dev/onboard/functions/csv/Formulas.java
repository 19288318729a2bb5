package dev.onboard.functions.csv;

/**
 * Cells that a spreadsheet would take for a formula.
 *
 * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">CSV injection</a>
 */
final class Formulas {

  private static final String STARTS = "=+-@\t\r";

  private Formulas() {}

  /**
   * With an apostrophe in front if the cell starts like a formula, or like one that was escaped
   * before.
   */
  static String escape(String cell) {
    return isFormula(cell, 0) || isEscaped(cell) ? '\'' + cell : cell;
  }

  static String unescape(String cell) {
    return isEscaped(cell) ? cell.substring(1) : cell;
  }

  private static boolean isEscaped(String cell) {
    int quotes = 0;
    while (quotes < cell.length() && cell.charAt(quotes) == '\'') {
      quotes++;
    }
    return quotes > 0 && isFormula(cell, quotes);
  }

  private static boolean isFormula(String cell, int at) {
    return cell.length() > at && STARTS.indexOf(cell.charAt(at)) >= 0;
  }
}
