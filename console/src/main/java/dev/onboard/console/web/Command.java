package dev.onboard.console.web;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Commands for a terminal, each word as a shell needs it. */
public final class Command {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,#-]+");

  private Command() {}

  /** A command of the AWS CLI. */
  public static String aws(String... words) {
    return "aws " + shell(words);
  }

  /** A command of ours. */
  public static String onboard(String... words) {
    return "./onboard " + shell(words);
  }

  private static String shell(String... words) {
    return Arrays.stream(words).map(Command::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
