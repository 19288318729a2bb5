package dev.onboard.local.iam;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import dev.onboard.local.store.Cached;
import dev.onboard.local.store.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.ExpiredTokenException;
import software.amazon.awssdk.services.sts.model.StsException;

/** Access keys: whom they belong to, and those that are made for the sessions of roles. */
public final class Credentials {
  /** The key whose user may do everything; its secret is the same word. */
  public static final String ADMINISTRATOR_KEY = "test";

  private final Environment env;
  private final Cached<String, Optional<Session>> sessions;

  public Credentials(Environment env) {
    this.env = env;
    this.sessions = new Cached<>(env.store(), "iam_session");
    IamStore.migrate(env.store());
  }

  /**
   * Whom a key belongs to.
   *
   * @param sessionToken the token that keys of sessions come with
   * @throws RuntimeException AWS's errors InvalidClientTokenId and ExpiredToken
   */
  public Principal principalOf(String accessKeyId, @Nullable String sessionToken) {
    if (accessKeyId.equals(ADMINISTRATOR_KEY)) {
      return new Principal.User(env.account(), Users.ADMINISTRATOR);
    }
    if (accessKeyId.startsWith("ASIA")) {
      Session session = session(accessKeyId).orElseThrow(Credentials::invalid);
      if (!session.token().equals(sessionToken)) {
        throw invalid();
      }
      if (!env.clock().now().isBefore(session.expires())) {
        throw AwsErrors.error(
            ExpiredTokenException.builder(),
            403,
            "ExpiredToken",
            "The security token included in the request is expired");
      }
      return session.principal(env.account());
    }
    return env.store()
        .read(tx ->
            tx.first(
                "SELECT user FROM iam_access_key WHERE id = ? AND status = 'Active'",
                r -> r.string(1),
                accessKeyId))
        .<Principal>map(u -> new Principal.User(env.account(), u))
        .orElseThrow(Credentials::invalid);
  }

  /** Makes keys for a session of a role; they are good for that long on the runtime's clock. */
  public Session issue(Principal.RoleSession session, Duration life) {
    return issue(session.roleArn(), session.sessionName(), life);
  }

  /** Makes keys for a session of a user. */
  Session issue(Principal.User user, Duration life) {
    return issue(null, user.name(), life);
  }

  private Session issue(@Nullable String roleArn, String name, Duration life) {
    Instant now = env.clock().now();
    var session =
        new Session(
            Ids.accessKey("ASIA"), Ids.secret(), Ids.sessionToken(), roleArn, name, now.plus(life));
    env.store()
        .write(tx -> {
          // Kept a day beyond their end, so that their users learn that they have expired.
          tx.update("DELETE FROM iam_session WHERE expires < ?", now.minus(Duration.ofDays(1)));
          tx.update(
              "INSERT INTO iam_session VALUES (?, ?, ?, ?, ?, ?)",
              session.accessKeyId(),
              session.secretAccessKey(),
              session.token(),
              roleArn,
              name,
              session.expires());
          return null;
        });
    return session;
  }

  private Optional<Session> session(String id) {
    return sessions.get(
        id, tx -> tx.first("SELECT * FROM iam_session WHERE id = ?", Credentials::session, id));
  }

  private static Session session(Row row) {
    return new Session(
        row.string("id"),
        row.string("secret"),
        row.string("token"),
        row.stringOrNull("role_arn"),
        row.string("session_name"),
        row.instant("expires"));
  }

  private static RuntimeException invalid() {
    return AwsErrors.error(
        StsException.builder(),
        403,
        "InvalidClientTokenId",
        "The security token included in the request is invalid.");
  }

  /**
   * The keys of a session.
   *
   * @param roleArn the role; none for a session of a user, whose name is then the session's
   */
  public record Session(
      String accessKeyId,
      String secretAccessKey,
      String token,
      @Nullable String roleArn,
      String sessionName,
      Instant expires) {

    Principal principal(String account) {
      return roleArn == null
          ? new Principal.User(account, sessionName)
          : new Principal.RoleSession(roleArn, sessionName);
    }
  }
}
