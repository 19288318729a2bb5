package dev.onboard.console.web;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far back a page looks, as its address says it: {@code since=24h}. */
public interface Lookback {

  /** The value of {@code since}. */
  String parameter();

  /**
   * The one that an address asks for.
   *
   * @param all that the page knows
   * @param parameter the value of {@code since}; null if the address has none
   * @param usual the one that is meant then
   */
  static <L extends Lookback> L of(L[] all, @Nullable String parameter, L usual) {
    if (parameter == null) {
      return usual;
    }
    return Arrays.stream(all)
        .filter(one -> one.parameter().equals(parameter))
        .findFirst()
        .orElseThrow(
            () -> Refusal.badRequest("since must be " + words(all) + ", not " + parameter + "."));
  }

  private static String words(Lookback[] all) {
    List<String> known =
        Arrays.stream(all).map(Lookback::parameter).filter(p -> !p.isEmpty()).toList();
    return String.join(", ", known.subList(0, known.size() - 1)) + " or " + known.getLast();
  }
}
