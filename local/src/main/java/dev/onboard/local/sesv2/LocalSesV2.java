package dev.onboard.local.sesv2;

import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Tx;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.CreateConfigurationSetEventDestinationRequest;
import software.amazon.awssdk.services.sesv2.model.CreateConfigurationSetEventDestinationResponse;
import software.amazon.awssdk.services.sesv2.model.CreateConfigurationSetRequest;
import software.amazon.awssdk.services.sesv2.model.CreateConfigurationSetResponse;
import software.amazon.awssdk.services.sesv2.model.CreateEmailIdentityRequest;
import software.amazon.awssdk.services.sesv2.model.CreateEmailIdentityResponse;
import software.amazon.awssdk.services.sesv2.model.CreateEmailTemplateRequest;
import software.amazon.awssdk.services.sesv2.model.CreateEmailTemplateResponse;
import software.amazon.awssdk.services.sesv2.model.DeleteConfigurationSetEventDestinationRequest;
import software.amazon.awssdk.services.sesv2.model.DeleteConfigurationSetEventDestinationResponse;
import software.amazon.awssdk.services.sesv2.model.DeleteConfigurationSetRequest;
import software.amazon.awssdk.services.sesv2.model.DeleteConfigurationSetResponse;
import software.amazon.awssdk.services.sesv2.model.DeleteEmailIdentityRequest;
import software.amazon.awssdk.services.sesv2.model.DeleteEmailIdentityResponse;
import software.amazon.awssdk.services.sesv2.model.DeleteEmailTemplateRequest;
import software.amazon.awssdk.services.sesv2.model.DeleteEmailTemplateResponse;
import software.amazon.awssdk.services.sesv2.model.DeleteSuppressedDestinationRequest;
import software.amazon.awssdk.services.sesv2.model.DeleteSuppressedDestinationResponse;
import software.amazon.awssdk.services.sesv2.model.DeliveryOptions;
import software.amazon.awssdk.services.sesv2.model.EmailTemplateContent;
import software.amazon.awssdk.services.sesv2.model.EmailTemplateMetadata;
import software.amazon.awssdk.services.sesv2.model.EventDestination;
import software.amazon.awssdk.services.sesv2.model.GetAccountRequest;
import software.amazon.awssdk.services.sesv2.model.GetAccountResponse;
import software.amazon.awssdk.services.sesv2.model.GetConfigurationSetEventDestinationsRequest;
import software.amazon.awssdk.services.sesv2.model.GetConfigurationSetEventDestinationsResponse;
import software.amazon.awssdk.services.sesv2.model.GetConfigurationSetRequest;
import software.amazon.awssdk.services.sesv2.model.GetConfigurationSetResponse;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityRequest;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityResponse;
import software.amazon.awssdk.services.sesv2.model.GetEmailTemplateRequest;
import software.amazon.awssdk.services.sesv2.model.GetEmailTemplateResponse;
import software.amazon.awssdk.services.sesv2.model.GetSuppressedDestinationRequest;
import software.amazon.awssdk.services.sesv2.model.GetSuppressedDestinationResponse;
import software.amazon.awssdk.services.sesv2.model.IdentityInfo;
import software.amazon.awssdk.services.sesv2.model.ListConfigurationSetsRequest;
import software.amazon.awssdk.services.sesv2.model.ListConfigurationSetsResponse;
import software.amazon.awssdk.services.sesv2.model.ListEmailIdentitiesRequest;
import software.amazon.awssdk.services.sesv2.model.ListEmailIdentitiesResponse;
import software.amazon.awssdk.services.sesv2.model.ListEmailTemplatesRequest;
import software.amazon.awssdk.services.sesv2.model.ListEmailTemplatesResponse;
import software.amazon.awssdk.services.sesv2.model.ListSuppressedDestinationsRequest;
import software.amazon.awssdk.services.sesv2.model.ListSuppressedDestinationsResponse;
import software.amazon.awssdk.services.sesv2.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.sesv2.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.sesv2.model.PutAccountSendingAttributesRequest;
import software.amazon.awssdk.services.sesv2.model.PutAccountSendingAttributesResponse;
import software.amazon.awssdk.services.sesv2.model.PutAccountSuppressionAttributesRequest;
import software.amazon.awssdk.services.sesv2.model.PutAccountSuppressionAttributesResponse;
import software.amazon.awssdk.services.sesv2.model.PutConfigurationSetDeliveryOptionsRequest;
import software.amazon.awssdk.services.sesv2.model.PutConfigurationSetDeliveryOptionsResponse;
import software.amazon.awssdk.services.sesv2.model.PutConfigurationSetReputationOptionsRequest;
import software.amazon.awssdk.services.sesv2.model.PutConfigurationSetReputationOptionsResponse;
import software.amazon.awssdk.services.sesv2.model.PutConfigurationSetSendingOptionsRequest;
import software.amazon.awssdk.services.sesv2.model.PutConfigurationSetSendingOptionsResponse;
import software.amazon.awssdk.services.sesv2.model.PutConfigurationSetSuppressionOptionsRequest;
import software.amazon.awssdk.services.sesv2.model.PutConfigurationSetSuppressionOptionsResponse;
import software.amazon.awssdk.services.sesv2.model.PutEmailIdentityConfigurationSetAttributesRequest;
import software.amazon.awssdk.services.sesv2.model.PutEmailIdentityConfigurationSetAttributesResponse;
import software.amazon.awssdk.services.sesv2.model.PutEmailIdentityFeedbackAttributesRequest;
import software.amazon.awssdk.services.sesv2.model.PutEmailIdentityFeedbackAttributesResponse;
import software.amazon.awssdk.services.sesv2.model.PutSuppressedDestinationRequest;
import software.amazon.awssdk.services.sesv2.model.PutSuppressedDestinationResponse;
import software.amazon.awssdk.services.sesv2.model.SendBulkEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SendBulkEmailResponse;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SendEmailResponse;
import software.amazon.awssdk.services.sesv2.model.SuppressedDestination;
import software.amazon.awssdk.services.sesv2.model.SuppressedDestinationSummary;
import software.amazon.awssdk.services.sesv2.model.Tag;
import software.amazon.awssdk.services.sesv2.model.TagResourceRequest;
import software.amazon.awssdk.services.sesv2.model.TagResourceResponse;
import software.amazon.awssdk.services.sesv2.model.TestRenderEmailTemplateRequest;
import software.amazon.awssdk.services.sesv2.model.TestRenderEmailTemplateResponse;
import software.amazon.awssdk.services.sesv2.model.UntagResourceRequest;
import software.amazon.awssdk.services.sesv2.model.UntagResourceResponse;
import software.amazon.awssdk.services.sesv2.model.UpdateConfigurationSetEventDestinationRequest;
import software.amazon.awssdk.services.sesv2.model.UpdateConfigurationSetEventDestinationResponse;
import software.amazon.awssdk.services.sesv2.model.UpdateEmailTemplateRequest;
import software.amazon.awssdk.services.sesv2.model.UpdateEmailTemplateResponse;

