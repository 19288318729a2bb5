package dev.onboard.local.s3;

import dev.onboard.local.call.Call;
import dev.onboard.local.call.Call.Origin;
import dev.onboard.local.call.Principal;
import dev.onboard.local.call.RequestIds;
import org.jspecify.annotations.Nullable;

/**
 * On whose account a change is made, as events tell it.
 *
 * @param name the account, or a service's host name
 * @param sourceIp absent if S3 itself makes the change
 */
record Requester(String requestId, String name, @Nullable String sourceIp) {
  private static final String THIS_HOST = "127.0.0.1";

  /** Who makes the current call. */
  static Requester current() {
    Call call = Call.current();
    Origin origin = call.origin();
    String name =
        switch (call.caller()) {
          case Principal.User user -> user.account();
          case Principal.RoleSession session -> session.roleArn().split(":", 6)[4];
          case Principal.Service service -> service.host();
        };
    return new Requester(call.requestId(), name, origin == null ? THIS_HOST : origin.sourceIp());
  }

  /** S3 itself, when a lifecycle expires objects. */
  static Requester lifecycle() {
    return new Requester(RequestIds.next(), "s3.amazonaws.com", null);
  }
}
