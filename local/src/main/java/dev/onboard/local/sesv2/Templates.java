package dev.onboard.local.sesv2;

import dev.onboard.local.store.Cached;
import dev.onboard.local.store.Store;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sesv2.model.EmailTemplateContent;
import software.amazon.awssdk.services.sesv2.model.EmailTemplateMetadata;

/** Stored mail templates. */
final class Templates {
  private final Cached<String, Optional<EmailTemplateContent>> byName;

  Templates(Store store) {
    this.byName = new Cached<>(store, "ses_template");
  }

  void create(Tx tx, @Nullable String name, @Nullable EmailTemplateContent content, Instant now) {
    if (name == null || !name.matches("[a-zA-Z0-9_-]{1,64}")) {
      throw SesErrors.badRequest(
          "Invalid template name <"
              + name
              + ">: only alphanumeric ASCII characters, '_', and '-' are allowed.");
    }
    check(content);
    int made =
        tx.update(
            "INSERT OR IGNORE INTO ses_template VALUES (?, ?, ?)",
            name,
            now,
            SdkJson.write(content));
    if (made == 0) {
      throw SesErrors.exists("Template " + name + " already exists.");
    }
  }

  void update(Tx tx, String name, @Nullable EmailTemplateContent content) {
    check(content);
    if (tx.update("UPDATE ses_template SET value = ? WHERE name = ?", SdkJson.write(content), name)
        == 0) {
      throw missing(name);
    }
  }

  private static void check(@Nullable EmailTemplateContent content) {
    if (content == null) {
      throw SesErrors.badRequest("The template content must be specified.");
    }
    if (content.subject() == null || content.subject().isEmpty()) {
      throw SesErrors.badRequest("The subject must be specified.");
    }
    if (content.text() == null && content.html() == null) {
      throw SesErrors.badRequest("The text part or the html part must be specified.");
    }
    if (bytes(content.subject()) + bytes(content.text()) + bytes(content.html())
        > Limits.TEMPLATE_BYTES) {
      throw SesErrors.badRequest("Template size exceeds the maximum allowed size of 500 KB.");
    }
    Renderer.of(content);
  }

  private static int bytes(@Nullable String text) {
    return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
  }

  EmailTemplateContent get(Tx tx, @Nullable String name) {
    return byName
        .get(
            tx,
            String.valueOf(name),
            t ->
                t.first(
                    "SELECT value FROM ses_template WHERE name = ?",
                    r -> SdkJson.read(EmailTemplateContent.class, r.string(1)),
                    name))
        .orElseThrow(() -> missing(name));
  }

  /** Takes a template away; as on AWS it is no error if there is none. */
  void delete(Tx tx, String name) {
    tx.update("DELETE FROM ses_template WHERE name = ?", name);
  }

  List<EmailTemplateMetadata> list(Tx tx, Page page) {
    return tx.list(
        "SELECT name, created FROM ses_template WHERE name > ? ORDER BY name LIMIT ?",
        r ->
            EmailTemplateMetadata.builder()
                .templateName(r.string(1))
                .createdTimestamp(r.instant("created"))
                .build(),
        page.after(),
        page.size() + 1);
  }

  private static RuntimeException missing(@Nullable String name) {
    return SesErrors.notFound("Template " + name + " does not exist.");
  }
}