/** SES v2: its SDK contract; mails are kept in the store and read through {@link SentMails}. */
public final class LocalSesV2 implements SesV2Client {
  private final Environment env;
  private final Account account;
  private final Identities identities = new Identities();
  private final Templates templates;
  private final Suppression suppression;
  private final ConfigurationSets configurationSets;
  private final Tagging tagging;
  private final Mailing mailing;

  public LocalSesV2(Environment env) {
    this.env = env;
    env.store().migrate("ses", Schema.VERSIONS);
    this.account = new Account(env.store());
    this.templates = new Templates(env.store());
    this.suppression = new Suppression(env.store());
    this.configurationSets =
        new ConfigurationSets(env.store(), env.arn("events", "event-bus/default"));
    this.tagging = new Tagging(env.arn("ses", ""), identities, configurationSets);
    this.mailing =
        new Mailing(
            env,
            new Dispatch.Tables(account, identities, configurationSets, templates, suppression));
  }

  @Override
  public String serviceName() {
    return "ses";
  }

  @Override
  public void close() {
    // Nothing is held open.
  }

  private <T extends @Nullable Object> T read(Function<Tx, T> work) {
    return env.store().read(work::apply);
  }

  private void write(Consumer<Tx> work) {
    env.store()
        .write(tx -> {
          work.accept(tx);
          return null;
        });
  }

  @Override
  public SendEmailResponse sendEmail(SendEmailRequest request) {
    return SendEmailResponse.builder().messageId(mailing.send(request)).build();
  }

