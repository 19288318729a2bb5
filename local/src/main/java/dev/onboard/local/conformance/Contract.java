package dev.onboard.local.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A version of a registered schema, ready to hold events against.
 *
 * @param name registry, name and version
 * @param whole whether it describes whole events, as discovered schemas do, or only their detail
 */
record Contract(String name, boolean whole, Schema schema) {
  private static final Logger LOG = LoggerFactory.getLogger(Contract.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Draft 4, in which keywords that it does not know say nothing, such as AWS's extensions. */
  private static final Dialect DIALECT =
      Dialect.builder(Dialects.getDraft4())
          .unknownKeywordFactory((name, context) -> new NonValidationKeyword(name))
          .build();

  /** A contract; empty if the validator does not take the schema. */
  static Optional<Contract> of(String name, String draft4) {
    try {
      JsonNode properties = JSON.readTree(draft4).path("properties");
      boolean whole =
          properties.has("detail") && (properties.has("detail-type") || properties.has("source"));
      Schema schema = SchemaRegistry.withDialect(DIALECT).getSchema(draft4, InputFormat.JSON);
      schema.initializeValidators();
      return Optional.of(new Contract(name, whole, schema));
    } catch (JsonProcessingException | SchemaException e) {
      LOG.warn("Events are not held against schema {}: {}", name, e.getMessage());
      return Optional.empty();
    }
  }

  List<Violation> violations(EventHead head) {
    List<Error> errors =
        schema.validate(
            whole ? head.event() : head.detail(),
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    return errors.stream()
        .map(e ->
            new Violation(
                name,
                (whole ? "" : "/detail") + e.getInstanceLocation(),
                String.valueOf(e.getMessage())))
        .distinct()
        .toList();
  }
}
