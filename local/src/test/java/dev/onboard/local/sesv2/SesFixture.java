package dev.onboard.local.sesv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.onboard.local.Rooms;
import dev.onboard.local.call.AwsErrors;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.EventType;

/** A mail service for one test, with a verified domain, and a bus that remembers its events. */
abstract class SesFixture {
  static final String SENDER = "Onboard <hello@example.com>";

  @TempDir Path folder;
  Rooms rooms;
  SesV2Client ses;
  SentMails sent;
  final RecordingBus bus = new RecordingBus();

  @BeforeEach
  void open() {
    start();
    ses.createEmailIdentity(b -> b.emailIdentity("example.com"));
  }

  void start() {
    rooms = Rooms.open(folder, env -> List.of(new LocalSesV2(env), bus));
    ses = rooms.client(SesV2Client.class);
    sent = new SentMails(rooms.store);
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  void configurationSet(String name, EventType... types) {
    ses.createConfigurationSet(b -> b.configurationSetName(name));
    ses.createConfigurationSetEventDestination(b ->
        b.configurationSetName(name)
            .eventDestinationName("bus")
            .eventDestination(d ->
                d.enabled(true)
                    .matchingEventTypes(types)
                    .eventBridgeDestination(e ->
                        e.eventBusArn("arn:aws:events:us-east-1:000000000000:event-bus/default"))));
  }

  void template(String name, String subject, String text, String html) {
    ses.createEmailTemplate(
        b -> b.templateName(name).templateContent(c -> c.subject(subject).text(text).html(html)));
  }

  String send(String to) {
    return ses.sendEmail(b ->
            b.fromEmailAddress(SENDER)
                .configurationSetName("set")
                .destination(d -> d.toAddresses(to))
                .emailTags(t -> t.name("eventId").value("abc"))
                .content(c ->
                    c.simple(m ->
                        m.subject(s -> s.data("Hello"))
                            .body(x -> x.text(t -> t.data("Hi there"))))))
        .messageId();
  }

  static void assertError(ThrowingCallable call, String code, String message) {
    AwsServiceException e = catchThrowableOfType(AwsServiceException.class, call);
    assertThat(e).as("the error").isNotNull();
    assertThat(AwsErrors.code(e) + ": " + AwsErrors.message(e)).isEqualTo(code + ": " + message);
  }
}
