package dev.onboard.patterns;

/**
 * A place in the text of a pattern.
 *
 * @param pointer the JSON pointer of the value that begins there
 * @param line its line, from 1
 * @param column its column, from 1
 */
public record Position(String pointer, int line, int column) {
  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}
