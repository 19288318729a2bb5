package dev.onboard.local.cloudformation.provider;

import dev.onboard.local.cloudformation.provider.Shape.Kind;
import dev.onboard.local.cloudformation.provider.Shape.Member;
import dev.onboard.local.cloudformation.provider.Shape.Structure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The notation in which a resource type declares its properties.
 *
 * <pre>{@code
 * QueueName@: String           its name: a change replaces the resource
 * FifoQueue!: Boolean          a change replaces the resource
 * PolicyDocument*: Json        required
 * Rules: [{ Id*: String }]     a list of structures
 * Variables: <String>          a map
 * Targets: [$Target]           a shape given by name
 * }</pre>
 */
final class ShapeParser {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9]+|[{}\\[\\]<>:*!@$]");

  private final List<String> tokens = new ArrayList<>();
  private final Map<String, Shape> named;
  private int at;

  private ShapeParser(String text, Map<String, Shape> named) {
    this.named = named;
    TOKEN.matcher(text).results().forEach(r -> tokens.add(r.group()));
  }

  static Structure parse(String text, Map<String, Shape> named) {
    var parser = new ShapeParser(text, named);
    Structure structure = parser.members();
    if (parser.at != parser.tokens.size()) {
      throw new IllegalArgumentException("unexpected " + parser.tokens.get(parser.at));
    }
    return structure;
  }

  private Structure members() {
    var members = new LinkedHashMap<String, Member>();
    while (at < tokens.size() && !tokens.get(at).equals("}")) {
      String name = tokens.get(at++);
      boolean required = false;
      boolean replaces = false;
      boolean own = false;
      for (; !tokens.get(at).equals(":"); at++) {
        required |= tokens.get(at).equals("*");
        own |= tokens.get(at).equals("@");
        replaces |= own || tokens.get(at).equals("!");
      }
      at++;
      members.put(name, new Member(shape(), required, replaces, own));
    }
    return new Structure(members);
  }

  private Shape shape() {
    String token = tokens.get(at++);
    return switch (token) {
      case "{" -> {
        Structure structure = members();
        at++;
        yield structure;
      }
      case "[" -> {
        Shape member = shape();
        at++;
        yield new Shape.ListOf(member);
      }
      case "<" -> {
        Shape member = shape();
        at++;
        yield new Shape.MapOf(member);
      }
      case "$" -> named(tokens.get(at++));
      case "String" -> new Shape.Scalar(Kind.STRING);
      case "Integer" -> new Shape.Scalar(Kind.INTEGER);
      case "Number" -> new Shape.Scalar(Kind.NUMBER);
      case "Boolean" -> new Shape.Scalar(Kind.BOOLEAN);
      case "Json" -> new Shape.Json();
      default -> throw new IllegalArgumentException("no shape " + token);
    };
  }

  private Shape named(String name) {
    Shape shape = named.get(name);
    if (shape == null) {
      throw new IllegalArgumentException("no shape named " + name);
    }
    return shape;
  }
}
