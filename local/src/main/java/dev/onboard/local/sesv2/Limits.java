package dev.onboard.local.sesv2;

/** SES's quotas (SES developer guide, "Service quotas in Amazon SES"). */
final class Limits {
  static final int RECIPIENTS = 50;
  static final int BULK_DESTINATIONS = 50;
  static final int MESSAGE_BYTES = 40 << 20;
  static final int TEMPLATE_BYTES = 500 * 1024;
  static final int TAGS_OF_A_MAIL = 50;
  static final int TAG_LENGTH = 255;
  static final int PAGE = 1_000;

  /** What an account without a limit is answered; this runtime counts mails and stops none. */
  static final double UNLIMITED_A_DAY = -1;

  static final double MAILS_A_SECOND = 10_000;

  private Limits() {}
}
