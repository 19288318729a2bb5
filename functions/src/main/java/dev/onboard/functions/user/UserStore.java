package dev.onboard.functions.user;

import java.util.Collection;
import java.util.Map;

/** Where users are kept, by e-mail address. */
public interface UserStore {

  /**
   * Stores those users whose address is new.
   *
   * @return the users that stood in the way, by address; who is not in it was stored
   */
  Map<String, User> insert(Collection<User> users);

  /** Notes that a registered user's event was accepted by the bus. */
  void markPublished(String email, String at);
}
