package dev.onboard.functions.mail;

import dev.onboard.functions.mail.MailEntry.Status;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The account of welcome mails, one entry a user, with an exact count of them on each import. */
public interface MailLedger {

  /**
   * Claims mails that nobody claimed yet.
   *
   * @return the entries that stood in the way, by user; who is not in it is claimed
   */
  Map<String, MailEntry> claim(Collection<MailEntry> entries);

  /** Takes an abandoned claim over; false if it is no longer as it was seen. */
  boolean takeOver(MailEntry abandoned, MailEntry entry);

  /** Gives up claims of which nothing was sent. */
  void release(Collection<MailEntry> entries);

  /** Entries as they are now, by user. */
  Map<String, MailEntry> find(Collection<String> userIds);

  /**
   * A step of an entry.
   *
   * @param entry as it was seen; it must still have that status and claim
   * @param counter the number on its import that grows by one with this step, if any
   * @param outcome what SES said last, in a few words
   */
  record Step(
      MailEntry entry,
      Status to,
      @Nullable Counter counter,
      @Nullable String messageId,
      String outcome,
      Instant at) {}

  /** A number on an import. */
  enum Counter {
    /** Mails that SES accepted. */
    MAILS("mails"),
    /** Mails that SES refused for their address, so that they will never be among the mails. */
    UNDELIVERABLE("undeliverable");

    private final String attribute;

    Counter(String attribute) {
      this.attribute = attribute;
    }

    String attribute() {
      return attribute;
    }
  }

  /**
   * Takes the steps, each exactly once, together with their counts.
   *
   * @return the users whose entry was as it was seen
   */
  Set<String> take(List<Step> steps);
}
