package dev.onboard.local.lambda;

/** Lambda's quotas, from "Lambda quotas" in its developer guide (2026-11). */
final class Limits {
  static final int SYNCHRONOUS_PAYLOAD = 6 * 1024 * 1024;
  static final int ASYNCHRONOUS_PAYLOAD = 1024 * 1024;
  static final int MIN_MEMORY = 128;
  static final int MAX_MEMORY = 10_240;
  static final int DEFAULT_TIMEOUT = 3;
  static final int MAX_TIMEOUT = 900;
  static final int MAX_ENVIRONMENT = 4096;
  static final int DEFAULT_RETRIES = 2;
  static final int DEFAULT_EVENT_AGE = 6 * 60 * 60;
  static final int SQS_BATCH_WITHOUT_WINDOW = 10;
  static final int SQS_BATCH = 10_000;
  static final int ACCOUNT_CONCURRENCY = 1000;

  private Limits() {}
}
