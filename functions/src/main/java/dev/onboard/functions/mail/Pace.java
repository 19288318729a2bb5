package dev.onboard.functions.mail;

import dev.onboard.functions.time.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A steady rate: SES limits recipients a second, and a limit on concurrent functions is no limit on
 * a rate.
 */
public final class Pace {

  private final double perSecond;
  private final Clock clock;
  private final Pause pause;
  private Instant next = Instant.MIN;

  /**
   * A pace.
   *
   * @param perSecond mails a second, 0 for as many as can be
   */
  public Pace(double perSecond, Clock clock, Pause pause) {
    if (perSecond < 0) {
      throw new IllegalArgumentException("rate must not be negative: " + perSecond);
    }
    this.perSecond = perSecond;
    this.clock = clock;
    this.pause = pause;
  }

  /** How many mails go at once without exceeding a second's worth. */
  int portion() {
    return perSecond == 0
        ? Postman.MOST
        : (int) Math.max(1, Math.min(Postman.MOST, Math.floor(perSecond)));
  }

  /** How long the next portion has to wait. */
  Duration delay() {
    Instant now = clock.instant();
    return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
  }

  /** Waits until a portion may go. */
  void await(int mails) {
    if (perSecond == 0) {
      return;
    }
    Duration delay = delay();
    if (!delay.isZero()) {
      pause.of(delay);
    }
    next = clock.instant().plusNanos((long) (mails / perSecond * 1e9));
  }
}
