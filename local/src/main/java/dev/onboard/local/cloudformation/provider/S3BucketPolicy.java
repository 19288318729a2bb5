package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.s3.S3Client;

/** {@code AWS::S3::BucketPolicy}. */
final class S3BucketPolicy extends Provider {
  S3BucketPolicy() {
    super("AWS::S3::BucketPolicy", "Bucket!*: String, PolicyDocument*: Json");
  }

  @Override
  public Physical create(Context context, Properties now) {
    put(context, now);
    return Physical.of(now.text("Bucket"));
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    put(context, now);
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context.client(S3Client.class).deleteBucketPolicy(b -> b.bucket(physical.id()));
  }

  private static void put(Context context, Properties now) {
    context
        .client(S3Client.class)
        .putBucketPolicy(b -> b.bucket(now.text("Bucket")).policy(now.text("PolicyDocument")));
  }
}
