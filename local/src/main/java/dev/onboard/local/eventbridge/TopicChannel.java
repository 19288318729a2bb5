package dev.onboard.local.eventbridge;

import java.util.List;
import software.amazon.awssdk.services.sns.SnsClient;

/** Topics of SNS. */
final class TopicChannel implements Channel {
  private final Channels channels;

  TopicChannel(Channels channels) {
    this.channels = channels;
  }

  @Override
  public boolean cheap() {
    return true;
  }

  @Override
  public List<Outcome> deliver(Address address, List<Invocation> invocations) {
    SnsClient sns = channels.client(SnsClient.class, address);
    String topic = address.target().arn();
    return channels.each(
        invocations, i -> sns.publish(r -> r.topicArn(topic).message(i.payload())));
  }
}
