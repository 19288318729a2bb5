package dev.onboard.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/** Makes targets of requests, and plans of targets. */
final class Planner {
  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
  private static final int BODY_LIMIT = 51_200;

  private static final int URL_LIMIT = 1 << 20;
  private static final Pattern S3_URI = Pattern.compile("s3://([^/]+)/(.+)");
  private static final Pattern VIRTUAL_HOST =
      Pattern.compile("https?://([^/]+)\\.s3[.-][^/]*amazonaws\\.com(?:\\.cn)?/([^?]+).*");
  private static final Pattern PATH_STYLE = Pattern.compile("https?://[^/]+/([^/]+)/([^?]+).*");

  private final Environment env;
  private final Exports exports;

  Planner(Environment env, Exports exports) {
    this.env = env;
    this.exports = exports;
  }

  /** The text of a template that is given in one of AWS's three ways. */
  String template(
      @Nullable String body, @Nullable String url, @Nullable String previous, Principal caller) {
    if (body != null && url != null) {
      throw Invalid.request("You must specify either Template URL or Template Body, not both.");
    }
    if (body != null) {
      if (body.getBytes(StandardCharsets.UTF_8).length > BODY_LIMIT) {
        throw Invalid.request(
            "1 validation error detected: Value at 'templateBody' failed to satisfy constraint:"
                + " Member must have length less than or equal to "
                + BODY_LIMIT);
      }
      return body;
    }
    if (url != null) {
      return fromUrl(url, caller);
    }
    if (previous != null) {
      return previous;
    }
    throw Invalid.request("Either Template URL or Template Body must be specified.");
  }

  /** What a stack is to be, by a template, given parameters and those it had. */
  Target target(
      StackName stack,
      String text,
      List<Parameter> parameters,
      Map<String, String> previous,
      Map<String, String> tags,
      List<String> capabilities,
      @Nullable String roleArn,
      Principal deployer) {
    ObjectNode source = TemplateText.parse(text);
    Map<String, ParameterDeclaration> declared = TemplateReader.parameters(source);
    Map<String, String> values = ParameterValues.choose(declared, parameters, previous);
    Map<String, JsonNode> names = names(stack, declared, values);
    ObjectNode processed = process(source, names, deployer);
    Template template = TemplateReader.read(processed);
    return new Target(
        text,
        processed.toString(),
        template.description(),
        values,
        declared.values().stream()
            .filter(ParameterDeclaration::noEcho)
            .map(ParameterDeclaration::name)
            .toList(),
        tags,
        capabilities,
        roleArn);
  }

  /** The checked plan of a target. */
  Plan plan(StackName stack, Target target) {
    Template template = target.read();
    Map<String, JsonNode> names = names(stack, template.parameters(), target.parameters());
    return new Plan(template, names, target.tags(), exports::value);
  }

  /** The name and the id of the stack that expressions may ask for. */
  record StackName(String name, String id) {}

  private Map<String, JsonNode> names(
      StackName stack, Map<String, ParameterDeclaration> declared, Map<String, String> values) {
    var names = new LinkedHashMap<>(ParameterValues.referenced(declared, values));
    names.put("AWS::AccountId", Json.text(env.account()));
    names.put("AWS::NotificationARNs", Json.array());
    names.put("AWS::Partition", Json.text("aws"));
    names.put("AWS::Region", Json.text(env.region()));
    names.put("AWS::StackId", Json.text(stack.id()));
    names.put("AWS::StackName", Json.text(stack.name()));
    names.put("AWS::URLSuffix", Json.text("amazonaws.com"));
    return names;
  }

  private ObjectNode process(ObjectNode source, Map<String, JsonNode> names, Principal deployer) {
    var bare =
        new Template(
            source,
            null,
            TemplateReader.transforms(source),
            Map.of(),
            source.path("Mappings") instanceof ObjectNode mappings ? mappings : Json.object(),
            Json.object(),
            Json.object(),
            Map.of(),
            Map.of());
    var resolver = new Resolver(bare, names, new NoResources());
    return new Transforms(resolver, location -> snippet(location, deployer)).apply(source);
  }

  private JsonNode snippet(String location, Principal deployer) {
    Matcher uri = S3_URI.matcher(location);
    if (!uri.matches()) {
      throw Invalid.request(
          "Transform AWS::Include failed with: The location parameter is not a valid S3 uri.");
    }
    String text;
    try {
      text = read(uri.group(1), uri.group(2), deployer);
    } catch (AwsServiceException e) {
      throw Invalid.request(
          "Transform AWS::Include failed with: "
              + location
              + ": "
              + dev.onboard.local.call.AwsErrors.message(e));
    }
    try {
      return TemplateText.parseSnippet(text);
    } catch (AwsServiceException e) {
      throw Invalid.request(
          "Transform AWS::Include failed with: The specified S3 object's content should be valid"
              + " Yaml/JSON: "
              + location);
    }
  }

  private String fromUrl(String url, Principal caller) {
    Matcher location = VIRTUAL_HOST.matcher(url);
    if (!location.matches()) {
      location = PATH_STYLE.matcher(url);
    }
    if (!location.matches()) {
      location = S3_URI.matcher(url);
    }
    if (!location.matches()) {
      throw Invalid.request("TemplateURL must be a supported URL.");
    }
    String text;
    try {
      text =
          read(
              location.group(1),
              java.net.URLDecoder.decode(
                  location.group(2).replace("+", "%2B"), StandardCharsets.UTF_8),
              caller);
    } catch (AwsServiceException e) {
      throw Invalid.request("S3 error: " + dev.onboard.local.call.AwsErrors.message(e));
    }
    if (text.length() > URL_LIMIT) {
      throw Invalid.request("Template may not exceed " + URL_LIMIT + " bytes in size.");
    }
    return text;
  }

  private String read(String bucket, String key, Principal reader) {
    GetObjectRequest request = GetObjectRequest.builder().bucket(bucket).key(key).build();
    return env.client(S3Client.class, reader)
        .getObject(request, ResponseTransformer.toBytes())
        .asUtf8String();
  }

  /** While a template is transformed there are no resources yet. */
  private static final class NoResources implements Resolver.References {
    @Override
    public JsonNode ref(String logicalId) {
      throw Invalid.request("Transforms can refer to parameters only, not to " + logicalId);
    }

    @Override
    public JsonNode attribute(String logicalId, String attribute) {
      return ref(logicalId);
    }

    @Override
    public String imported(String export) {
      throw Invalid.request("Transforms cannot import values");
    }
  }
}
