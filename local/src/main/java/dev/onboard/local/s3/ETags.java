package dev.onboard.local.s3;

import java.util.stream.Stream;

/** Entity tags as conditions name them. */
final class ETags {
  private ETags() {}

  static String bare(String etag) {
    String text = etag.strip();
    return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  /** Whether a condition, which is a star or a list of tags, names a tag. */
  static boolean names(String condition, String etag) {
    return Stream.of(condition.split(","))
        .map(ETags::bare)
        .anyMatch(t -> t.equals("*") || t.equals(etag));
  }
}
