package dev.onboard.local.cloudformation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a stack is to be.
 *
 * @param template the text as it was given
 * @param processed the same with every transform applied, as JSON
 * @param parameters the value of each parameter
 * @param hidden the parameters that are shown as asterisks
 * @param roleArn the role in whose name it is deployed, if not the caller's own
 */
record Target(
    String template,
    String processed,
    @Nullable String description,
    Map<String, String> parameters,
    List<String> hidden,
    Map<String, String> tags,
    List<String> capabilities,
    @Nullable String roleArn) {

  /** The template read again; that it can be was checked when the target was made. */
  Template read() {
    return TemplateReader.read(Json.parse(processed));
  }
}
