package dev.onboard.local.dynamodb;

import dev.onboard.local.clock.LocalClock;
import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.dynamodb.value.Limits;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** The client request tokens of transactions that were done within the last ten minutes. */
final class Tokens {
  private static final Fingerprint ASKED_FOR =
      new Fingerprint(
          Set.of("ClientRequestToken", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics"));

  private final LocalClock clock;

  Tokens(LocalClock clock) {
    this.clock = clock;
  }

  /**
   * What a request asks for, as far as a token stands for it: neither the token itself nor what is
   * to be answered, and whatever order its maps have.
   */
  static byte[] digest(SdkPojo request) {
    return ASKED_FOR.of(request);
  }

  /** Takes note of a token; answers false if the same request was done under it already. */
  boolean take(Tx tx, @Nullable String token, byte[] digest) {
    if (token == null) {
      return true;
    }
    Instant now = clock.now();
    tx.update("DELETE FROM dynamodb_token WHERE expires <= ?", now);
    byte[] before =
        tx.first(
                "SELECT request FROM dynamodb_token WHERE token = ?",
                r -> r.bytes("request"),
                token)
            .orElse(null);
    if (before == null) {
      tx.update(
          "INSERT INTO dynamodb_token(token, request, expires) VALUES (?, ?, ?)",
          token,
          digest,
          now.plus(Limits.TOKEN_VALIDITY));
      return true;
    }
    if (!Arrays.equals(before, digest)) {
      throw DynamoErrors.tokenReused();
    }
    return false;
  }
}
