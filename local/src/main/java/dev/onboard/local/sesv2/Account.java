package dev.onboard.local.sesv2;

import dev.onboard.local.store.Cached;
import dev.onboard.local.store.Store;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.time.Instant;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.sesv2.model.GetAccountResponse;
import software.amazon.awssdk.services.sesv2.model.SuppressionListReason;

/** The account's own settings: out of the sandbox, without a limit a day. */
final class Account {
  private static final GetAccountResponse NEW =
      GetAccountResponse.builder()
          .dedicatedIpAutoWarmupEnabled(false)
          .enforcementStatus("HEALTHY")
          .productionAccessEnabled(true)
          .sendingEnabled(true)
          .suppressionAttributes(b ->
              b.suppressedReasons(SuppressionListReason.BOUNCE, SuppressionListReason.COMPLAINT))
          .build();

  private final Cached<Integer, GetAccountResponse> settings;

  Account(Store store) {
    this.settings = new Cached<>(store, "ses_account");
  }

  GetAccountResponse settings(Tx tx) {
    return settings.get(
        tx,
        1,
        t ->
            t.first(
                    "SELECT value FROM ses_account WHERE id = 1",
                    r -> SdkJson.read(GetAccountResponse.class, r.string(1)))
                .orElse(NEW));
  }

  GetAccountResponse get(Tx tx, Instant now) {
    double sent =
        tx.number("SELECT count(*) FROM ses_mail WHERE sent_at > ?", now.minusSeconds(86_400));
    return settings(tx).toBuilder()
        .sendQuota(q ->
            q.max24HourSend(Limits.UNLIMITED_A_DAY)
                .maxSendRate(Limits.MAILS_A_SECOND)
                .sentLast24Hours(sent))
        .build();
  }

  void change(Tx tx, UnaryOperator<GetAccountResponse.Builder> change) {
    tx.update(
        "INSERT OR REPLACE INTO ses_account VALUES (1, ?)",
        SdkJson.write(change.apply(settings(tx).toBuilder()).build()));
  }
}
