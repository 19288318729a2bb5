package dev.onboard.local.cloudformation.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.EventDestinationDefinition;

/** {@code AWS::SES::ConfigurationSetEventDestination}. */
final class SesEventDestination extends Provider {
  private static final int NAME_LIMIT = 64;

  SesEventDestination() {
    super(
        "AWS::SES::ConfigurationSetEventDestination",
        """
        ConfigurationSetName!*: String
        EventDestination*: { Name!: String, Enabled: Boolean, MatchingEventTypes*: [String]
          CloudWatchDestination: { DimensionConfigurations: [{ DefaultDimensionValue*: String
            DimensionName*: String, DimensionValueSource*: String }] }
          EventBridgeDestination: { EventBusArn*: String }
          SnsDestination: { TopicARN*: String } }
        """,
        "Id");
  }

  @Override
  public Physical create(Context context, Properties now) {
    Properties destination = now.in("EventDestination");
    String name = context.name(destination.textOrNull("Name"), NAME_LIMIT);
    context
        .client(SesV2Client.class)
        .createConfigurationSetEventDestination(b ->
            b.configurationSetName(now.text("ConfigurationSetName"))
                .eventDestinationName(name)
                .eventDestination(definition(destination)));
    return Physical.of(name, "Id", name);
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    context
        .client(SesV2Client.class)
        .updateConfigurationSetEventDestination(b ->
            b.configurationSetName(now.text("ConfigurationSetName"))
                .eventDestinationName(physical.id())
                .eventDestination(definition(now.in("EventDestination"))));
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context
        .client(SesV2Client.class)
        .deleteConfigurationSetEventDestination(b ->
            b.configurationSetName(before.text("ConfigurationSetName"))
                .eventDestinationName(physical.id()));
  }

  /** Templates may spell event types in the first API's way ({@code renderingFailure}). */
  private static EventDestinationDefinition definition(Properties destination) {
    ArrayNode types = JsonNodeFactory.instance.arrayNode();
    for (String type : destination.texts("MatchingEventTypes")) {
      boolean camel = !type.equals(type.toUpperCase(Locale.ROOT));
      types.add(camel ? type.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT) : type);
    }
    return destination
        .without("Name")
        .with("MatchingEventTypes", types)
        .into(EventDestinationDefinition.builder())
        .build();
  }
}
