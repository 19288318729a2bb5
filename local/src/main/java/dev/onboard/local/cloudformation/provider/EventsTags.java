package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Tag;

/** The tags of buses and rules. */
final class EventsTags {
  private EventsTags() {}

  static void apply(EventBridgeClient events, String arn, Properties before, Properties now) {
    TagChange.between(before, now)
        .apply(
            keys -> events.untagResource(b -> b.resourceARN(arn).tagKeys(keys)),
            tags ->
                events.tagResource(b ->
                    b.resourceARN(arn)
                        .tags(
                            tags.entrySet().stream()
                                .map(t -> Tag.builder().key(t.getKey()).value(t.getValue()).build())
                                .toList())));
  }
}
