package dev.onboard.local.s3;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import software.amazon.awssdk.services.s3.model.Initiator;

/**
 * The account as S3 names owners.
 *
 * @param canonicalId 64 hexadecimal digits
 */
record Owner(String canonicalId) {

  static Owner of(String account) {
    byte[] digest =
        ChecksumKind.digest("SHA-256").digest(account.getBytes(StandardCharsets.US_ASCII));
    return new Owner(HexFormat.of().formatHex(digest));
  }

  software.amazon.awssdk.services.s3.model.Owner owner() {
    return software.amazon.awssdk.services.s3.model.Owner.builder().id(canonicalId).build();
  }

  /** The initiator of a multipart upload: the account, or the principal within it. */
  Initiator initiator(String id) {
    return Initiator.builder().id(id).displayName(id.substring(id.lastIndexOf('/') + 1)).build();
  }
}
