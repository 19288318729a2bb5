package dev.onboard.schemas.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/**
 * Makes a record of an event type: of its newest version, since versions of one major are compatible.
 *
 * <p>Unknown fields are ignored, absent ones are null and are not written, so that a consumer
 * understands events of versions that did not exist when it was built.
 */
final class Records {
  private static final String PACKAGE = "dev.onboard.schemas";
  private static final ClassName NULLABLE = ClassName.get("org.jspecify.annotations", "Nullable");
  private static final ClassName NULL_MARKED =
      ClassName.get("org.jspecify.annotations", "NullMarked");
  private static final ClassName IGNORE_UNKNOWN =
      ClassName.get("com.fasterxml.jackson.annotation", "JsonIgnoreProperties");
  private static final ClassName INCLUDE =
      ClassName.get("com.fasterxml.jackson.annotation", "JsonInclude");

  private Records() {}

  static JavaFile of(EventType type) {
    String name = type.name() + (type.major() == 1 ? "" : "V" + type.major());
    JsonNode schema = type.newest().schema();
    TypeSpec.Builder record = record(ClassName.get(PACKAGE, name), schema);
    record.addAnnotation(NULL_MARKED);
    record.addField(constant("SOURCE", type.source(), "The source of such events."));
    record.addField(constant("DETAIL_TYPE", type.name(), "The detail type of such events."));
    record.addField(
        constant(
            "SCHEMA_VERSION",
            type.newest().version().toString(),
            "The version of the schema that this record was made of."));
    return JavaFile.builder(PACKAGE, record.addModifiers(Modifier.PUBLIC).build())
        .indent("  ")
        .skipJavaLangImports(true)
        .build();
  }

  private static FieldSpec constant(String name, String value, String doc) {
    return FieldSpec.builder(
            String.class, name, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .initializer("$S", value)
        .addJavadoc(doc)
        .build();
  }

  private static TypeSpec.Builder record(ClassName name, JsonNode schema) {
    TypeSpec.Builder record =
        TypeSpec.recordBuilder(name.simpleName())
            .addAnnotation(
                AnnotationSpec.builder(IGNORE_UNKNOWN)
                    .addMember("ignoreUnknown", "true")
                    .build())
            .addAnnotation(
                AnnotationSpec.builder(INCLUDE)
                    .addMember("value", "$T.Include.NON_NULL", INCLUDE)
                    .build());
    var doc = CodeBlock.builder().add("$L\n", text(schema, name.simpleName()));
    MethodSpec.Builder components = MethodSpec.constructorBuilder();
    var nested = new ArrayList<TypeSpec>();
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(n -> required.add(n.asText()));
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      boolean optional = !required.contains(property.getKey());
      TypeName type = type(name, property.getKey(), property.getValue(), nested);
      components.addParameter(
          ParameterSpec.builder(
                  optional ? type.annotated(AnnotationSpec.builder(NULLABLE).build()) : type,
                  property.getKey())
              .build());
      doc.add("\n@param $L $L", property.getKey(), lower(text(property.getValue(), "")));
    }
    record.recordConstructor(components.build()).addJavadoc(doc.build());
    nested.forEach(record::addType);
    return record;
  }

  private static TypeName type(
      ClassName owner, String property, JsonNode schema, List<TypeSpec> nested) {
    String type = schema.path("type").asText();
    return switch (type) {
      case "string" -> ClassName.get(String.class);
      case "integer" -> ClassName.get(Long.class);
      case "number" -> ClassName.get(java.math.BigDecimal.class);
      case "boolean" -> ClassName.get(Boolean.class);
      case "array" ->
          ParameterizedTypeName.get(
              ClassName.get(List.class), type(owner, property, schema.path("items"), nested));
      case "object" -> {
        if (schema.has("properties")) {
          ClassName own =
              owner.nestedClass(
                  Character.toUpperCase(property.charAt(0)) + property.substring(1));
          nested.add(record(own, schema).addModifiers(Modifier.PUBLIC).build());
          yield own;
        }
        JsonNode values = schema.path("additionalProperties");
        TypeName value =
            values.isObject()
                ? type(owner, property + "Value", values, nested)
                : ClassName.get(Object.class);
        yield ParameterizedTypeName.get(
            ClassName.get(Map.class), ClassName.get(String.class), value);
      }
      default ->
          throw new IllegalArgumentException(
              owner.simpleName() + "." + property + ": there is no Java type for type " + type);
    };
  }

  private static String text(JsonNode schema, String otherwise) {
    return schema.path("description").asText(otherwise).replace("$", "$$");
  }

  private static String lower(String text) {
    String plain = text.endsWith(".") && text.indexOf('.') == text.length() - 1
        ? text.substring(0, text.length() - 1)
        : text;
    boolean word = plain.length() > 1 && Character.isLowerCase(plain.charAt(1));
    return word ? Character.toLowerCase(plain.charAt(0)) + plain.substring(1) : plain;
  }
}
