package dev.onboard.local.eventbridge;

import java.util.List;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * State machines of Step Functions, started as the target's role under a name that every attempt
 * gives again.
 */
final class StateMachineChannel implements Channel {
  private final Channels channels;

  StateMachineChannel(Channels channels) {
    this.channels = channels;
  }

  @Override
  public boolean cheap() {
    return false;
  }

  @Override
  public List<Outcome> deliver(Address address, List<Invocation> invocations) {
    SfnClient sfn = channels.client(SfnClient.class, address);
    String stateMachine = address.target().arn();
    return channels.each(
        invocations,
        i ->
            sfn.startExecution(r ->
                r.stateMachineArn(stateMachine)
                    .name(i.event().id() + "_" + i.key())
                    .input(i.payload())));
  }
}
