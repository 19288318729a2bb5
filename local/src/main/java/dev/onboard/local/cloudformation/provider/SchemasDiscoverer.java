package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.schemas.SchemasClient;

/** {@code AWS::EventSchemas::Discoverer}; {@code Ref} gives its ARN. */
final class SchemasDiscoverer extends Provider {
  SchemasDiscoverer() {
    super(
        "AWS::EventSchemas::Discoverer",
        """
        SourceArn!*: String, Description: String, CrossAccount: Boolean
        Tags: [{ Key*: String, Value*: String }]
        """,
        "DiscovererArn",
        "DiscovererId",
        "State");
  }

  @Override
  public Physical create(Context context, Properties now) {
    var discoverer =
        context
            .client(SchemasClient.class)
            .createDiscoverer(b -> {
              b.sourceArn(now.text("SourceArn"))
                  .description(now.textOrNull("Description"))
                  .crossAccount(crossAccount(now));
              if (now.has("Tags")) {
                b.tags(now.tags());
              }
            });
    return Physical.of(
        discoverer.discovererArn(),
        "DiscovererArn",
        discoverer.discovererArn(),
        "DiscovererId",
        discoverer.discovererId(),
        "State",
        discoverer.stateAsString());
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    SchemasClient schemas = context.client(SchemasClient.class);
    if (now.differsFrom(before, "Description", "CrossAccount")) {
      schemas.updateDiscoverer(b ->
          b.discovererId(physical.attribute("DiscovererId"))
              .description(now.text("Description", ""))
              .crossAccount(crossAccount(now)));
    }
    SchemasTags.apply(schemas, physical.id(), before, now);
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context
        .client(SchemasClient.class)
        .deleteDiscoverer(b -> b.discovererId(physical.attribute("DiscovererId")));
  }

  private static boolean crossAccount(Properties now) {
    return now.text("CrossAccount", "true").equals("true");
  }
}
