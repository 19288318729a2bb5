package dev.onboard.functions.mail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of a user's welcome mail.
 *
 * @param claimedBy the attempt that claimed it
 * @param leaseUntil until when that attempt may still be at work
 * @param messageId SES's, once known
 */
public record MailEntry(
    String userId,
    String eventId,
    String email,
    @Nullable String importId,
    Status status,
    String claimedBy,
    Instant claimedAt,
    Instant leaseUntil,
    @Nullable String messageId) {

  /** How far a mail got. */
  public enum Status {
    /** Somebody is sending it, or died while sending it. */
    CLAIMED,
    /** SES accepted it. */
    SENT,
    /** It cannot be delivered to this address. */
    UNDELIVERABLE
  }
}
