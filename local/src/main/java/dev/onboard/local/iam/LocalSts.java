package dev.onboard.local.iam;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Call;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.User;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.GetAccessKeyInfoRequest;
import software.amazon.awssdk.services.sts.model.GetAccessKeyInfoResponse;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.GetSessionTokenRequest;
import software.amazon.awssdk.services.sts.model.GetSessionTokenResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/** STS: who one is, and keys for the sessions of roles. */
public final class LocalSts implements StsClient {
  private final Environment env;
  private final Credentials credentials;

  public LocalSts(Environment env) {
    this.env = env;
    this.credentials = new Credentials(env);
  }

  @Override
  public String serviceName() {
    return "sts";
  }

  @Override
  public void close() {}

  @Override
  public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
    Principal caller = Call.current().caller();
    String id =
        switch (caller) {
          case Principal.User user ->
              env.store()
                  .read(tx -> IamStore.find(tx, "iam_user", User.class, user.name()))
                  .map(User::userId)
                  .orElse(user.name());
          case Principal.RoleSession session ->
              role(session.roleArn()).map(Role::roleId).orElse("") + ":" + session.sessionName();
          case Principal.Service service -> service.host();
        };
    return GetCallerIdentityResponse.builder()
        .userId(id)
        .account(env.account())
        .arn(caller.arn())
        .build();
  }

  @Override
  public AssumeRoleResponse assumeRole(AssumeRoleRequest request) {
    // An external id is a condition of the trust policy, and policies are not evaluated yet.
    refuse("Policy", request.policy() != null);
    refuse("PolicyArns", !request.policyArns().isEmpty());
    refuse("Tags", !request.tags().isEmpty());
    refuse("TransitiveTagKeys", !request.transitiveTagKeys().isEmpty());
    refuse("SerialNumber", request.serialNumber() != null);
    refuse("TokenCode", request.tokenCode() != null);
    refuse("SourceIdentity", request.sourceIdentity() != null);
    refuse("ProvidedContexts", !request.providedContexts().isEmpty());
    String name = sessionName(request.roleSessionName());
    String arn = required(request.roleArn(), "roleArn");
    Role role =
        role(arn)
            .orElseThrow(() ->
                AwsErrors.error(
                    StsException.builder(),
                    403,
                    "AccessDenied",
                    "User: "
                        + Call.current().caller().arn()
                        + " is not authorized to perform: sts:AssumeRole on resource: "
                        + arn));
    int seconds =
        duration(request.durationSeconds() == null ? Limits.SESSION : request.durationSeconds());
    // Services get sessions as long as they like; people no longer than the role allows.
    if (!(Call.current().caller() instanceof Principal.Service)
        && seconds > role.maxSessionDuration()) {
      throw invalid(
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
    var principal = new Principal.RoleSession(role.arn(), name);
    Credentials.Session session = credentials.issue(principal, Duration.ofSeconds(seconds));
    return AssumeRoleResponse.builder()
        .credentials(shown(session))
        .assumedRoleUser(
            AssumedRoleUser.builder()
                .assumedRoleId(role.roleId() + ":" + name)
                .arn(principal.arn())
                .build())
        .build();
  }

  @Override
  public GetSessionTokenResponse getSessionToken(GetSessionTokenRequest request) {
    refuse("SerialNumber", request.serialNumber() != null);
    refuse("TokenCode", request.tokenCode() != null);
    if (!(Call.current().caller() instanceof Principal.User user)) {
      throw AwsErrors.error(
          StsException.builder(),
          403,
          "AccessDenied",
          "Cannot call GetSessionToken with session credentials");
    }
    int seconds =
        request.durationSeconds() == null ? Limits.LONGEST_SESSION : request.durationSeconds();
    return GetSessionTokenResponse.builder()
        .credentials(shown(credentials.issue(user, Duration.ofSeconds(duration(seconds)))))
        .build();
  }

  @Override
  public GetAccessKeyInfoResponse getAccessKeyInfo(GetAccessKeyInfoRequest request) {
    required(request.accessKeyId(), "accessKeyId");
    return GetAccessKeyInfoResponse.builder().account(env.account()).build();
  }

  private Optional<Role> role(String arn) {
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    return env.store()
        .read(tx -> IamStore.find(tx, "iam_role", Role.class, name))
        .filter(r -> r.arn().equals(arn));
  }

  private static software.amazon.awssdk.services.sts.model.Credentials shown(
      Credentials.Session session) {
    return software.amazon.awssdk.services.sts.model.Credentials.builder()
        .accessKeyId(session.accessKeyId())
        .secretAccessKey(session.secretAccessKey())
        .sessionToken(session.token())
        .expiration(session.expires())
        .build();
  }

  private static String sessionName(String name) {
    required(name, "roleSessionName");
    if (!name.matches("[\\w+=,.@-]{2,64}")) {
      throw invalid(
          "1 validation error detected: Value '"
              + name
              + "' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular"
              + " expression pattern: [\\w+=,.@-]*");
    }
    return name;
  }

  private static int duration(int seconds) {
    if (seconds < Limits.SHORTEST_SESSION || seconds > Limits.LONGEST_SESSION) {
      throw invalid(
          "1 validation error detected: Value '"
              + seconds
              + "' at 'durationSeconds' failed to satisfy constraint: Member must have value "
              + (seconds < Limits.SHORTEST_SESSION
                  ? "greater than or equal to " + Limits.SHORTEST_SESSION
                  : "less than or equal to " + Limits.LONGEST_SESSION));
    }
    return seconds;
  }

  private static String required(String value, String member) {
    if (value == null || value.isEmpty()) {
      throw invalid(
          "1 validation error detected: Value null at '"
              + member
              + "' failed to satisfy constraint: Member must not be null");
    }
    return value;
  }

  private static void refuse(String member, boolean given) {
    if (given) {
      throw AwsErrors.unsupported("sts", "AssumeRole", member);
    }
  }

  private static RuntimeException invalid(String message) {
    return AwsErrors.error(StsException.builder(), 400, "ValidationError", message);
  }
}
