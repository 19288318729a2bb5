package dev.onboard.local.dynamodb;

import dev.onboard.local.clock.LocalClock;
import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.dynamodb.value.Limits;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** The client request tokens of transactions that were done within the last ten minutes. */
final class Tokens {
  private final LocalClock clock;

  Tokens(LocalClock clock) {
    this.clock = clock;
  }

  /** What a request asks for, as far as a token stands for it. */
  static byte[] digest(SdkPojo request) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(SdkJson.write(request).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
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
