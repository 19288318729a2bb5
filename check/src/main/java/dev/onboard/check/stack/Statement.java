package dev.onboard.check.stack;

import dev.onboard.check.doc.Place;
import dev.onboard.check.doc.Tree;
import java.util.List;
import java.util.Optional;

/**
 * A statement of a policy.
 *
 * @param allow whether it allows; else it denies
 * @param services the services that it is for; none if it is for principals of other kinds alone
 * @param everyone whether it is for whoever the policy belongs to or for everyone
 * @param resources nothing if it says what it is not for, or says nothing
 * @param conditions nothing if there are none
 */
public record Statement(
    Place place,
    boolean allow,
    List<String> services,
    boolean everyone,
    Optional<List<String>> actions,
    Optional<List<Text>> resources,
    Optional<Tree> conditions) {
  public Statement {
    services = List.copyOf(services);
  }
}
