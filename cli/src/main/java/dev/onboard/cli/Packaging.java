package dev.onboard.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Does what {@code aws cloudformation package} does: uploads the files that a template names and
 * puts their places in S3 into it. Objects are named by their content, so what is there is not sent
 * again.
 */
final class Packaging {
  private final S3Client s3;
  private final String bucket;
  private final Path folder;
  private final Path digests;
  private final Map<Path, String> uploaded = new HashMap<>();

  /**
   * Packaging of a template.
   *
   * @param folder the folder that relative paths in it start from
   * @param digests the folder that digests of large files are kept in
   */
  Packaging(S3Client s3, String bucket, Path folder, Path digests) {
    this.s3 = s3;
    this.bucket = bucket;
    this.folder = folder;
    this.digests = digests;
  }

  /** Rewrites a template in place and answers where it was uploaded to itself, as a URL. */
  String run(Map<String, Object> template, String region) {
    if (template.get("Resources") instanceof Map<?, ?> resources) {
      resources.values().forEach(this::resource);
    }
    include(template);
    byte[] json;
    try {
      json = RuntimeEndpoint.JSON.writeValueAsBytes(template);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String key = md5(json) + ".template";
    put(key, RequestBody.fromBytes(json));
    return s3.utilities().getUrl(u -> u.bucket(bucket).key(key)).toString();
  }

  private void resource(Object resource) {
    if (!(resource instanceof Map<?, ?> definition
        && definition.get("Properties") instanceof Map<?, ?> properties)) {
      return;
    }
    Map<String, Object> values = TemplateReader.asObject(properties);
    switch (String.valueOf(definition.get("Type"))) {
      case "AWS::Lambda::Function" -> {
        if (values.get("Code") instanceof String path) {
          values.put("Code", Map.of("S3Bucket", bucket, "S3Key", upload(path)));
        }
      }
      case "AWS::StepFunctions::StateMachine" -> {
        if (values.get("DefinitionS3Location") instanceof String path) {
          values.put("DefinitionS3Location", Map.of("Bucket", bucket, "Key", upload(path)));
        }
      }
      default -> {}
    }
  }

  private void include(Object value) {
    switch (value) {
      case Map<?, ?> map -> {
        if (map.get("Fn::Transform") instanceof Map<?, ?> transform
            && "AWS::Include".equals(transform.get("Name"))
            && transform.get("Parameters") instanceof Map<?, ?> parameters
            && parameters.get("Location") instanceof String location
            && !location.startsWith("s3://")) {
          TemplateReader.asObject(parameters)
              .put("Location", "s3://" + bucket + "/" + upload(location));
        }
        map.values().stream().filter(v -> v != null).forEach(this::include);
      }
      case List<?> list -> list.stream().filter(v -> v != null).forEach(this::include);
      default -> {}
    }
  }

  private String upload(String location) {
    Path file = folder.resolve(location).normalize();
    if (!Files.isRegularFile(file)) {
      throw new Failure("the template names " + location + ", which is not there: " + file);
    }
    return uploaded.computeIfAbsent(
        file,
        f -> {
          try {
            String key = FileDigests.of(f, digests).md5();
            put(key, RequestBody.fromFile(f));
            return key;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void put(String key, RequestBody body) {
    try {
      s3.headObject(h -> h.bucket(bucket).key(key));
    } catch (S3Exception e) {
      if (e.statusCode() != 404) {
        throw e;
      }
      s3.putObject(p -> p.bucket(bucket).key(key), body);
    }
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
