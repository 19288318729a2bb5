package dev.onboard.console.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.web.Figures;
import dev.onboard.console.web.Json;
import dev.onboard.console.web.Url;
import org.jspecify.annotations.Nullable;

/**
 * What a state or an execution was given or gave.
 *
 * @param title what it is, such as {@code Input}
 * @param json null if it is too long to be laid out
 * @param beginning as much of it as is shown then
 * @param isCut whether that is not all of it
 * @param size how long it is
 * @param whole where all of it is, as a file
 */
public record Data(
    String title,
    @Nullable JsonNode json,
    @Nullable String beginning,
    boolean isCut,
    String size,
    @Nullable String whole) {
  private static final int LAID_OUT = 24 * 1024;
  private static final int BEGINNING = 8 * 1024;

  static Data of(String title, String text, @Nullable Url whole) {
    String size = Figures.count(text.length(), "character", "characters");
    String page = whole == null ? null : whole.toString();
    if (text.length() <= LAID_OUT) {
      try {
        return new Data(title, Json.read(text), null, false, size, page);
      } catch (IllegalArgumentException e) {
        return new Data(title, null, text, false, size, page);
      }
    }
    // Not between the two halves of a character.
    int end = text.offsetByCodePoints(BEGINNING, -1);
    return new Data(title, null, text.substring(0, end), true, size, page);
  }

  static Data of(String title, JsonNode json) {
    return new Data(title, json, null, false, "", null);
  }
}
