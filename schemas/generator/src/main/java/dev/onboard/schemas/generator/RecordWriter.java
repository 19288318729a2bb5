package dev.onboard.schemas.generator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
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
import dev.onboard.schemas.generator.Shape.Each;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the record of an event: records in it for objects, enums for enumerations, unknown fields
 * ignored, absent ones left away.
 */
final class RecordWriter {

  private static final int MANY = 3;

  private final EventType type;

  private RecordWriter(EventType type) {
    this.type = type;
  }

  /** The source file of the newest version of an event. */
  static JavaFile file(String packageName, EventType type) {
    String name = type.major() == 1 ? type.name() : type.name() + "V" + type.major();
    ClassName self = ClassName.get(packageName, name);
    RecordWriter writer = new RecordWriter(type);
    TypeSpec spec =
        writer
            .record(self, "", type.newest().shape())
            .addField(constant("SOURCE", type.source(), "The source of events of ours."))
            .addField(constant("DETAIL_TYPE", type.name(), "What the bus calls these events."))
            .addField(
                constant(
                    "SCHEMA_VERSION",
                    type.newest().number(),
                    "The version that this record was made from; what a publisher puts into the metadata."))
            .addField(
                constant("SCHEMA", type.schemaName(), "The name of the schema in the registry."))
            .build();
    return JavaFile.builder(packageName, spec)
        .addFileComment("Generated from " + type.newest().file() + "; do not edit.")
        .indent("  ")
        .skipJavaLangImports(true)
        .build();
  }

