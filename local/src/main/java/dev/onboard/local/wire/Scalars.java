package dev.onboard.local.wire;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.Base64;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallingType;

/** Single values as text, as they stand in JSON, paths, queries, headers and XML. */
final class Scalars {
  private Scalars() {}

  /**
   * Parses a value of a field's type.
   *
   * @throws IOException if the text is none, naming the field
   */
  static Object parse(SdkField<?> field, String text, boolean number) throws IOException {
    MarshallingType<?> type = field.marshallingType();
    try {
      if (type == MarshallingType.STRING) {
        return text;
      } else if (type == MarshallingType.BOOLEAN) {
        return bool(text);
      } else if (type == MarshallingType.INTEGER) {
        return new BigDecimal(text).intValueExact();
      } else if (type == MarshallingType.LONG) {
        return new BigDecimal(text).longValueExact();
      } else if (type == MarshallingType.SHORT) {
        return new BigDecimal(text).shortValueExact();
      } else if (type == MarshallingType.DOUBLE) {
        return Double.valueOf(text);
      } else if (type == MarshallingType.FLOAT) {
        return Float.valueOf(text);
      } else if (type == MarshallingType.BIG_DECIMAL) {
        return new BigDecimal(text);
      } else if (type == MarshallingType.INSTANT) {
        return Timestamps.parse(field, text, number);
      } else if (type == MarshallingType.SDK_BYTES) {
        return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(text));
      }
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw new IOException(
          field.locationName() + " must be a " + type.getTargetClass().getSimpleName(), e);
    }
    throw new IllegalStateException("no text for " + type.getTargetClass());
  }

  private static boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }
}
