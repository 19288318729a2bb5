package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.schemas.SchemasClient;

/** {@code AWS::EventSchemas::Registry}; {@code Ref} gives its ARN. */
final class SchemasRegistry extends Provider {
  private static final int NAME_LIMIT = 64;

  SchemasRegistry() {
    super(
        "AWS::EventSchemas::Registry",
        "RegistryName@: String, Description: String, Tags: [{ Key*: String, Value*: String }]",
        "RegistryArn",
        "RegistryName");
  }

  @Override
  public Physical create(Context context, Properties now) {
    String name = context.name(now.textOrNull("RegistryName"), NAME_LIMIT);
    String arn =
        context
            .client(SchemasClient.class)
            .createRegistry(b -> {
              b.registryName(name).description(now.textOrNull("Description"));
              if (now.has("Tags")) {
                b.tags(now.tags());
              }
            })
            .registryArn();
    return Physical.of(arn, "RegistryArn", arn, "RegistryName", name);
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    SchemasClient schemas = context.client(SchemasClient.class);
    if (now.differsFrom(before, "Description")) {
      schemas.updateRegistry(b ->
          b.registryName(physical.attribute("RegistryName"))
              .description(now.text("Description", "")));
    }
    SchemasTags.apply(schemas, physical.id(), before, now);
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context
        .client(SchemasClient.class)
        .deleteRegistry(b -> b.registryName(physical.attribute("RegistryName")));
  }
}
