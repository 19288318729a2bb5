package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.schemas.SchemasClient;

/** {@code AWS::EventSchemas::Schema}; {@code Ref} gives its ARN. */
final class SchemasSchema extends Provider {
  private static final int NAME_LIMIT = 385;

  SchemasSchema() {
    super(
        "AWS::EventSchemas::Schema",
        """
        RegistryName!*: String, SchemaName@: String, Type*: String, Content*: String
        Description: String, Tags: [{ Key*: String, Value*: String }]
        """,
        "SchemaArn",
        "SchemaName",
        "SchemaVersion");
  }

  @Override
  public Physical create(Context context, Properties now) {
    String name = context.name(now.textOrNull("SchemaName"), NAME_LIMIT);
    var schema =
        context
            .client(SchemasClient.class)
            .createSchema(b -> {
              b.registryName(now.text("RegistryName"))
                  .schemaName(name)
                  .type(now.text("Type"))
                  .content(now.text("Content"))
                  .description(now.textOrNull("Description"));
              if (now.has("Tags")) {
                b.tags(now.tags());
              }
            });
    return physical(schema.schemaArn(), name, schema.schemaVersion());
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    SchemasClient schemas = context.client(SchemasClient.class);
    String name = physical.attribute("SchemaName");
    String version = physical.attribute("SchemaVersion");
    if (now.differsFrom(before, "Content", "Description", "Type")) {
      version =
          schemas
              .updateSchema(b -> {
                b.registryName(now.text("RegistryName"))
                    .schemaName(name)
                    .description(now.text("Description", ""));
                // Content makes a new version, and a new version needs its type.
                if (now.differsFrom(before, "Content", "Type")) {
                  b.content(now.text("Content")).type(now.text("Type"));
                }
              })
              .schemaVersion();
    }
    SchemasTags.apply(schemas, physical.id(), before, now);
    return physical(physical.id(), name, version);
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context
        .client(SchemasClient.class)
        .deleteSchema(b ->
            b.registryName(before.text("RegistryName"))
                .schemaName(physical.attribute("SchemaName")));
  }

  private static Physical physical(String arn, String name, String version) {
    return Physical.of(arn, "SchemaArn", arn, "SchemaName", name, "SchemaVersion", version);
  }
}
