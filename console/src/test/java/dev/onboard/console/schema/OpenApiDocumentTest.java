package dev.onboard.console.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenApiDocumentTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void schemaOfAnEvent_isCalledAwsEventAndItsDefinitionsFollow() {
    assertThat(
            document(
                """
                {'$schema': 'http://json-schema.org/draft-04/schema#', 'id': 'urn:trail',
                 'title': 'Trail', 'type': 'object', 'x-amazon-events-source': 'shop',
                 'definitions': {'a/b~c': {'type': 'integer', 'minimum': 1, 'exclusiveMinimum': true}},
                 'properties': {'n': {'$ref': '#/definitions/a~1b~0c'},
                                'm': {'$ref': '#/definitions/a~1b%7E0c'},
                                'self': {'$ref': '#'}}}\
                """))
        .isEqualTo(
            json(
                """
                {'openapi': '3.0.0', 'info': {'version': '1.0.0', 'title': 'Trail'}, 'paths': {},
                 'components': {'schemas': {
                   'AWSEvent': {'type': 'object', 'x-amazon-events-source': 'shop', 'properties': {
                     'n': {'$ref': '#/components/schemas/a_b_c'},
                     'm': {'$ref': '#/components/schemas/a_b_c'},
                     'self': {'$ref': '#/components/schemas/AWSEvent'}}},
                   'a_b_c': {'type': 'integer', 'minimum': 1, 'exclusiveMinimum': true}}}}\
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'properties': {'detail': {}, 'detail-type': {}} | AWSEvent",
        "'properties': {'detail': {}, 'source': {}}, 'title': 'T' | AWSEvent",
        "'properties': {'detail': {}}, 'title': 'User created' | User_created",
        "'properties': {} | shop_Sold-v1",
        "'title': 'T', 'definitions': {'T': {'type': 'string'}} | T_2",
        "'title': 'T', 'properties': {'t': {'$ref': '#/definitions/T'}}, 'definitions':"
            + " {'T': {'properties': {'t': {'$ref': '#/definitions/T'}}}} | T"
      })
  void schemaItself_isTheFirstComponentUnderItsName(String keywords, String name) {
    assertThat(document("{" + keywords + "}").at("/components/schemas").fieldNames().next())
        .isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'type': ['string', 'null'] | 'type': 'string', 'nullable': true",
        "'type': ['string', 'null'], 'enum': ['a'] | 'type': 'string', 'enum': ['a']",
        "'type': ['string'] | 'type': 'string'",
        "'type': 'array' | 'type': 'array', 'items': {}",
        "'items': {'type': 'string'}, 'type': 'array' | 'items': {'type': 'string'}, 'type': 'array'",
        "'type': ['string', 'integer'], 'minimum': 1 |"
            + " 'minimum': 1, 'anyOf': [{'type': 'string'}, {'type': 'integer'}]",
        "'type': ['string', 'array', 'null'], 'anyOf': [{'title': 'A'}] |"
            + " 'anyOf': [{'title': 'A'}], 'allOf': [{'anyOf': [{'type': 'string', 'nullable': true},"
            + " {'type': 'array', 'items': {}, 'nullable': true}]}]",
        "'anyOf': [{'type': 'null'}, {'type': 'string', 'enum': ['a']}] |"
            + " 'type': 'string', 'enum': ['a', null], 'nullable': true",
        "'oneOf': [{'type': 'string'}, {'type': 'null'}, {'type': 'integer'}], 'title': 'A' |"
            + " 'oneOf': [{'type': 'string'}, {'type': 'integer'}], 'title': 'A', 'nullable': true",
        "'anyOf': [{'type': 'object', 'not': {'enum': [null]}}, {'type': 'null'}] |"
            + " 'anyOf': [{'type': 'object', 'not': {'enum': [null]}}], 'nullable': true",
        "'x-amazon-open-api-schema-readOnly': true, 'x-mine': {'id': 1} |"
            + " 'readOnly': true, 'x-mine': {'id': 1}"
      })
  void schema_saysTheSameInOpenApisWords(String draft4, String openApi) {
    assertThat(
            document("{'title': 'T', 'properties': {'p': {" + draft4 + "}}}")
                .at("/components/schemas/T/properties/p"))
        .isEqualTo(json("{" + openApi + "}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'properties': {'a/b': {'dependencies': {}}} |"
            + " /properties/a~1b/dependencies: OpenAPI 3.0 has no dependencies",
        "'patternProperties': {} | /patternProperties: OpenAPI 3.0 has no patternProperties",
        "'items': [{}] | /items: OpenAPI 3.0 has one schema for all items, no list of them",
        "'additionalItems': false | /additionalItems: OpenAPI 3.0 has no additionalItems",
        "'not': {'const': 1} | /not/const: OpenAPI 3.0 has no const",
        "'anyOf': [{}, {'id': 'x'}] | /anyOf/1/id: OpenAPI 3.0 has no id",
        "'items': {'definitions': {}} | /items/definitions: OpenAPI 3.0 has no definitions",
        "'items': {'$schema': 'x'} | /items/$schema: OpenAPI 3.0 has no $schema",
        "'nullable': true | /nullable: OpenAPI 3.0 has no nullable",
        "'definitions': {'A': {'type': 'null'}} | /definitions/A/type: OpenAPI 3.0 has no type null",
        "'oneOf': [{}, {'type': 'null'}] | /oneOf/1/type: OpenAPI 3.0 has no type null",
        "'type': 'object', 'anyOf': [{'type': 'null'}, {}] |"
            + " /anyOf/0/type: OpenAPI 3.0 has no type null",
        "'exclusiveMinimum': 1 | /exclusiveMinimum: must be true or false, as in draft 4",
        "'additionalProperties': {'$ref': 'http://example.com/x'} | /additionalProperties/$ref: refers"
            + " to http://example.com/x, which is neither a definition nor the whole schema",
        "'$ref': '#/definitions/No' |"
            + " /$ref: refers to #/definitions/No, which is neither a definition nor the whole schema",
        "'definitions': {'A': {}}, '$ref': '#/definitions/A/not' | /$ref: refers to"
            + " #/definitions/A/not, which is neither a definition nor the whole schema",
        "'definitions': {'AWSEvent': {}}, 'type': 'object' | /definitions/AWSEvent: this name is that"
            + " of the event itself in OpenAPI documents; call it otherwise",
        "'example': 1, 'x-amazon-open-api-schema-example': 2 |"
            + " /x-amazon-open-api-schema-example: there is example as well",
        "'properties': {'a': true} | /properties/a: a schema must be a JSON object"
      })
  void whatOpenApiCannotSay_isRefusedByNameAndPlace(String keywords, String message) {
    assertThatThrownBy(() -> document("{" + keywords + "}"))
        .isInstanceOf(NotInOpenApi.class)
        .hasMessage(message);
  }

  @Test
  void contentThatIsNoObject_isRefused() {
    assertThatThrownBy(() -> OpenApiDocument.of("s", "{\"type\": "))
        .isInstanceOf(NotInOpenApi.class)
        .hasMessageStartingWith("the whole: is no JSON: ");
    assertThatThrownBy(() -> OpenApiDocument.of("s", "[]"))
        .isInstanceOf(NotInOpenApi.class)
        .hasMessage("the whole: is no JSON object");
  }

  @Test
  void longNumbers_keepTheirDigits() {
    assertThat(
            OpenApiDocument.of("s", "{\"maximum\": 12345678901234567890.50, \"minimum\": 1e400}"))
        .contains("12345678901234567890.50")
        .contains("1E+400");
  }

  private static JsonNode document(String draft4) {
    return json(OpenApiDocument.of("shop@Sold-v1", draft4.replace('\'', '"')));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }
}
