package dev.onboard.schemas.generator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of a schema: a change of the major one may break consumers, of the minor one not. */
record Version(int major, int minor) implements Comparable<Version> {
  private static final Pattern FORM = Pattern.compile("(\\d+)\\.(\\d+)");

  static Version parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "a version must be a major and a minor number such as 1.0, not " + text);
    }
    return new Version(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
  }

  @Override
  public int compareTo(Version other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
