package dev.onboard.local.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/** What keeps a text from being JSON, in words for people. */
public final class JsonFault {
  /** A place as Jackson writes it within its messages, with what it says of sources. */
  private static final Pattern PLACE =
      Pattern.compile("\\[Source: [^\\[\\]]*; line: (\\d+), column: (\\d+)]");

  private JsonFault() {}

  public static String words(JsonProcessingException fault) {
    return PLACE.matcher(fault.getOriginalMessage()).replaceAll("line $1, column $2");
  }
}
