package dev.onboard.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A quota of EventBridge by its name on the command line, such as {@code pattern-length}. */
enum QuotaName {
  EVENT_BUSES,
  RULES,
  PATTERN_LENGTH,
  REPLAYS,
  CONNECTIONS,
  API_DESTINATIONS;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads a name. */
  static final class Converter implements ITypeConverter<QuotaName> {
    @Override
    public QuotaName convert(String text) {
      return Arrays.stream(values())
          .filter(n -> n.toString().equals(text))
          .findFirst()
          .orElseThrow(() ->
              new TypeConversionException(
                  "there is no quota "
                      + text
                      + "; there are "
                      + Arrays.stream(values())
                          .map(QuotaName::toString)
                          .collect(Collectors.joining(", "))));
    }
  }
}
