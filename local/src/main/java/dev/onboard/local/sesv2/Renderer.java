package dev.onboard.local.sesv2;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.wire.JsonFault;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sesv2.model.EmailTemplateContent;

/** A template ready to be filled: subject, text and HTML. */
record Renderer(Handlebars subject, @Nullable Handlebars text, @Nullable Handlebars html) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What came out. */
  record Rendered(String subject, @Nullable String text, @Nullable String html) {}

  static Renderer of(EmailTemplateContent content) {
    try {
      return new Renderer(
          Handlebars.parse(content.subject() == null ? "" : content.subject()),
          parse(content.text()),
          parse(content.html()));
    } catch (Handlebars.SyntaxError e) {
      throw SesErrors.badRequest("Template is invalid: " + e.getMessage());
    }
  }

  private static @Nullable Handlebars parse(@Nullable String text) {
    return text == null ? null : Handlebars.parse(text);
  }

  Rendered render(JsonNode data) {
    return new Rendered(
        subject.render(data),
        text == null ? null : text.render(data),
        html == null ? null : html.render(data));
  }

  /** The data of a template, which must be a JSON object. */
  static ObjectNode data(@Nullable String json) {
    if (json == null || json.isBlank()) {
      return JSON.createObjectNode();
    }
    try {
      if (JSON.readTree(json) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw SesErrors.badRequest("Template data is not valid JSON: " + JsonFault.words(e));
    }
    throw SesErrors.badRequest("Template data must be a JSON object.");
  }
}
