package dev.onboard.local.dynamodb;

import dev.onboard.local.clock.LocalClock;
import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.dynamodb.value.Limits;
import dev.onboard.local.store.Tx;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** The client request tokens of transactions that were done within the last ten minutes. */
final class Tokens {
  /** Odd and without a pattern, so that multiplying spreads every bit. */
  private static final long MIX = 0xFF51AFD7ED558CCDL;

  private final LocalClock clock;

  Tokens(LocalClock clock) {
    this.clock = clock;
  }

  /**
   * What a request asks for: neither its token nor what is to be answered, and whatever order its
   * maps have.
   *
   * <p>It is no cryptographic digest, which would take a third of a transaction's time: nobody
   * gains from making two requests of their own look the same.
   */
  static byte[] digest(List<? extends SdkPojo> actions) {
    long hash = actions.size();
    for (SdkPojo action : actions) {
      // The SDK computes it from all members, and Java says how for texts, numbers and containers.
      hash = (hash ^ action.hashCode()) * MIX;
      hash ^= hash >>> Integer.SIZE;
    }
    return ByteBuffer.allocate(Long.BYTES).putLong(hash).array();
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
