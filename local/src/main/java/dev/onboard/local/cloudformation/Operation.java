package dev.onboard.local.cloudformation;

import dev.onboard.local.call.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is being done to a stack; kept with it, so that it goes on after a restart.
 *
 * @param previous what the stack was, for an update
 * @param failure why it is being rolled back
 * @param retain the resources that a deletion leaves alone
 * @param skip the resources that a rollback leaves alone
 * @param paused whether it waits for the user to have its rollback continued
 */
record Operation(
    String id,
    Kind kind,
    Phase phase,
    Deployer deployer,
    @Nullable Target previous,
    OnFailure onFailure,
    boolean retainExceptOnCreate,
    List<String> retain,
    List<String> skip,
    @Nullable String token,
    @Nullable String failure,
    boolean paused) {

  enum Kind {
    CREATE,
    UPDATE,
    DELETE
  }

  /** How far it has come. */
  enum Phase {
    FORWARD,
    ROLLBACK,
    CLEANUP,
    ROLLBACK_CLEANUP,
    DELETE
  }

  enum OnFailure {
    ROLLBACK,
    DO_NOTHING,
    DELETE
  }

  /** A principal as it is kept. */
  record Deployer(String kind, String first, String second) {
    static Deployer of(Principal principal) {
      return switch (principal) {
        case Principal.User user -> new Deployer("user", user.account(), user.name());
        case Principal.RoleSession session ->
            new Deployer("role", session.roleArn(), session.sessionName());
        case Principal.Service service -> new Deployer("service", service.host(), "");
      };
    }

    Principal principal() {
      return switch (kind) {
        case "user" -> new Principal.User(first, second);
        case "role" -> new Principal.RoleSession(first, second);
        default -> new Principal.Service(first);
      };
    }
  }

  Operation in(Phase phase) {
    return new Operation(
        id,
        kind,
        phase,
        deployer,
        previous,
        onFailure,
        retainExceptOnCreate,
        retain,
        skip,
        token,
        failure,
        false);
  }

  Operation failed(String failure) {
    return new Operation(
        id,
        kind,
        phase,
        deployer,
        previous,
        onFailure,
        retainExceptOnCreate,
        retain,
        skip,
        token,
        failure,
        paused);
  }

  Operation pausing() {
    return new Operation(
        id,
        kind,
        phase,
        deployer,
        previous,
        onFailure,
        retainExceptOnCreate,
        retain,
        skip,
        token,
        failure,
        true);
  }

  Operation continued(List<String> skip, @Nullable String token) {
    return new Operation(
        id,
        kind,
        phase,
        deployer,
        previous,
        onFailure,
        retainExceptOnCreate,
        retain,
        skip,
        token,
        failure,
        false);
  }
}
