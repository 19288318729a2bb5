package dev.onboard.local.sqs;

import dev.onboard.local.call.Principal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The {@code SenderId} of a principal: an id in AWS's form that is always the same for it. */
final class Senders {
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int KEPT = 10_000;

  private final Map<Principal, String> ids = new ConcurrentHashMap<>();

  String id(Principal principal) {
    if (ids.size() > KEPT) {
      ids.clear();
    }
    return ids.computeIfAbsent(
        principal,
        p ->
            switch (p) {
              case Principal.User user -> "AIDA" + letters(user.arn());
              case Principal.RoleSession role ->
                  "AROA" + letters(role.roleArn()) + ":" + role.sessionName();
              case Principal.Service service -> "AIDA" + letters(service.host());
            });
  }

  private static String letters(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      var letters = new StringBuilder();
      for (int i = 0; i < 17; i++) {
        letters.append(LETTERS.charAt(digest[i] & 31));
      }
      return letters.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
