package dev.onboard.local.s3;

import dev.onboard.local.call.Call;
import dev.onboard.local.call.Trailers;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/**
 * What the sender of a body says its digests are.
 *
 * @param kind the checksum sent or named; null if there is none, or if it comes behind the body
 *     unannounced
 * @param value the checksum; null if it comes behind the body, or if only its kind was named
 * @param trailers what comes behind the body, if anything can
 * @param md5 in hexadecimal; null if none was sent
 */
record DeclaredDigests(
    @Nullable ChecksumKind kind,
    @Nullable String value,
    @Nullable Trailers trailers,
    @Nullable String md5) {

  /** The members of a request that hold checksums. */
  static final List<String> CHECKSUMS =
      Arrays.stream(ChecksumKind.values()).map(ChecksumKind::member).toList();

  /** The other members of a request that are about digests. */
  static final List<String> OTHERS = List.of("ContentMD5", "ChecksumAlgorithm");

  static DeclaredDigests of(SdkPojo request, InputStream body) {
    List<ChecksumKind> sent =
        Arrays.stream(ChecksumKind.values())
            .filter(k -> Members.string(request, k.member()) != null)
            .toList();
    if (sent.size() > 1) {
      throw S3Errors.invalidRequest(
          "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
    }
    ChecksumKind kind = sent.isEmpty() ? null : sent.getFirst();
    String value = kind == null ? null : Members.string(request, kind.member());
    if (kind != null && value != null && !kind.isValue(value)) {
      throw invalidHeader(kind.header());
    }
    Trailers trailers = body instanceof Trailers t ? t : null;
    return new DeclaredDigests(
        kind(Members.string(request, "ChecksumAlgorithm"), kind, trailers != null),
        value,
        trailers,
        md5(Members.string(request, "ContentMD5")));
  }

  /** Whether the kind of the checksum may still come behind the body. */
  boolean isOpen() {
    return kind == null && trailers != null;
  }

  /**
   * The same with what came behind the body.
   *
   * @throws software.amazon.awssdk.awscore.exception.AwsServiceException if a checksum was to come
   *     there and did not
   */
  DeclaredDigests complete() {
    if (trailers == null || value != null) {
      return this;
    }
    ChecksumKind came =
        trailers.trailers().keySet().stream()
            .flatMap(name -> ChecksumKind.ofHeader(name).stream())
            .findFirst()
            .orElse(null);
    if (came == null) {
      if (kind != null) {
        throw noChecksum();
      }
      return this;
    }
    String trailer = trailers.trailers().get(came.header());
    if (kind != null && kind != came) {
      throw invalidHeader("x-amz-sdk-checksum-algorithm");
    }
    if (trailer == null || !came.isValue(trailer)) {
      throw invalidHeader(came.header());
    }
    return new DeclaredDigests(came, trailer, trailers, md5);
  }

  /** Fails if a digest that was sent is not that of what came. */
  void verify(Digests.Summary summary) {
    if (md5 != null && !md5.equals(summary.md5())) {
      throw S3Errors.badDigest("The Content-MD5 you specified did not match what we received.");
    }
    if (kind != null && value != null && !value.equals(summary.checksum(kind))) {
      throw S3Errors.badDigest(
          "The " + kind + " you specified did not match the calculated checksum.");
    }
  }

  private static @Nullable ChecksumKind kind(
      @Nullable String named, @Nullable ChecksumKind sent, boolean mayCome) {
    if (named == null) {
      return sent;
    }
    ChecksumKind kind =
        ChecksumKind.named(named).orElseThrow(() -> invalidHeader("x-amz-sdk-checksum-algorithm"));
    if (sent != null && sent != kind) {
      throw invalidHeader("x-amz-sdk-checksum-algorithm");
    }
    // Over the wire the SDK has computed what is named here. Inside the JVM there is nothing
    // between caller and service, so that the name alone asks for the checksum to be kept.
    if (sent == null && !mayCome && Call.current().origin() != null) {
      throw noChecksum();
    }
    return kind;
  }

  private static @Nullable String md5(@Nullable String base64) {
    if (base64 == null) {
      return null;
    }
    try {
      byte[] md5 = Base64.getDecoder().decode(base64);
      if (md5.length == 16) {
        return HexFormat.of().formatHex(md5);
      }
    } catch (IllegalArgumentException e) {
      // What is no base64 is as invalid as what has another length.
    }
    throw S3Errors.of(400, "InvalidDigest", "The Content-MD5 you specified was invalid.");
  }

  private static RuntimeException noChecksum() {
    return S3Errors.invalidRequest(
        "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or"
            + " x-amz-trailer headers were found.");
  }

  private static RuntimeException invalidHeader(String header) {
    return S3Errors.invalidRequest("Value for " + header + " header is invalid.");
  }
}
