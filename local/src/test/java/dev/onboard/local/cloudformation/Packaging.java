package dev.onboard.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** What {@code aws cloudformation package} does to a template: local files go to a bucket. */
record Packaging(S3Client s3, String bucket, Path folder) {

  String of(Path template) throws IOException {
    ObjectNode source = TemplateText.parse(Files.readString(template));
    for (JsonNode resource : source.get("Resources")) {
      ObjectNode properties = (ObjectNode) resource.path("Properties");
      switch (resource.path("Type").asText()) {
        case "AWS::Lambda::Function" ->
            properties.set(
                "Code",
                Json.object()
                    .put("S3Bucket", bucket)
                    .put("S3Key", upload("code.jar", new byte[] {'P', 'K', 5, 6})));
        case "AWS::StepFunctions::StateMachine" ->
            properties.set(
                "DefinitionS3Location",
                Json.object()
                    .put("Bucket", bucket)
                    .put("Key", upload(properties.get("DefinitionS3Location").asText())));
        default -> {}
      }
    }
    return Json.mapped(source, this::included).toPrettyString();
  }

  private JsonNode included(JsonNode node) {
    JsonNode location = node.path("Fn::Transform").path("Parameters").path("Location");
    if (location.isTextual() && !location.asText().startsWith("s3:")) {
      ((ObjectNode) node.path("Fn::Transform").path("Parameters"))
          .put("Location", "s3://" + bucket + "/" + upload(location.asText()));
    }
    return node;
  }

  private String upload(String relative) {
    try {
      return upload(
          relative.replaceAll("[^a-z.]", "-"), Files.readAllBytes(folder.resolve(relative)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String upload(String key, byte[] content) {
    s3.putObject(
        PutObjectRequest.builder().bucket(bucket).key(key).build(),
        RequestBody.fromString(
            new String(content, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1));
    return key;
  }
}
