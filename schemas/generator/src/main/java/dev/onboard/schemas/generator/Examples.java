package dev.onboard.schemas.generator;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;

/** Holds every example against every version of its type, all of which must accept it. */
final class Examples {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4);

  private Examples() {}

  /** What the versions have against the examples, a line each. */
  static List<String> check(EventType type) {
    var problems = new ArrayList<String>();
    for (SchemaFile file : type.schemas()) {
      if (type.examples().stream().noneMatch(e -> e.version().equals(file.version()))) {
        problems.add(file.file() + ": there must be an example of version " + file.version());
      }
      Schema schema = REGISTRY.getSchema(file.schema().toString(), InputFormat.JSON);
      for (Example example : type.examples()) {
        for (Error error :
            schema.validate(
                example.detail().toString(),
                InputFormat.JSON,
                context ->
                    context.executionConfig(config -> config.formatAssertionsEnabled(true)))) {
          problems.add(
              example.file() + ": not accepted by version " + file.version() + ": " + error);
        }
      }
    }
    return problems;
  }
}
