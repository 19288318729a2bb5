package dev.onboard.local.cloudformation.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.onboard.local.call.AwsErrors;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.EncryptionConfiguration;
import software.amazon.awssdk.services.sfn.model.LoggingConfiguration;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.Tag;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineRequest;

/** {@code AWS::StepFunctions::StateMachine}. */
final class StepFunctionsStateMachine extends Provider {
  private static final int NAME_LIMIT = 80;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9_]+)}");
  private static final Pattern S3_URI = Pattern.compile("s3://([^/]+)/(.+?)(?:\\?versionId=(.+))?");
  private static final ArrayNode NO_TAGS = JsonNodeFactory.instance.arrayNode();

  StepFunctionsStateMachine() {
    super(
        "AWS::StepFunctions::StateMachine",
        """
        StateMachineName@: String, StateMachineType!: String, RoleArn*: String
        Definition: Json, DefinitionString: String
        DefinitionS3Location: $Location, DefinitionSubstitutions: <String>
        LoggingConfiguration: $LoggingConfiguration, TracingConfiguration: { Enabled: Boolean }
        EncryptionConfiguration: $EncryptionConfiguration
        Tags: [{ Key*: String, Value*: String }]
        """,
        Map.of(
            "Location", new S3Location(),
            "LoggingConfiguration", new Shape.Model(LoggingConfiguration::builder),
            "EncryptionConfiguration", new Shape.Model(EncryptionConfiguration::builder)),
        "Arn",
        "Name",
        "StateMachineRevisionId");
  }

  @Override
  public Physical create(Context context, Properties now) {
    String name = context.nameWithoutStack(now.textOrNull("StateMachineName"), NAME_LIMIT);
    String arn =
        context
            .client(SfnClient.class)
            .createStateMachine(
                settings(now)
                    .with("Name", name)
                    .with("Type", now.text("StateMachineType", "STANDARD"))
                    .with("Definition", definition(context, now))
                    .with("Tags", now.get("Tags").isMissingNode() ? NO_TAGS : now.get("Tags"))
                    .into(CreateStateMachineRequest.builder())
                    .build())
            .stateMachineArn();
    return physical(arn, name, "INITIAL");
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    SfnClient states = context.client(SfnClient.class);
    String revision = physical.attribute("StateMachineRevisionId");
    if (!now.without("Tags").equals(before.without("Tags"))) {
      String updated =
          states
              .updateStateMachine(
                  settings(
                          now.resetting(
                              before,
                              """
                              {"LoggingConfiguration": {"Level": "OFF"},
                               "TracingConfiguration": {"Enabled": false},
                               "EncryptionConfiguration": {"Type": "AWS_OWNED_KEY"}}
                              """))
                      .with("StateMachineArn", physical.id())
                      .with("Definition", definition(context, now))
                      .into(UpdateStateMachineRequest.builder())
                      .build())
              .revisionId();
      revision = updated == null ? revision : updated;
    }
    TagChange.between(before, now)
        .apply(
            keys -> states.untagResource(b -> b.resourceArn(physical.id()).tagKeys(keys)),
            tags -> states.tagResource(b -> b.resourceArn(physical.id()).tags(tags(tags))));
    return physical(physical.id(), physical.attribute("Name"), revision);
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context.client(SfnClient.class).deleteStateMachine(b -> b.stateMachineArn(physical.id()));
  }

  private static Physical physical(String arn, String name, String revision) {
    return Physical.of(arn, "Arn", arn, "Name", name, "StateMachineRevisionId", revision);
  }

  private static Properties settings(Properties now) {
    return now.only(
        "RoleArn", "LoggingConfiguration", "TracingConfiguration", "EncryptionConfiguration");
  }

  private static List<Tag> tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(t -> Tag.builder().key(t.getKey()).value(t.getValue()).build())
        .toList();
  }

  private static String definition(Context context, Properties now) {
    String definition = now.textOrNull("DefinitionString");
    if (definition == null) {
      definition = now.textOrNull("Definition");
    }
    if (definition == null && now.has("DefinitionS3Location")) {
      definition = read(context, now.in("DefinitionS3Location"));
    }
    if (definition == null) {
      throw AwsErrors.error(
          SfnException.builder(),
          400,
          "InvalidRequest",
          "One of DefinitionString, Definition or DefinitionS3Location must be specified");
    }
    Properties substitutions = now.in("DefinitionSubstitutions");
    return PLACEHOLDER
        .matcher(definition)
        .replaceAll(found -> {
          @Nullable String value = substitutions.textOrNull(found.group(1));
          return Matcher.quoteReplacement(value == null ? found.group() : value);
        });
  }

  private static String read(Context context, Properties location) {
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(location.text("Bucket"))
            .key(location.text("Key"))
            .versionId(location.textOrNull("Version"))
            .build();
    return context
        .client(S3Client.class)
        .getObject(request, ResponseTransformer.toBytes())
        .asUtf8String();
  }

  /** An object in S3: bucket, key and version, or an {@code s3://} URI. */
  private record S3Location() implements Shape.Custom {
    private static final Shape OBJECT =
        ShapeParser.parse("Bucket*: String, Key*: String, Version: String", Map.of());

    @Override
    public JsonNode normalise(JsonNode value, String path, List<String> problems) {
      if (value.isTextual()) {
        var uri = S3_URI.matcher(value.textValue());
        if (uri.matches()) {
          Properties location =
              Properties.NONE
                  .with("Bucket", uri.group(1))
                  .with("Key", uri.group(2))
                  .with("Version", uri.group(3));
          return location.node();
        }
      }
      return OBJECT.normalise(value, path, problems);
    }
  }
}