  @Override
  public SendBulkEmailResponse sendBulkEmail(SendBulkEmailRequest request) {
    return SendBulkEmailResponse.builder().bulkEmailEntryResults(mailing.sendBulk(request)).build();
  }

  @Override
  public CreateEmailIdentityResponse createEmailIdentity(CreateEmailIdentityRequest request) {
    GetEmailIdentityResponse identity =
        env.store()
            .write(tx -> {
              if (request.configurationSetName() != null) {
                configurationSets.get(tx, request.configurationSetName());
              }
              return identities.create(tx, request);
            });
    return CreateEmailIdentityResponse.builder()
        .identityType(identity.identityType())
        .verifiedForSendingStatus(identity.verifiedForSendingStatus())
        .dkimAttributes(identity.dkimAttributes())
        .build();
  }

  @Override
  public GetEmailIdentityResponse getEmailIdentity(GetEmailIdentityRequest request) {
    return read(tx -> identities.get(tx, request.emailIdentity()));
  }

  @Override
  public DeleteEmailIdentityResponse deleteEmailIdentity(DeleteEmailIdentityRequest request) {
    write(tx -> identities.delete(tx, request.emailIdentity()));
    return DeleteEmailIdentityResponse.builder().build();
  }

  @Override
  public ListEmailIdentitiesResponse listEmailIdentities(ListEmailIdentitiesRequest request) {
    Page page = Page.of(request.nextToken(), request.pageSize());
    List<IdentityInfo> found = read(tx -> identities.list(tx, page));
    return ListEmailIdentitiesResponse.builder()
        .emailIdentities(page.entries(found))
        .nextToken(page.next(found, IdentityInfo::identityName))
        .build();
  }

  @Override
  public PutEmailIdentityConfigurationSetAttributesResponse
      putEmailIdentityConfigurationSetAttributes(
          PutEmailIdentityConfigurationSetAttributesRequest request) {
    write(tx -> {
      if (request.configurationSetName() != null) {
        configurationSets.get(tx, request.configurationSetName());
      }
      identities.change(
          tx, request.emailIdentity(), i -> i.configurationSetName(request.configurationSetName()));
    });
    return PutEmailIdentityConfigurationSetAttributesResponse.builder().build();
  }

  @Override
  public PutEmailIdentityFeedbackAttributesResponse putEmailIdentityFeedbackAttributes(
      PutEmailIdentityFeedbackAttributesRequest request) {
    write(tx ->
        identities.change(
            tx,
            request.emailIdentity(),
            i ->
                i.feedbackForwardingStatus(Boolean.TRUE.equals(request.emailForwardingEnabled()))));
    return PutEmailIdentityFeedbackAttributesResponse.builder().build();
  }

  @Override
  public CreateEmailTemplateResponse createEmailTemplate(CreateEmailTemplateRequest request) {
    write(tx ->
        templates.create(tx, request.templateName(), request.templateContent(), env.clock().now()));
    return CreateEmailTemplateResponse.builder().build();
  }

  @Override
  public GetEmailTemplateResponse getEmailTemplate(GetEmailTemplateRequest request) {
    EmailTemplateContent content = read(tx -> templates.get(tx, request.templateName()));
    return GetEmailTemplateResponse.builder()
        .templateName(request.templateName())
        .templateContent(content)
        .build();
  }

  @Override
  public UpdateEmailTemplateResponse updateEmailTemplate(UpdateEmailTemplateRequest request) {
    write(tx -> templates.update(tx, request.templateName(), request.templateContent()));
    return UpdateEmailTemplateResponse.builder().build();
  }

  @Override
  public DeleteEmailTemplateResponse deleteEmailTemplate(DeleteEmailTemplateRequest request) {
    write(tx -> templates.delete(tx, request.templateName()));
    return DeleteEmailTemplateResponse.builder().build();
  }

  @Override
  public ListEmailTemplatesResponse listEmailTemplates(ListEmailTemplatesRequest request) {
    Page page = Page.of(request.nextToken(), request.pageSize());
    List<EmailTemplateMetadata> found = read(tx -> templates.list(tx, page));
    return ListEmailTemplatesResponse.builder()
        .templatesMetadata(page.entries(found))
        .nextToken(page.next(found, EmailTemplateMetadata::templateName))
        .build();
  }

