package dev.onboard.local.lambda;

import java.time.Instant;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/** An STS that gives credentials which say for whom they are. */
final class FixedSts implements StsClient {
  @Override
  public String serviceName() {
    return "sts";
  }

  @Override
  public AssumeRoleResponse assumeRole(AssumeRoleRequest request) {
    return AssumeRoleResponse.builder()
        .credentials(c ->
            c.accessKeyId("ASIA0000000000000000")
                .secretAccessKey("secret")
                .sessionToken("token of " + request.roleArn())
                .expiration(Instant.parse("2030-01-01T00:00:00Z")))
        .build();
  }

  @Override
  public void close() {}
}
