package dev.onboard.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.function.Function;

/**
 * What happens to a template before it is read: {@code AWS::Include} puts snippets from S3 where
 * they are asked for, and {@code AWS::LanguageExtensions} unrolls {@code Fn::ForEach}.
 */
final class Transforms {
  private static final Set<String> KNOWN = Set.of("AWS::Include", Template.LANGUAGE_EXTENSIONS);
  private static final String FOR_EACH = "Fn::ForEach::";

  private final Resolver resolver;
  private final Function<String, JsonNode> snippets;

  /**
   * Makes the transforms.
   *
   * @param resolver knows parameters and mappings, and no resources
   * @param snippets reads what a location holds
   */
  Transforms(Resolver resolver, Function<String, JsonNode> snippets) {
    this.resolver = resolver;
    this.snippets = snippets;
  }

  /** The processed template. */
  ObjectNode apply(ObjectNode source) {
    for (String name : TemplateReader.transforms(source)) {
      if (!KNOWN.contains(name)) {
        throw Invalid.unsupported("template", "the transform " + name);
      }
    }
    ObjectNode included = (ObjectNode) Json.mapped(topLevelIncludes(source), this::include);
    return TemplateReader.transforms(source).contains(Template.LANGUAGE_EXTENSIONS)
        ? (ObjectNode) unroll(included)
        : included;
  }

  private ObjectNode topLevelIncludes(ObjectNode source) {
    ObjectNode result = source.deepCopy();
    JsonNode transform = source.path("Transform");
    for (JsonNode each : transform.isArray() ? transform : Json.array().add(transform)) {
      if (each.isObject() && each.path("Name").asText().equals("AWS::Include")) {
        merge(result, snippet(each), "Transform");
      }
    }
    return result;
  }

  private JsonNode include(JsonNode node) {
    if (!(node instanceof ObjectNode object) || !object.has("Fn::Transform")) {
      return node;
    }
    JsonNode snippet = snippet(object.get("Fn::Transform"));
    if (object.size() == 1) {
      return snippet;
    }
    object.remove("Fn::Transform");
    merge(object, snippet, "Fn::Transform");
    return object;
  }

  private static void merge(ObjectNode into, JsonNode snippet, String where) {
    if (!(snippet instanceof ObjectNode members)) {
      throw Invalid.request(
          "Transform AWS::Include failed with: the object beside other members of "
              + where
              + " must hold a map");
    }
    into.setAll(members);
  }

  private JsonNode snippet(JsonNode transform) {
    String name = transform.path("Name").asText();
    if (!name.equals("AWS::Include")) {
      throw Invalid.unsupported("template", "the transform " + name);
    }
    JsonNode location = transform.path("Parameters").path("Location");
    if (location.isMissingNode()) {
      throw Invalid.request(
          "Transform AWS::Include failed with: Missing required parameter in the 'Parameters'"
              + " section: Location");
    }
    return snippets.apply(resolver.text(location, "Location of AWS::Include"));
  }

  private JsonNode unroll(JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode copy = Json.array();
      array.forEach(e -> copy.add(unroll(e)));
      return copy;
    } else if (!(node instanceof ObjectNode)) {
      return node;
    }
    ObjectNode copy = Json.object();
    for (var member : node.properties()) {
      if (member.getKey().startsWith(FOR_EACH)) {
        copy.setAll(loop(member.getKey(), member.getValue()));
      } else {
        copy.set(member.getKey(), unroll(member.getValue()));
      }
    }
    return copy;
  }

  private ObjectNode loop(String name, JsonNode loop) {
    if (!loop.isArray()
        || loop.size() != 3
        || !loop.get(0).isTextual()
        || !loop.get(2).isObject()) {
      throw Invalid.request(
          "Transform AWS::LanguageExtensions failed with: "
              + name
              + " layout is incorrect; it needs an identifier, a collection and a fragment");
    }
    String identifier = loop.get(0).textValue();
    JsonNode collection = resolver.resolve(loop.get(1));
    if (collection == null || !collection.isArray()) {
      throw Invalid.request(
          "Transform AWS::LanguageExtensions failed with: the collection of "
              + name
              + " must be a list");
    }
    ObjectNode all = Json.object();
    for (JsonNode value : collection) {
      JsonNode fragment = substituted(loop.get(2), identifier, value.asText());
      for (var member : unroll(fragment).properties()) {
        if (all.has(member.getKey())) {
          throw Invalid.request(
              "Transform AWS::LanguageExtensions failed with: "
                  + name
                  + " makes "
                  + member.getKey()
                  + " more than once");
        }
        all.set(member.getKey(), member.getValue());
      }
    }
    return all;
  }

  /** A fragment with the loop's identifier replaced in keys, texts and references. */
  private JsonNode substituted(JsonNode node, String identifier, String value) {
    if (node instanceof ArrayNode array) {
      ArrayNode copy = Json.array();
      array.forEach(e -> copy.add(substituted(e, identifier, value)));
      return copy;
    } else if (node instanceof ObjectNode object) {
      if (object.size() == 1 && object.path("Ref").asText().equals(identifier)) {
        return Json.text(value);
      }
      ObjectNode copy = Json.object();
      object
          .properties()
          .forEach(e ->
              copy.set(
                  inText(e.getKey(), identifier, value),
                  substituted(e.getValue(), identifier, value)));
      return copy;
    }
    return node.isTextual() ? Json.text(inText(node.textValue(), identifier, value)) : node;
  }

  private static String inText(String text, String identifier, String value) {
    return text.replace("${" + identifier + "}", value)
        .replace("&{" + identifier + "}", value.replaceAll("[^A-Za-z0-9]", ""));
  }
}
