package dev.onboard.functions.mail;

import java.util.List;

/** Who carries mails. */
@FunctionalInterface
public interface Postman {

  /** The most mails of one call. */
  int MOST = 50;

  /** What became of a mail. */
  sealed interface Result {

    /** It was accepted. */
    record Accepted(String messageId) implements Result {}

    /** It was not sent and may be tried again. */
    record NotSent(String reason) implements Result {}

    /** It will never be accepted. */
    record Refused(String reason) implements Result {}

    /** Nobody knows whether it was accepted. */
    record Unknown(String reason) implements Result {}
  }

  /**
   * Sends at most {@value #MOST} mails; the results are in their order.
   *
   * @param attempt who sends them, which SES's word on each repeats
   */
  List<Result> send(List<WelcomeMail> mails, String attempt);
}
