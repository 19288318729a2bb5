package dev.onboard.functions.mail;

import dev.onboard.functions.mail.Outcomes.Outcome;
import java.time.Instant;
import java.util.List;

/** SES's word that it accepted mails, kept for who finds one in doubt. */
@FunctionalInterface
public interface SentMails {

  /**
   * What SES has told so far of the mails of an attempt. It may tell more later.
   *
   * @param attempt the one that claimed and sent them
   * @param since when it began
   * @throws RuntimeException if that cannot be known now
   */
  List<Outcome> of(String attempt, Instant since);
}
