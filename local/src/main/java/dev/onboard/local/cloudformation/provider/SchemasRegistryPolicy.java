package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.schemas.SchemasClient;

/** {@code AWS::EventSchemas::RegistryPolicy}; {@code Ref} gives the registry's name. */
final class SchemasRegistryPolicy extends Provider {
  SchemasRegistryPolicy() {
    super(
        "AWS::EventSchemas::RegistryPolicy",
        "RegistryName*: String, Policy*: Json, RevisionId: String",
        "Id");
  }

  @Override
  public Physical create(Context context, Properties now) {
    String registry = now.text("RegistryName");
    context
        .client(SchemasClient.class)
        .putResourcePolicy(b ->
            b.registryName(registry)
                .policy(now.get("Policy").toString())
                .revisionId(now.textOrNull("RevisionId")));
    return Physical.of(registry, "Id", registry);
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    Physical moved = create(context, now);
    if (!moved.id().equals(physical.id())) {
      delete(context, physical, before);
    }
    return moved;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context.client(SchemasClient.class).deleteResourcePolicy(b -> b.registryName(physical.id()));
  }
}