  private static FieldSpec constant(String name, String value, String doc) {
    return FieldSpec.builder(String.class, name, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc("$L", doc)
        .initializer("$S", value)
        .build();
  }

  private TypeSpec.Builder record(ClassName self, String path, Shape shape) {
    TypeSpec.Builder record =
        TypeSpec.recordBuilder(self)
            .addModifiers(Modifier.PUBLIC)
            .addAnnotation(
                AnnotationSpec.builder(JsonIgnoreProperties.class)
                    .addMember("ignoreUnknown", "true")
                    .build())
            .addAnnotation(
                AnnotationSpec.builder(JsonInclude.class)
                    .addMember("value", "$T.NON_NULL", JsonInclude.Include.class)
                    .build());
    if (self.enclosingClassName() != null) {
      record.addModifiers(Modifier.STATIC);
    }
    record.addJavadoc("$L", doc(shape.description(), self.simpleName()));
    MethodSpec.Builder canonical = MethodSpec.constructorBuilder();
    CodeBlock.Builder compact = CodeBlock.builder();
    Map<String, TypeName> components = new LinkedHashMap<>();
    shape
        .properties()
        .forEach((name, property) -> {
          String inner = path.isEmpty() ? name : path + "." + name;
          boolean required = shape.required().contains(name);
          TypeName bare = typeOf(self, inner, name, property, record);
          TypeName component = required ? bare : nullable(bare);
          components.put(name, component);
          canonical.addParameter(parameter(name, component));
          record.addJavadoc("\n@param $L $L", javaName(name), doc(property.description(), name));
          compact.add(guard(inner, name, bare, required));
        });
    record.recordConstructor(canonical.build());
    if (!compact.isEmpty()) {
      record.addMethod(
          MethodSpec.compactConstructorBuilder()
              .addModifiers(Modifier.PUBLIC)
              .addCode(compact.build())
              .build());
    }
    addFactories(record, self, shape, components);
    return record;
  }

  private static ParameterSpec parameter(String name, TypeName component) {
    ParameterSpec.Builder parameter = ParameterSpec.builder(component, javaName(name));
    if (!javaName(name).equals(name)) {
      parameter.addAnnotation(
          AnnotationSpec.builder(JsonProperty.class).addMember("value", "$S", name).build());
    }
    return parameter.build();
  }

  /**
   * A required field must be there (so numbers are boxed: a primitive would hide that it is not); a
   * list or map is copied, so that the record cannot change.
   */
  private CodeBlock guard(String path, String name, TypeName bare, boolean required) {
    CodeBlock.Builder code = CodeBlock.builder();
    String java = javaName(name);
    if (required) {
      code.addStatement(
          "$T.requireNonNull($N, $S)", Objects.class, java, type.name() + " must have " + path);
    }
    if (bare instanceof ParameterizedTypeName parameterized) {
      boolean map = parameterized.rawType().equals(ClassName.get(Map.class));
      CodeBlock copy =
          map
              ? CodeBlock.of(
                  "$T.unmodifiableMap(new $T<>($N))", Collections.class, LinkedHashMap.class, java)
              : CodeBlock.of(
                  "$T.unmodifiableList(new $T<>($N))", Collections.class, ArrayList.class, java);
      code.addStatement(
          required
              ? CodeBlock.of("$N = $L", java, copy)
              : CodeBlock.of("$N = $N == null ? null : $L", java, java, copy));
    }
    return code.build();
  }

  /**
   * With many optional fields: one factory for the required ones, and a copy with each of the
   * others.
   */
  private void addFactories(
      TypeSpec.Builder record, ClassName self, Shape shape, Map<String, TypeName> components) {
    long optional = components.size() - shape.required().size();
    if (optional < MANY) {
      return;
    }
    MethodSpec.Builder of =
        MethodSpec.methodBuilder("of")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .addJavadoc("With what is required, and nothing else.")
            .returns(self);
    components.forEach((name, component) -> {
      if (shape.required().contains(name)) {
        of.addParameter(component, javaName(name));
      }
    });
    of.addStatement(
        "return new $T($L)",
        self,
        arguments(components, name -> shape.required().contains(name) ? javaName(name) : "null"));
    record.addMethod(of.build());
    components.forEach((name, component) -> {
      if (!shape.required().contains(name)) {
        record.addMethod(
            MethodSpec.methodBuilder("with" + upper(name))
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("The same with another $L.", name)
                .addParameter(component, javaName(name))
                .returns(self)
                .addStatement(
                    "return new $T($L)", self, arguments(components, RecordWriter::javaName))
                .build());
      }
    });
  }

  private static String arguments(Map<String, TypeName> components, UnaryOperator<String> value) {
    return String.join(", ", components.keySet().stream().map(value).toList());
  }

  private TypeName typeOf(
      ClassName self, String path, String name, Shape shape, TypeSpec.Builder enclosing) {
    if (!shape.values().isEmpty()) {
      return enumeration(self, path, name, shape, enclosing);
    }
    if (shape.is("object")) {
      return object(self, path, name, shape, enclosing);
    }
    if (shape.is("array")) {
      if (shape.items() == null) {
        throw unsupported(path, "an array must say what its \"items\" are");
      }
      TypeName item = typeOf(self, path + "[]", singular(name), shape.items(), enclosing);
      return ParameterizedTypeName.get(ClassName.get(List.class), item);
    }
    if (shape.is("integer")) {
      return ClassName.get(Long.class);
    }
    if (shape.is("number")) {
      return ClassName.get(BigDecimal.class);
    }
    if (shape.is("boolean")) {
      return ClassName.get(Boolean.class);
    }
    if (shape.is("string")) {
      return ClassName.get(String.class);
    }
    throw unsupported(path, "a Java type of " + shape.types() + " cannot be made");
  }

  private TypeName object(
      ClassName self, String path, String name, Shape shape, TypeSpec.Builder enclosing) {
    if (!shape.properties().isEmpty()) {
      ClassName nested = self.nestedClass(upper(name));
      enclosing.addType(record(nested, path, shape).build());
      return nested;
    }
    TypeName value =
        shape.extra() instanceof Each each
            ? typeOf(self, path + ".*", singular(name), each.shape(), enclosing)
            : ClassName.get(Object.class);
    return ParameterizedTypeName.get(ClassName.get(Map.class), ClassName.get(String.class), value);
  }

  private TypeName enumeration(
      ClassName self, String path, String name, Shape shape, TypeSpec.Builder enclosing) {
    if (!shape.is("string")) {
      throw unsupported(path, "an enumeration must be one of strings");
    }
    ClassName nested = self.nestedClass(upper(name));
    TypeSpec.Builder values =
        TypeSpec.enumBuilder(nested)
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .addJavadoc("$L", doc(shape.description(), name));
    shape
        .values()
        .forEach(value -> {
          String constant = value.asText().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
          if (!SourceVersion.isName(constant)) {
            throw unsupported(path, "\"" + value.asText() + "\" makes no Java constant");
          }
          values.addEnumConstant(
              constant,
              TypeSpec.anonymousClassBuilder("")
                  .addAnnotation(
                      AnnotationSpec.builder(JsonProperty.class)
                          .addMember("value", "$S", value.asText())
                          .build())
                  .build());
        });
    enclosing.addType(values.build());
    return nested;
  }

  private static TypeName nullable(TypeName type) {
    return type.annotated(AnnotationSpec.builder(Nullable.class).build());
  }

  private static String doc(String description, String otherwise) {
    return (description.isEmpty() ? upper(otherwise) + "." : description)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("@", "&#64;")
        .replace("*/", "*&#47;");
  }

  private static String javaName(String name) {
    String java = name.replaceAll("[^A-Za-z0-9]+", "_");
    return SourceVersion.isName(java) ? java : "_" + java;
  }

  private static String upper(String name) {
    String java = name.replaceAll("[^A-Za-z0-9]+", "_");
    return java.substring(0, 1).toUpperCase(Locale.ROOT) + java.substring(1);
  }

  private static String singular(String name) {
    return name.endsWith("s") ? name.substring(0, name.length() - 1) : name + "Item";
  }

  private SchemaException unsupported(String path, String why) {
    return new SchemaException(type.newest().file() + ": " + path + ": " + why);
  }
}
