package dev.onboard.local.schemas.binding;

import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Names in Java for names in schemas. */
final class JavaNames {
  /** What the components of records must not be called. */
  private static final Set<String> OF_OBJECTS =
      Set.of(
          "clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

  private JavaNames() {}

  /**
   * The package of a schema's types, as AWS names it: {@code schema.acme_shop.orderplaced} for
   * {@code acme.shop@OrderPlaced}.
   */
  static String packageOf(String schema) {
    String path = schema.startsWith("aws.") ? schema.replace('.', '@') : schema;
    var name = new StringBuilder("schema");
    for (String part : path.split("@")) {
      if (!part.isEmpty()) {
        name.append('.').append(identifier(part.replaceAll("[^A-Za-z0-9_]", "_")));
      }
    }
    return name.toString().toLowerCase(Locale.ROOT);
  }

  /** The name of a record, which no other has, were it in other case. */
  static String type(String name, Set<String> taken) {
    String type = "";
    for (String word : name.split("[^A-Za-z0-9_]+")) {
      type +=
          word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
    return free(identifier(type.isEmpty() ? "Value" : type), taken);
  }

  /** The name of a record's component, which no other of it has. */
  static String component(String name, Set<String> taken) {
    String component = "";
    for (String word : name.split("[^A-Za-z0-9_]+")) {
      component +=
          word.isEmpty()
              ? ""
              : component.isEmpty()
                  ? word.substring(0, 1).toLowerCase(Locale.ROOT) + word.substring(1)
                  : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
    String java = identifier(component.isEmpty() ? "value" : component);
    return free(OF_OBJECTS.contains(java) ? java + '_' : java, taken);
  }

  /** A text as a literal. */
  static String literal(String text) {
    var literal = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        literal.append('\\').append(c);
      } else if (c == '\n' || c == '\r') {
        // As Unicode escapes they would end the line.
        literal.append(c == '\n' ? "\\n" : "\\r");
      } else if (c < ' ' || c > '~') {
        literal.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        literal.append(c);
      }
    }
    return literal.append('"').toString();
  }

  private static String identifier(String name) {
    String java = Character.isDigit(name.charAt(0)) ? '_' + name : name;
    return SourceVersion.isName(java) ? java : java + '_';
  }

  private static String free(String name, Set<String> taken) {
    String free = name;
    for (int i = 1; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
      free = name + i;
    }
    return free;
  }
}
