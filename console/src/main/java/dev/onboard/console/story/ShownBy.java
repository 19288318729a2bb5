package dev.onboard.console.story;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The commands that show what a step tells of. */
final class ShownBy {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,#-]+");

  private ShownBy() {}

  /** A command of the AWS CLI, each word as a shell needs it. */
  static String aws(String... words) {
    return "aws " + shell(words);
  }

  /** A command of ours. */
  static String onboard(String... words) {
    return "./onboard " + shell(words);
  }

  private static String shell(String... words) {
    return Arrays.stream(words).map(ShownBy::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
