package dev.onboard.local.s3;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A stretch of an object. */
record ByteRange(long first, long length) {
  private static final String OF_SOURCE = "x-amz-copy-source-range";
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * The stretch that a Range header asks for; nothing, which means the whole object, if S3 does not
   * follow it: it is no range, a reversed one, or more than one.
   */
  static Optional<ByteRange> parse(@Nullable String header, long size) {
    Matcher range = header == null ? null : RANGE.matcher(header.strip());
    if (range == null || !range.matches()) {
      return Optional.empty();
    }
    String first = range.group(1);
    String last = range.group(2);
    if (first.isEmpty()) {
      return last.isEmpty() ? Optional.empty() : suffix(Long.parseLong(last), size);
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1);
    if (from >= size) {
      throw notSatisfiable(size);
    }
    return from > to ? Optional.empty() : Optional.of(new ByteRange(from, to - from + 1));
  }

  /** The stretch that a copy takes, which must be written out in full. */
  static ByteRange parseCopySource(String header, long size) {
    Matcher range = RANGE.matcher(header.strip());
    if (!range.matches()
        || range.group(1).isEmpty()
        || range.group(2).isEmpty()
        || Long.parseLong(range.group(1)) > Long.parseLong(range.group(2))) {
      throw S3Errors.invalidArgument(
          "The x-amz-copy-source-range value must be of the form bytes=first-last where first and"
              + " last are the zero-based offsets of the first and last bytes to copy",
          OF_SOURCE,
          header);
    }
    long first = Long.parseLong(range.group(1));
    long last = Long.parseLong(range.group(2));
    if (first >= size) {
      throw S3Errors.invalidRequest(
          "The specified copy range is invalid for the source object size");
    }
    if (last >= size) {
      throw S3Errors.invalidArgument(
          "Range specified is not valid for source object of size: " + size, OF_SOURCE, header);
    }
    return new ByteRange(first, last - first + 1);
  }

  String contentRange(long size) {
    return "bytes " + first + "-" + (first + length - 1) + "/" + size;
  }

  private static Optional<ByteRange> suffix(long length, long size) {
    if (length == 0) {
      throw notSatisfiable(size);
    }
    long from = size - Math.min(length, size);
    return size == 0 ? Optional.empty() : Optional.of(new ByteRange(from, size - from));
  }

  private static RuntimeException notSatisfiable(long size) {
    return ErrorElements.named(
        S3Errors.of(416, "InvalidRange", "The requested range is not satisfiable"),
        Map.of("ActualObjectSize", Long.toString(size)));
  }
}
