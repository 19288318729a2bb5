package dev.onboard.local.dynamodb;

import dev.onboard.local.clock.LocalClock;
import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.dynamodb.value.Limits;
import dev.onboard.local.store.Tx;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** The client request tokens of transactions that were done within the last ten minutes. */
final class Tokens {
  private static final Set<String> NOT_ASKED_FOR =
      Set.of("ClientRequestToken", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics");

  private final LocalClock clock;

  Tokens(LocalClock clock) {
    this.clock = clock;
  }

  /**
   * What a request asks for, as far as a token stands for it: neither the token itself nor what is
   * to be answered, and whatever order its maps have.
   */
  static byte[] digest(SdkPojo request) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      var out =
          new DataOutputStream(
              new BufferedOutputStream(
                  new DigestOutputStream(OutputStream.nullOutputStream(), digest)));
      members(out, request);
      out.flush();
      return digest.digest();
    } catch (NoSuchAlgorithmException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void members(DataOutputStream out, SdkPojo pojo) throws IOException {
    for (SdkField<?> field : pojo.sdkFields()) {
      if (!NOT_ASKED_FOR.contains(field.locationName())) {
        Object value = field.getValueOrDefault(pojo);
        if (value != null) {
          out.writeUTF(field.locationName());
          value(out, value);
        }
      }
    }
    out.writeByte(0);
  }

  private static void value(DataOutputStream out, Object value) throws IOException {
    switch (value) {
      case SdkPojo pojo -> members(out, pojo);
      case List<?> list -> {
        out.writeInt(list.size());
        for (Object element : list) {
          value(out, element);
        }
      }
      case Map<?, ?> map -> {
        out.writeInt(map.size());
        for (var entry : (map.size() < 2 ? map : new TreeMap<>(map)).entrySet()) {
          value(out, entry.getKey());
          value(out, entry.getValue());
        }
      }
      case SdkBytes bytes -> {
        out.writeInt(bytes.asByteArrayUnsafe().length);
        out.write(bytes.asByteArrayUnsafe());
      }
      default -> {
        byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
      }
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
