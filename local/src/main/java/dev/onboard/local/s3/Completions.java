package dev.onboard.local.s3;

import dev.onboard.local.call.Environment;
import dev.onboard.local.s3.NewVersion.PartOfObject;
import dev.onboard.local.s3.Parts.StoredPart;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * Makes objects of uploaded parts. Nothing is copied: the object's body is the list of the parts'
 * pieces.
 */
final class Completions {
  private static final Set<String> KNOWN =
      Stream.of(
              List.of(
                  "Key",
                  "UploadId",
                  "MultipartUpload",
                  "ChecksumType",
                  "MpuObjectSize",
                  "IfMatch",
                  "IfNoneMatch"),
              DeclaredDigests.CHECKSUMS)
          .flatMap(Collection::stream)
          .collect(Collectors.toSet());

  /** How long a completion is answered again to a client that lost the answer. */
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private final Environment env;
  private final Buckets buckets;
  private final Versions versions;
  private final Uploads uploads;
  private final Parts parts;
  private final Pieces pieces;
  private final Notices notices;

  Completions(
      Environment env,
      Buckets buckets,
      Versions versions,
      Uploads uploads,
      Parts parts,
      Pieces pieces,
      Notices notices) {
    this.env = env;
    this.buckets = buckets;
    this.versions = versions;
    this.uploads = uploads;
    this.parts = parts;
    this.pieces = pieces;
    this.notices = notices;
  }

  CompleteMultipartUploadResponse complete(CompleteMultipartUploadRequest request) {
    Members.only("CompleteMultipartUpload", env.account(), request, KNOWN);
    WriteCondition condition = WriteCondition.of(request.ifMatch(), request.ifNoneMatch());
    List<CompletedPart> listed =
        request.multipartUpload() == null ? List.of() : request.multipartUpload().parts();
    String signature =
        listed.stream()
            .map(p -> p.partNumber() + ":" + (p.eTag() == null ? "" : ETags.bare(p.eTag())))
            .collect(Collectors.joining(","));
    return env.store()
        .write(tx -> {
          Bucket bucket = buckets.required(tx, request.bucket());
          Upload upload =
              uploads
                  .find(tx, request.uploadId())
                  .filter(u ->
                      u.bucket().equals(bucket.name())
                          && u.key().equals(request.key())
                          && (!u.completed() || signature.equals(u.request())))
                  .orElseThrow(S3Errors::noSuchUpload);
          if (upload.completed() && upload.result() != null) {
            return SdkJson.read(CompleteMultipartUploadResponse.class, upload.result());
          }
          condition.check(versions.current(tx, bucket.name(), upload.key()), upload.initiated());
          checkList(request, upload, listed);
          CompleteMultipartUploadResponse response = assemble(tx, bucket, upload, request, listed);
          forget(tx, upload, signature, response);
          return response;
        });
  }

  private CompleteMultipartUploadResponse assemble(
      Tx tx,
      Bucket bucket,
      Upload upload,
      CompleteMultipartUploadRequest request,
      List<CompletedPart> listed) {
    List<StoredPart> chosen = choose(tx, upload, listed);
    long size = chosen.stream().mapToLong(StoredPart::size).sum();
    checkSize(request, size);
    boolean composite = "COMPOSITE".equals(upload.type());
    String checksum = composite ? composite(upload, chosen) : combined(upload, chosen);
    checkWhole(request, upload, checksum);
    var body = new ArrayList<Piece>();
    chosen.forEach(p -> body.addAll(pieces.of(tx, p.body())));
    StoredVersion stored =
        versions.add(
            tx,
            bucket,
            new NewVersion(
                upload.key(),
                false,
                size,
                etag(chosen),
                upload.storageClass(),
                upload.computed(),
                composite ? "COMPOSITE" : "FULL_OBJECT",
                checksum,
                upload.head(),
                upload.tags(),
                body,
                chosen.stream()
                    .map(p -> new PartOfObject(p.number(), p.size(), p.checksum()))
                    .toList()));
    notices.batch(bucket, Requester.current()).created(stored, "CompleteMultipartUpload").publish();
    return answer(bucket, stored);
  }

  private CompleteMultipartUploadResponse answer(Bucket bucket, StoredVersion stored) {
    CompleteMultipartUploadResponse.Builder response =
        CompleteMultipartUploadResponse.builder()
            .bucket(bucket.name())
            .key(stored.key())
            .location(
                env.endpoint().get()
                    + "/"
                    + bucket.name()
                    + "/"
                    + UrlEncoding.of(stored.key()).replace("+", "%20"))
            .eTag(stored.quotedEtag())
            .versionId(bucket.keepsVersions() ? stored.version() : null)
            .serverSideEncryption(ServerSideEncryption.AES256)
            .expiration(Heads.expiration(bucket, stored));
    Heads.checksum(response, stored);
    return response.build();
  }

  private static void checkSize(CompleteMultipartUploadRequest request, long size) {
    if (request.mpuObjectSize() != null && request.mpuObjectSize() != size) {
      throw S3Errors.invalidRequest(
          "The provided 'x-amz-mp-object-size' header value "
              + request.mpuObjectSize()
              + " does not match what was computed: "
              + size);
    }
  }

  /** Remembers the answer for a client that asks again, and forgets old ones. */
  private void forget(
      Tx tx, Upload upload, String signature, CompleteMultipartUploadResponse response) {
    uploads.dropParts(tx, upload);
    tx.update(
        "UPDATE s3_upload SET completed = ?, request = ?, result = ? WHERE id = ?",
        env.clock().now(),
        signature,
        SdkJson.write(response),
        upload.id());
    tx.update(
        "DELETE FROM s3_upload WHERE completed > 0 AND completed < ?",
        env.clock().now().minus(REMEMBERED));
  }

