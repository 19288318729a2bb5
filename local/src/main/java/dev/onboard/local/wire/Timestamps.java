package dev.onboard.local.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;
import software.amazon.awssdk.utils.DateUtils;

/** Instants in the formats of the protocols; a field may name its own. */
final class Timestamps {
  private Timestamps() {}

  static void json(JsonGenerator json, SdkField<?> field, Instant time) throws IOException {
    switch (format(field)) {
      case ISO_8601 -> json.writeString(DateUtils.formatIso8601Date(time));
      case RFC_822 -> json.writeString(DateUtils.formatRfc822Date(time));
      case UNIX_TIMESTAMP_MILLIS -> json.writeNumber(time.toEpochMilli());
      case UNIX_TIMESTAMP -> json.writeNumber(seconds(time));
      case null -> json.writeNumber(seconds(time));
    }
  }

  /** The text of an instant where the protocol's own format is ISO 8601 (XML, queries). */
  static String iso(SdkField<?> field, Instant time) {
    Format format = format(field);
    return text(format == null ? Format.ISO_8601 : format, time);
  }

  /** The text of an instant where the protocol's own format is that of HTTP (headers). */
  static String http(SdkField<?> field, Instant time) {
    Format format = format(field);
    return text(format == null ? Format.RFC_822 : format, time);
  }

  static Instant parse(SdkField<?> field, String text, boolean number) {
    if (number || text.matches("-?[0-9.eE+]+")) {
      return format(field) == Format.UNIX_TIMESTAMP_MILLIS
          ? Instant.ofEpochMilli(Long.parseLong(text))
          : Instant.ofEpochMilli(new BigDecimal(text).movePointRight(3).longValue());
    }
    return text.endsWith("GMT")
        ? DateUtils.parseRfc822Date(text)
        : DateUtils.parseIso8601Date(text);
  }

  private static String text(Format format, Instant time) {
    return switch (format) {
      case ISO_8601 -> DateUtils.formatIso8601Date(time);
      case RFC_822 -> DateUtils.formatRfc822Date(time);
      case UNIX_TIMESTAMP -> seconds(time).toPlainString();
      case UNIX_TIMESTAMP_MILLIS -> Long.toString(time.toEpochMilli());
    };
  }

  private static BigDecimal seconds(Instant time) {
    return BigDecimal.valueOf(time.toEpochMilli(), 3);
  }

  private static @Nullable Format format(SdkField<?> field) {
    TimestampFormatTrait trait = field.getTrait(TimestampFormatTrait.class);
    return trait == null ? null : trait.format();
  }
}
