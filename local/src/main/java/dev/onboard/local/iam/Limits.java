package dev.onboard.local.iam;

/**
 * The limits of IAM and STS.
 *
 * <p>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
final class Limits {
  static final int ROLE_NAME = 64;
  static final int USER_NAME = 64;
  static final int POLICY_NAME = 128;
  static final int TRUST_POLICY = 2048;
  static final int ROLE_INLINE_POLICIES = 10_240;
  static final int USER_INLINE_POLICIES = 2_048;
  static final int MANAGED_POLICY = 6_144;
  static final int POLICY_VERSIONS = 5;
  static final int ATTACHED_POLICIES = 20;
  static final int ACCESS_KEYS = 2;
  static final int TAGS = 50;
  static final int PAGE = 100;
  static final int SHORTEST_SESSION = 900;
  static final int SESSION = 3_600;
  static final int LONGEST_SESSION = 43_200;

  private Limits() {}
}
