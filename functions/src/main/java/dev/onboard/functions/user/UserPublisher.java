package dev.onboard.functions.user;

import org.jspecify.annotations.Nullable;

/** Tells the bus of a user. */
@FunctionalInterface
public interface UserPublisher {

  /** Publishes the user's UserCreated event or throws if the bus did not accept it. */
  void publish(User user, @Nullable String correlationId, @Nullable String causationId);
}