  private static void checkList(
      CompleteMultipartUploadRequest request, Upload upload, List<CompletedPart> listed) {
    if (listed.isEmpty()) {
      throw S3Errors.invalidRequest("You must specify at least one part");
    }
    int last = 0;
    for (CompletedPart part : listed) {
      if (part.partNumber() == null || part.eTag() == null) {
        throw S3Errors.malformedXml();
      }
      if (part.partNumber() <= last) {
        throw S3Errors.of(
            400,
            "InvalidPartOrder",
            "The list of parts was not in ascending order. Parts must be ordered by part number.");
      }
      last = part.partNumber();
    }
    String type = request.checksumTypeAsString();
    if (type != null && !type.equals(upload.type())) {
      throw S3Errors.invalidRequest(
          "The upload was created using the "
              + (upload.type() == null ? "null" : upload.type())
              + " checksum mode. The complete request must use the same checksum mode.");
    }
  }

  private List<StoredPart> choose(Tx tx, Upload upload, List<CompletedPart> listed) {
    Map<Integer, StoredPart> there = new HashMap<>();
    parts.parts(tx, upload, 0, S3Limits.PARTS).forEach(p -> there.put(p.number(), p));
    var chosen = new ArrayList<StoredPart>();
    for (CompletedPart part : listed) {
      StoredPart stored = there.get(part.partNumber());
      if (stored == null || !stored.etag().equals(ETags.bare(part.eTag()))) {
        throw S3Errors.invalidPart(part.partNumber(), part.eTag());
      }
      checkChecksum(upload, part, stored);
      chosen.add(stored);
    }
    for (StoredPart part : chosen.subList(0, chosen.size() - 1)) {
      if (part.size() < S3Limits.PART_BYTES) {
        throw ErrorElements.named(
            S3Errors.of(
                400,
                "EntityTooSmall",
                "Your proposed upload is smaller than the minimum allowed size"),
            Map.of(
                "ProposedSize",
                Long.toString(part.size()),
                "MinSizeAllowed",
                Long.toString(S3Limits.PART_BYTES),
                "PartNumber",
                Integer.toString(part.number()),
                "ETag",
                part.etag()));
      }
    }
    return chosen;
  }

  private static void checkChecksum(Upload upload, CompletedPart listed, StoredPart stored) {
    ChecksumKind kind = upload.kind();
    List<ChecksumKind> sent =
        Arrays.stream(ChecksumKind.values())
            .filter(k -> Members.string(listed, k.member()) != null)
            .toList();
    if (kind == null) {
      if (!sent.isEmpty()) {
        throw S3Errors.invalidPart(listed.partNumber(), listed.eTag());
      }
    } else if (sent.contains(kind)) {
      if (!stored.checksum().equals(Members.string(listed, kind.member()))) {
        throw S3Errors.invalidPart(listed.partNumber(), listed.eTag());
      }
    } else if ("COMPOSITE".equals(upload.type())) {
      throw sent.isEmpty()
          ? S3Errors.invalidRequest(
              "The upload was created using a "
                  + kind.lowerName()
                  + " checksum. The complete request must include the checksum for each part. It"
                  + " was missing for part "
                  + listed.partNumber()
                  + " in the request.")
          : S3Errors.badDigest(
              "The "
                  + sent.getFirst().lowerName()
                  + " you specified for part "
                  + listed.partNumber()
                  + " did not match what we received.");
    }
  }

  /** Checks the checksum of the whole, where the client sends one. */
  private static void checkWhole(
      CompleteMultipartUploadRequest request, Upload upload, String checksum) {
    for (ChecksumKind kind : ChecksumKind.values()) {
      String sent = Members.string(request, kind.member());
      if (sent == null) {
        continue;
      }
      String bare = checksum.replaceFirst("-\\d+$", "");
      if (kind != upload.computed() || !sent.equals(checksum) && !sent.equals(bare)) {
        throw S3Errors.badDigest(
            "The " + kind.lowerName() + " you specified did not match the calculated checksum.");
      }
    }
  }

  /** The MD5 of the parts' MD5s, and how many there are. */
  private static String etag(List<StoredPart> parts) {
    MessageDigest md5 = ChecksumKind.digest("MD5");
    parts.forEach(p -> md5.update(HexFormat.of().parseHex(p.etag())));
    return HexFormat.of().formatHex(md5.digest()) + "-" + parts.size();
  }

  /** The checksum of the parts' checksums, and how many there are. */
  private static String composite(Upload upload, List<StoredPart> parts) {
    RunningChecksum running = upload.computed().start();
    for (StoredPart part : parts) {
      byte[] value = Base64.getDecoder().decode(part.checksum());
      running.update(value, 0, value.length);
    }
    return Base64.getEncoder().encodeToString(running.value()) + "-" + parts.size();
  }

  /** The checksum of the whole, which for CRCs follows from those of the parts. */
  private static String combined(Upload upload, List<StoredPart> parts) {
    byte[] whole = Base64.getDecoder().decode(parts.getFirst().checksum());
    for (StoredPart part : parts.subList(1, parts.size())) {
      byte[] value = Base64.getDecoder().decode(part.checksum());
      whole = upload.computed().combine(whole, value, part.size());
    }
    return Base64.getEncoder().encodeToString(whole);
  }
}
