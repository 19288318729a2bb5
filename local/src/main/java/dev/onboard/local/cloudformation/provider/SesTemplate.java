package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.EmailTemplateContent;

/** {@code AWS::SES::Template}. */
final class SesTemplate extends Provider {
  private static final int NAME_LIMIT = 64;

  SesTemplate() {
    super(
        "AWS::SES::Template",
        """
        Template: { TemplateName!: String, SubjectPart*: String, TextPart: String
          HtmlPart: String }
        """,
        "Id");
  }

  @Override
  public Physical create(Context context, Properties now) {
    String name =
        context.nameWithoutStack(now.in("Template").textOrNull("TemplateName"), NAME_LIMIT);
    context
        .client(SesV2Client.class)
        .createEmailTemplate(b -> b.templateName(name).templateContent(content(now)));
    return Physical.of(name, "Id", name);
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    context
        .client(SesV2Client.class)
        .updateEmailTemplate(b -> b.templateName(physical.id()).templateContent(content(now)));
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context.client(SesV2Client.class).deleteEmailTemplate(b -> b.templateName(physical.id()));
  }

  private static EmailTemplateContent content(Properties now) {
    Properties template = now.in("Template");
    return EmailTemplateContent.builder()
        .subject(template.textOrNull("SubjectPart"))
        .text(template.textOrNull("TextPart"))
        .html(template.textOrNull("HtmlPart"))
        .build();
  }
}
