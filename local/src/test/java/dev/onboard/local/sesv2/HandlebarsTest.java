package dev.onboard.local.sesv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandlebarsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      quoteCharacter = '`',
      value = {
        "Hello {{name}}!|{\"name\":\"Ada\"}|Hello Ada!",
        "{{ name }}{{{name}}}|{\"name\":\"<&\"}|<&<&",
        "{{contact.first}}|{\"contact\":{\"first\":\"Ada\"}}|Ada",
        "{{n}} {{b}}|{\"n\":1.50,\"b\":true}|1.5 true",
        "{{#if name}}yes{{else}}no{{/if}}|{\"name\":\"x\"}|yes",
        "{{#if name}}yes{{else}}no{{/if}}|{}|no",
        "{{#if name}}yes{{else}}no{{/if}}|{\"name\":\"\"}|no",
        "{{#if a}}A{{else if b}}B{{else}}C{{/if}}|{\"b\":1}|B",
        "{{#if a}}A{{else if b}}B{{else}}C{{/if}}|{}|C",
        "{{#unless a}}none{{/unless}}|{\"a\":[]}|none",
        "{{#each list}}<{{this}}>{{/each}}|{\"list\":[1,\"b\"]}|<1><b>",
        "{{#each list}}{{@index}}{{name}}{{#unless @last}},{{/unless}}{{/each}}"
            + "|{\"list\":[{\"name\":\"a\"},{\"name\":\"b\"}]}|0a,1b",
        "{{#each list}}{{x}}{{else}}empty{{/each}}|{\"list\":[]}|empty",
        "{{#each map}}{{@key}}={{this}};{{/each}}|{\"map\":{\"a\":1,\"b\":2}}|a=1;b=2;",
        "{{#each list}}{{../name}}{{/each}}|{\"name\":\"x\",\"list\":[{\"name\":\"y\"}]}|x",
        "{{#with contact}}{{first}}{{/with}}|{\"contact\":{\"first\":\"Ada\"}}|Ada",
        "{{#* inline \"p\"}}[{{name}}]{{/inline}}{{> p}}{{> p}}|{\"name\":\"x\"}|[x][x]",
        "a{{! comment }}b{{!-- }} --}}c|{}|abc",
        "a  {{~#if x~}}  b  {{~/if~}}  c|{\"x\":1}|abc",
        "{{list.[0]}}{{list.1}}|{\"list\":[\"a\",\"b\"]}|ab",
        "no tags } } {|{}|no tags } } {"
      })
  void rendered(String template, String data, String expected) {
    assertThat(Handlebars.parse(template).render(Renderer.data(data))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{name}}|{}|name",
        "{{contact.first}}|{\"contact\":{}}|contact.first",
        "{{name}}|{\"name\":null}|name",
        "{{#if a}}{{b}}{{/if}}|{\"a\":1}|b"
      })
  void missing_failsByName(String template, String data, String name) {
    assertThatThrownBy(() -> Handlebars.parse(template).render(Renderer.data(data)))
        .hasMessage("Attribute '" + name + "' is not present in the rendering data.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{name|the tag at character 0 is not closed",
        "{{#if a}}x|{{#if}} is not closed by {{/if}}",
        "{{#if a}}x{{/each}}|{{#if}} is not closed by {{/if}}",
        "x{{/if}}|found {{/if}} without the block that it belongs to",
        "{{#upper a}}x{{/upper}}|there is no helper upper",
        "{{upper a}}|{{upper a}} is neither a variable nor a known helper"
      })
  void badTemplate_isRefused(String template, String message) {
    assertThatThrownBy(() -> Handlebars.parse(template)).hasMessage(message);
  }
}
