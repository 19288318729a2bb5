package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.schemas.SchemasClient;

/** The tags of registries and schemas. */
final class SchemasTags {
  private SchemasTags() {}

  static void apply(SchemasClient schemas, String arn, Properties before, Properties now) {
    TagChange.between(before, now)
        .apply(
            keys -> schemas.untagResource(b -> b.resourceArn(arn).tagKeys(keys)),
            tags -> schemas.tagResource(b -> b.resourceArn(arn).tags(tags)));
  }
}
