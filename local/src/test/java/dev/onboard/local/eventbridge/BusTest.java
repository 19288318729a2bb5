package dev.onboard.local.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onboard.local.Rooms;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Principal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** A bus between twins of the services that targets belong to. */
abstract class BusTest {
  static final String ROLE = "arn:aws:iam::000000000000:role/deliver";

  @TempDir Path folder;
  Rooms rooms;
  EventBridgeClient events;

  @BeforeEach
  void open() {
    rooms =
        Rooms.open(
            folder,
            env -> {
              var all = new ArrayList<SdkClient>(new Receivers(env).all());
              all.add(new LocalEventBridge(env));
              return all;
            });
    events = rooms.client(EventBridgeClient.class);
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  /** Closes and opens again over the same folder. */
  void restart() {
    rooms.close();
    open();
  }

  void rule(String name, String pattern, Target... targets) {
    ruleOn("default", name, pattern, targets);
  }

  void ruleOn(String bus, String name, String pattern, Target... targets) {
    events.putRule(r -> r.eventBusName(bus).name(name).eventPattern(pattern));
    if (targets.length > 0) {
      events.putTargets(r -> r.eventBusName(bus).rule(name).targets(targets));
    }
  }

  String put(String source, String detail) {
    return putOn("default", source, detail);
  }

  String putOn(String bus, String source, String detail) {
    var result = events.putEvents(r -> r.entries(entry(bus, source, detail)));
    assertThat(result.failedEntryCount()).isZero();
    return result.entries().getFirst().eventId();
  }

  static PutEventsRequestEntry entry(String bus, String source, String detail) {
    return PutEventsRequestEntry.builder()
        .eventBusName(bus)
        .source(source)
        .detailType("Test")
        .detail(detail)
        .build();
  }

  List<Receivers.Received> received(String receiver) {
    return Receivers.of(rooms.store, receiver);
  }

  List<String> bodies(String receiver) {
    return received(receiver).stream().map(Receivers.Received::body).toList();
  }

  BusTrail trail() {
    return new BusTrail(rooms.store);
  }

  BusTrail.Delivery only(String eventId) {
    List<BusTrail.Delivery> deliveries = trail().find(eventId).orElseThrow().deliveries();
    assertThat(deliveries).hasSize(1);
    return deliveries.getFirst();
  }

  static Target.Builder target(String id, String arn) {
    return Target.builder().id(id).arn(arn);
  }

  static Target queue(String name) {
    return target(name, queueArn(name)).build();
  }

  static String queueArn(String name) {
    return "arn:aws:sqs:us-east-1:000000000000:" + name;
  }

  static String busArn(String name) {
    return "arn:aws:events:us-east-1:000000000000:event-bus/" + name;
  }

  EventBridgeClient as(String service) {
    return rooms.client(EventBridgeClient.class, new Principal.Service(service));
  }

  static AwsServiceException unavailable() {
    return AwsErrors.error(AwsServiceException.builder(), 503, "ServiceUnavailable", "not now");
  }

  static void assertRefused(ThrowingCallable call, String code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            e -> {
              assertThat(AwsErrors.code(e)).isEqualTo(code);
              assertThat(AwsErrors.message(e)).isEqualTo(message);
              assertThat(e.statusCode()).isEqualTo(400);
            });
  }
}
