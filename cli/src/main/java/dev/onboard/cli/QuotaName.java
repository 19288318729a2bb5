package dev.onboard.cli;

import dev.onboard.local.eventbridge.Quotas;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
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

  /** The quotas of a new account, but for those that are given. */
  static Quotas with(Map<QuotaName, Integer> given) {
    given.forEach((name, number) -> {
      if (number < 1) {
        throw new Failure("the quota " + name + " must be at least 1, not " + number);
      }
    });
    if (given.getOrDefault(PATTERN_LENGTH, 1) > Quotas.LONGEST_PATTERN) {
      throw new Failure("the quota pattern-length is at most " + Quotas.LONGEST_PATTERN);
    }
    Quotas usual = Quotas.DEFAULT;
    return new Quotas(
        given.getOrDefault(EVENT_BUSES, usual.buses()),
        given.getOrDefault(RULES, usual.rules()),
        given.getOrDefault(PATTERN_LENGTH, usual.patternLength()),
        given.getOrDefault(REPLAYS, usual.replays()),
        given.getOrDefault(CONNECTIONS, usual.connections()),
        given.getOrDefault(API_DESTINATIONS, usual.destinations()));
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
