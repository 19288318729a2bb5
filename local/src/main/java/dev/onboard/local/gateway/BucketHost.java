package dev.onboard.local.gateway;

import dev.onboard.local.wire.HttpCall;

/** S3's two ways to name a bucket: in the path, or in the host. */
final class BucketHost {
  private BucketHost() {}

  /** The request with its bucket in the path. */
  static HttpCall inPath(HttpCall call, String host) {
    String name = host.replaceFirst(":\\d+$", "");
    for (String suffix : new String[] {".s3.localhost", ".localhost"}) {
      if (name.endsWith(suffix) && name.length() > suffix.length()) {
        String bucket = name.substring(0, name.length() - suffix.length());
        if (!bucket.equals("s3")) {
          return call.at("/" + bucket + call.path());
        }
      }
    }
    return call;
  }
}
