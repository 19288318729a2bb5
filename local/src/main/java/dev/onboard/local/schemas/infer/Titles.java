package dev.onboard.local.schemas.infer;

import java.util.Locale;
import java.util.regex.Pattern;

/** How AWS names what it makes from the names in events. */
public final class Titles {
  private static final String OTHERWISE = "Event";
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^A-Za-z0-9]+");
  private static final Pattern NOT_IN_NAMES = Pattern.compile("[^.\\-_A-Za-z0-9]");

  private Titles() {}

  /** {@code EC2InstanceStateChange} for {@code EC2 Instance State-change}. */
  public static String of(String name) {
    var title = new StringBuilder();
    for (String word : BETWEEN_WORDS.split(name)) {
      if (!word.isEmpty()) {
        title.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
      }
    }
    return title.isEmpty() ? OTHERWISE : title.toString();
  }

  /** The name of the schema of the events of a source and type. */
  public static String schema(String source, String detailType) {
    return NOT_IN_NAMES.matcher(source).replaceAll("-") + '@' + of(detailType);
  }
}
