package dev.onboard.local.metering;

import dev.onboard.local.call.Call;
import dev.onboard.local.usage.Meter;
import org.jspecify.annotations.Nullable;

/** What a service's calls cost, as far as a call alone says it. */
@FunctionalInterface
interface Tariff {
  /**
   * Counts a call.
   *
   * @param response what it was answered; null if it failed
   */
  void count(Call call, @Nullable Object response, Meter meter);
}
