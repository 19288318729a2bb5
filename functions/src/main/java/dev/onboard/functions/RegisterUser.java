package dev.onboard.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.functions.event.BusPublisher;
import dev.onboard.functions.event.UserEvents;
import dev.onboard.functions.event.UserEvents.Registration;
import dev.onboard.functions.log.Log;
import dev.onboard.functions.time.Pause;
import dev.onboard.functions.user.DynamoUserStore;
import dev.onboard.functions.user.Registrar;
import dev.onboard.functions.user.UserPublisher;
import dev.onboard.functions.user.UserStore;
import java.time.Clock;

/** Target of the rule for UserRegistered events: makes a user of each and publishes UserCreated. */
public final class RegisterUser extends JsonFunction {

  private final Registrar registrar;

  /** Made by Lambda. */
  public RegisterUser() {
    this(
        new DynamoUserStore(Clients.dynamoDb(), Environment.text("USERS_TABLE"), Pause.REAL),
        new BusPublisher(Clients.eventBridge(), Environment.text("EVENT_BUS")),
        Clock.systemUTC());
  }

  RegisterUser(UserStore users, UserPublisher publisher, Clock clock) {
    this.registrar = new Registrar(users, publisher, clock);
  }

  @Override
  JsonNode handle(JsonNode event, Log log, Context context) {
    Registration registration = UserEvents.registration(event);
    Registrar.Outcome outcome =
        registrar.register(
            registration.person(),
            registration.eventId(),
            registration.occurredAt(),
            registration.correlationId());
    log.correlated(registration.correlationId())
        .info("registered", "outcome", outcome, "source", Json.optional(event, "source"));
    return Json.object().put("outcome", outcome.name());
  }
}
