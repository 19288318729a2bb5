package dev.onboard.local.s3;

import org.jspecify.annotations.Nullable;

/** The size of a page of a listing. */
final class Page {
  private Page() {}

  /** What was asked for, at most a thousand, which is also what counts if nothing was. */
  static int size(String argument, @Nullable Integer asked) {
    if (asked == null) {
      return S3Limits.PAGE;
    }
    if (asked < 0) {
      throw S3Errors.invalidArgument(
          "Argument " + argument + " must be an integer between 0 and 2147483647");
    }
    return Math.min(asked, S3Limits.PAGE);
  }
}
