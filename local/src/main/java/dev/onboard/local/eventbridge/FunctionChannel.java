package dev.onboard.local.eventbridge;

import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/** Functions of Lambda, invoked asynchronously: their own retries are Lambda's. */
final class FunctionChannel implements Channel {
  private final Channels channels;

  FunctionChannel(Channels channels) {
    this.channels = channels;
  }

  @Override
  public boolean cheap() {
    return false;
  }

  @Override
  public List<Outcome> deliver(Address address, List<Invocation> invocations) {
    LambdaClient lambda = channels.client(LambdaClient.class, address);
    String function = address.target().arn();
    return channels.each(
        invocations,
        i ->
            lambda.invoke(r ->
                r.functionName(function)
                    .invocationType(InvocationType.EVENT)
                    .payload(SdkBytes.fromUtf8String(i.payload()))));
  }
}