  @Override
  public TestRenderEmailTemplateResponse testRenderEmailTemplate(
      TestRenderEmailTemplateRequest request) {
    EmailTemplateContent content = read(tx -> templates.get(tx, request.templateName()));
    try {
      Renderer.Rendered rendered =
          Renderer.of(content).render(Renderer.data(request.templateData()));
      String id = MessageIds.next(env.clock().now());
      Letter letter =
          Letter.preview(
              rendered.subject(), rendered.text(), rendered.html(), id, env.clock().now());
      return TestRenderEmailTemplateResponse.builder().renderedTemplate(letter.mime(id)).build();
    } catch (Handlebars.MissingAttribute e) {
      throw SesErrors.badRequest(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public CreateConfigurationSetResponse createConfigurationSet(
      CreateConfigurationSetRequest request) {
    write(tx -> configurationSets.create(tx, request));
    return CreateConfigurationSetResponse.builder().build();
  }

  @Override
  public GetConfigurationSetResponse getConfigurationSet(GetConfigurationSetRequest request) {
    return read(tx -> configurationSets.get(tx, request.configurationSetName()));
  }

  @Override
  public DeleteConfigurationSetResponse deleteConfigurationSet(
      DeleteConfigurationSetRequest request) {
    write(tx -> configurationSets.delete(tx, request.configurationSetName()));
    return DeleteConfigurationSetResponse.builder().build();
  }

  @Override
  public ListConfigurationSetsResponse listConfigurationSets(ListConfigurationSetsRequest request) {
    Page page = Page.of(request.nextToken(), request.pageSize());
    List<String> found = read(tx -> configurationSets.list(tx, page));
    return ListConfigurationSetsResponse.builder()
        .configurationSets(page.entries(found))
        .nextToken(page.next(found, name -> name))
        .build();
  }

  private void change(String set, UnaryOperator<GetConfigurationSetResponse.Builder> change) {
    write(tx -> configurationSets.change(tx, set, change));
  }

  @Override
  public PutConfigurationSetSendingOptionsResponse putConfigurationSetSendingOptions(
      PutConfigurationSetSendingOptionsRequest request) {
    change(
        request.configurationSetName(),
        s ->
            s.sendingOptions(o -> o.sendingEnabled(Boolean.TRUE.equals(request.sendingEnabled()))));
    return PutConfigurationSetSendingOptionsResponse.builder().build();
  }

  @Override
  public PutConfigurationSetReputationOptionsResponse putConfigurationSetReputationOptions(
      PutConfigurationSetReputationOptionsRequest request) {
    boolean enabled = Boolean.TRUE.equals(request.reputationMetricsEnabled());
    change(
        request.configurationSetName(),
        s -> s.reputationOptions(o -> o.reputationMetricsEnabled(enabled)));
    return PutConfigurationSetReputationOptionsResponse.builder().build();
  }

  @Override
  public PutConfigurationSetSuppressionOptionsResponse putConfigurationSetSuppressionOptions(
      PutConfigurationSetSuppressionOptionsRequest request) {
    change(
        request.configurationSetName(),
        s -> s.suppressionOptions(o -> o.suppressedReasons(request.suppressedReasons())));
    return PutConfigurationSetSuppressionOptionsResponse.builder().build();
  }

  @Override
  public PutConfigurationSetDeliveryOptionsResponse putConfigurationSetDeliveryOptions(
      PutConfigurationSetDeliveryOptionsRequest request) {
    DeliveryOptions options =
        DeliveryOptions.builder()
            .tlsPolicy(request.tlsPolicy())
            .sendingPoolName(request.sendingPoolName())
            .maxDeliverySeconds(request.maxDeliverySeconds())
            .build();
    ConfigurationSets.checkDelivery("PutConfigurationSetDeliveryOptions", options);
    change(request.configurationSetName(), s -> s.deliveryOptions(options));
    return PutConfigurationSetDeliveryOptionsResponse.builder().build();
  }

  @Override
  public CreateConfigurationSetEventDestinationResponse createConfigurationSetEventDestination(
      CreateConfigurationSetEventDestinationRequest request) {
    write(tx ->
        configurationSets.addDestination(
            tx,
            request.configurationSetName(),
            request.eventDestinationName(),
            request.eventDestination()));
    return CreateConfigurationSetEventDestinationResponse.builder().build();
  }

  @Override
  public UpdateConfigurationSetEventDestinationResponse updateConfigurationSetEventDestination(
      UpdateConfigurationSetEventDestinationRequest request) {
    write(tx ->
        configurationSets.changeDestination(
            tx,
            request.configurationSetName(),
            request.eventDestinationName(),
            request.eventDestination()));
    return UpdateConfigurationSetEventDestinationResponse.builder().build();
  }

  @Override
  public DeleteConfigurationSetEventDestinationResponse deleteConfigurationSetEventDestination(
      DeleteConfigurationSetEventDestinationRequest request) {
    write(tx ->
        configurationSets.removeDestination(
            tx, request.configurationSetName(), request.eventDestinationName()));
    return DeleteConfigurationSetEventDestinationResponse.builder().build();
  }

  @Override
  public GetConfigurationSetEventDestinationsResponse getConfigurationSetEventDestinations(
      GetConfigurationSetEventDestinationsRequest request) {
    List<EventDestination> destinations =
        read(tx -> {
          configurationSets.get(tx, request.configurationSetName());
          return configurationSets.destinations(tx, request.configurationSetName());
        });
    return GetConfigurationSetEventDestinationsResponse.builder()
        .eventDestinations(destinations)
        .build();
  }

  @Override
  public PutSuppressedDestinationResponse putSuppressedDestination(
      PutSuppressedDestinationRequest request) {
    write(tx -> suppression.put(tx, request.emailAddress(), request.reason(), env.clock().now()));
    return PutSuppressedDestinationResponse.builder().build();
  }

  @Override
  public GetSuppressedDestinationResponse getSuppressedDestination(
      GetSuppressedDestinationRequest request) {
    SuppressedDestination found = read(tx -> suppression.get(tx, request.emailAddress()));
    return GetSuppressedDestinationResponse.builder().suppressedDestination(found).build();
  }

  @Override
  public DeleteSuppressedDestinationResponse deleteSuppressedDestination(
      DeleteSuppressedDestinationRequest request) {
    write(tx -> suppression.delete(tx, request.emailAddress()));
    return DeleteSuppressedDestinationResponse.builder().build();
  }

  @Override
  public ListSuppressedDestinationsResponse listSuppressedDestinations(
      ListSuppressedDestinationsRequest request) {
    Page page = Page.of(request.nextToken(), request.pageSize());
    List<SuppressedDestinationSummary> found = read(tx -> suppression.list(tx, request, page));
    return ListSuppressedDestinationsResponse.builder()
        .suppressedDestinationSummaries(page.entries(found))
        .nextToken(page.next(found, SuppressedDestinationSummary::emailAddress))
        .build();
  }

  @Override
  public GetAccountResponse getAccount(GetAccountRequest request) {
    return read(tx -> account.get(tx, env.clock().now()));
  }

  @Override
  public PutAccountSendingAttributesResponse putAccountSendingAttributes(
      PutAccountSendingAttributesRequest request) {
    write(tx ->
        account.change(tx, a -> a.sendingEnabled(Boolean.TRUE.equals(request.sendingEnabled()))));
    return PutAccountSendingAttributesResponse.builder().build();
  }

  @Override
  public PutAccountSuppressionAttributesResponse putAccountSuppressionAttributes(
      PutAccountSuppressionAttributesRequest request) {
    write(tx ->
        account.change(
            tx,
            a -> a.suppressionAttributes(s -> s.suppressedReasons(request.suppressedReasons()))));
    return PutAccountSuppressionAttributesResponse.builder().build();
  }

  @Override
  public TagResourceResponse tagResource(TagResourceRequest request) {
    write(tx -> tagging.tag(tx, request.resourceArn(), request.tags()));
    return TagResourceResponse.builder().build();
  }

  @Override
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    write(tx -> tagging.untag(tx, request.resourceArn(), request.tagKeys()));
    return UntagResourceResponse.builder().build();
  }

  @Override
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    List<Tag> tags = read(tx -> tagging.tags(tx, request.resourceArn()));
    return ListTagsForResourceResponse.builder().tags(tags).build();
  }
}
