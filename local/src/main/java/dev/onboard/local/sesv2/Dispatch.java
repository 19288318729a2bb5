package dev.onboard.local.sesv2;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Store;
import dev.onboard.local.store.Tx;
import dev.onboard.local.usage.Meter;
import dev.onboard.local.usage.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sesv2.model.GetAccountResponse;
import software.amazon.awssdk.services.sesv2.model.GetConfigurationSetResponse;

/**
 * The mails of one call on their way: what holds for all of them, checked once.
 *
 * <p>They are composed in a read, and kept in a short write after it, for nobody else can write
 * meanwhile.
 */
final class Dispatch {
  private final Store store;
  private final Meter meter;
  private final Tx tx;
  private final Instant now;
  private final Suppression suppression;
  private final Outbox outbox = new Outbox();
  private final String identity;
  private final @Nullable String configurationSet;
  private final List<String> suppressedReasons;
  private final MailEvents events;
  private final List<Outbox.Sent> sent = new ArrayList<>();

  /** The tables that sending looks at. */
  record Tables(
      Account account,
      Identities identities,
      ConfigurationSets configurationSets,
      Templates templates,
      Suppression suppression) {}

  Dispatch(
      Environment env,
      EventBridgeClient eventBridge,
      Tables tables,
      Tx tx,
      String from,
      @Nullable String requestedSet) {
    this.store = env.store();
    this.meter = env.meter();
    this.tx = tx;
    this.now = env.clock().now();
    this.suppression = tables.suppression();
    GetAccountResponse account = tables.account().settings(tx);
    if (!account.sendingEnabled()) {
      throw SesErrors.paused("Email sending is disabled for your account.");
    }
    Addresses.check(from);
    Identities.Sender sender =
        tables
            .identities()
            .sender(tx, Addresses.bare(from))
            .orElseThrow(() -> notVerified(env.region(), Addresses.bare(from)));
    this.identity = sender.identity();
    this.configurationSet = requestedSet == null ? sender.configurationSet() : requestedSet;
    @Nullable GetConfigurationSetResponse set =
        configurationSet == null ? null : tables.configurationSets().get(tx, configurationSet);
    if (set != null && Boolean.FALSE.equals(set.sendingOptions().sendingEnabled())) {
      throw SesErrors.paused(
          "Email sending is disabled for the configuration set <" + configurationSet + ">.");
    }
    this.suppressedReasons =
        set != null && set.suppressionOptions() != null
            ? set.suppressionOptions().suppressedReasonsAsStrings()
            : account.suppressionAttributes().suppressedReasonsAsStrings();
    this.events =
        new MailEvents(
            env, eventBridge, tables.configurationSets().published(tx, configurationSet));
  }

  private static RuntimeException notVerified(String region, String from) {
    return SesErrors.rejected(
        "Email address is not verified. The following identities failed the check in region "
            + region.toUpperCase(Locale.ROOT)
            + ": "
            + from);
  }

  @Nullable String configurationSet() {
    return configurationSet;
  }

  /** What a mail says, before it has an id. */
  sealed interface Content {}

  record Simple(String subject, @Nullable String text, @Nullable String html, List<Header> headers)
      implements Content {}

  record Raw(Letter letter) implements Content {}

  record Templated(String template, Renderer renderer, JsonNode data, List<Header> headers)
      implements Content {}

  /** Sends a mail; answers its id. */
  String send(Envelope envelope, Content content) {
    String id = MessageIds.next(now);
    switch (content) {
      case Raw raw -> send(envelope, raw.letter(), id, raw.letter().headers());
      case Simple simple -> {
        Letter letter =
            Letter.compose(
                envelope,
                simple.subject(),
                simple.text(),
                simple.html(),
                simple.headers(),
                id,
                now);
        send(envelope, letter, id, letter.headers());
      }
      case Templated templated -> send(envelope, templated, id);
    }
    return id;
  }

  /** As on AWS the mail is accepted before it is rendered: a failure is an event, not an error. */
  private void send(Envelope envelope, Templated content, String id) {
    List<Header> known =
        List.of(
            new Header("From", envelope.from()),
            new Header("To", String.join(", ", envelope.to())),
            new Header("MIME-Version", "1.0"));
    Renderer.Rendered rendered;
    try {
      rendered = content.renderer().render(content.data());
    } catch (Handlebars.MissingAttribute e) {
      events
          .describe(envelope, identity, id, known)
          .notRendered(content.template(), e.getMessage());
      return;
    }
    Letter letter =
        Letter.compose(
            envelope,
            rendered.subject(),
            rendered.text(),
            rendered.html(),
            content.headers(),
            id,
            now);
    send(envelope, letter, id, letter.headers());
  }

  private void send(Envelope envelope, Letter letter, String id, List<Header> headers) {
    if (letter.isBad()) {
      events.describe(envelope, identity, id, headers).rejected("Bad content");
      return;
    }
    sent.add(new Outbox.Sent(envelope, letter, id));
    if (!events.wanted()) {
      return;
    }
    MailEvents.Described mail = events.describe(envelope, identity, id, headers);
    mail.sent();
    deliver(envelope, mail);
  }

  private void deliver(Envelope envelope, MailEvents.Described mail) {
    var delivered = new ArrayList<String>();
    var later = new ArrayList<Runnable>();
    for (String written : envelope.recipients()) {
      String address = Addresses.bare(written);
      if (suppression.suppressed(tx, address, suppressedReasons)) {
        later.add(() -> mail.bounced(address, Bounce.SUPPRESSED_BY_ACCOUNT));
        continue;
      }
      switch (Bounce.Fate.of(address)) {
        case DELIVERED -> delivered.add(address);
        case BOUNCED -> later.add(() -> mail.bounced(address, Bounce.UNKNOWN_USER));
        case SUPPRESSED -> later.add(() -> mail.bounced(address, Bounce.SUPPRESSED));
        case COMPLAINED -> {
          delivered.add(address);
          later.add(() -> mail.complained(address));
        }
        case ANSWERED -> {
          delivered.add(address);
          later.add(() -> mail.bounced(address, Bounce.OUT_OF_OFFICE));
        }
      }
    }
    if (!delivered.isEmpty()) {
      mail.delivered(delivered);
    }
    later.forEach(Runnable::run);
  }

  /** Keeps all mails sent and publishes their events, or neither. */
  void finish() {
    store.together(() -> {
      events.publish();
      return store.write(tx -> {
        outbox.keep(tx, sent, now);
        int mails = sent.stream().mapToInt(mail -> mail.envelope().recipients().size()).sum();
        store.afterCommit(() -> meter.add(Usage.MAILS, "", mails));
        return null;
      });
    });
  }
}
