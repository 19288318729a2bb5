package dev.onboard.schemas.generator;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'object','oneOf':[]}                             | e.json: the keyword \"oneOf\" is not supported",
        "{'type':'object','patternProperties':{}}                 | e.json: the keyword \"patternProperties\" is not supported",
        "{'type':'object','properties':{'a':{'const':1}}}         | e.json: a: the keyword \"const\" is not supported",
        "{'type':'object','properties':{'a':{}}}                  | e.json: a: \"type\" must be given",
        "{'type':'text'}                                          | e.json: \"text\" is no JSON type",
        "{'type':'object','required':['a']}                       | e.json: \"a\" is required and not described",
        "{'type':'object','properties':{'a':{'$ref':'#/x'}}}      | e.json: a: the reference \"#/x\" leads nowhere",
        "{'type':'object','properties':{'a':{'$ref':'b.json'}}}   | e.json: a: the reference \"b.json\" leaves the file",
        "{'type':'object','properties':{'a':{'$ref':'#/definitions/a','type':'string'}},'definitions':{'a':{'type':'string'}}} | e.json: a: beside \"$ref\" draft-04 ignores every other keyword; leave them away",
        "{'type':'object','properties':{'a':{'$ref':'#/definitions/a'}},'definitions':{'a':{'type':'array','items':{'$ref':'#/definitions/a'}}}} | e.json: a[]: the schema \"#/definitions/a\" contains itself",
        "{'type':'integer','exclusiveMinimum':1}                  | e.json: draft-04 wants \"exclusiveMinimum\" true or false beside \"minimum\"",
        "{'type':'string','maxLength':'9'}                        | e.json: \"maxLength\" must be a number",
        "{'type':'string','enum':[]}                              | e.json: \"enum\" must list a value",
        "{'type':'array','items':[{'type':'string'}]}             | e.json: []: a schema must be an object"
      })
  void whatTheChecksCannotVouchFor_isRefusedByName(String schema, String message)
      throws JsonProcessingException {
    var json = new JsonMapper().readTree(schema.replace('\'', '"'));

    assertThatThrownBy(() -> ShapeReader.read("e.json", json))
        .isInstanceOf(SchemaException.class)
        .hasMessage(message);
  }
}
