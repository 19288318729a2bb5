package dev.onboard.local.s3;

/**
 * The limits of S3.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html">Multipart
 *     limits</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">Keys</a>
 */
final class S3Limits {
  /** Largest body of one put, part or copy. */
  static final long PUT_BYTES = 5L << 30;

  /** Smallest part of a multipart upload, the last one aside. */
  static final long PART_BYTES = 5L << 20;

  static final int PARTS = 10_000;
  static final int KEY_BYTES = 1024;

  /** Names and values of user metadata together. */
  static final int METADATA_BYTES = 2048;

  static final int OBJECT_TAGS = 10;
  static final int BUCKET_TAGS = 50;
  static final int TAG_KEY_LENGTH = 128;
  static final int TAG_VALUE_LENGTH = 256;

  /** Most entries of one page of a listing, and most keys of one DeleteObjects. */
  static final int PAGE = 1000;

  static final int BUCKETS_PAGE = 10_000;
  static final int LIFECYCLE_RULES = 1000;
  static final int POLICY_BYTES = 20 << 10;

  private S3Limits() {}
}
