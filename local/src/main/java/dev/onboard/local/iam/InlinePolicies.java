package dev.onboard.local.iam;

import dev.onboard.local.store.Tx;
import java.util.List;
import java.util.Optional;

/**
 * The policies within roles and users; an owner is {@code role/NAME} or {@code user/NAME}, as in
 * its ARN.
 */
final class InlinePolicies {
  private InlinePolicies() {}

  static void put(Tx tx, String owner, String name, String document, int quota) {
    IamErrors.name(name, "policyName", Limits.POLICY_NAME);
    PolicyDocument.check(document, PolicyDocument.Kind.IDENTITY);
    int size =
        PolicyDocument.size(document)
            + tx
                .list(
                    "SELECT document FROM iam_inline_policy WHERE owner = ? AND name <> ?",
                    r -> PolicyDocument.size(r.string(1)),
                    owner,
                    name)
                .stream()
                .mapToInt(Integer::intValue)
                .sum();
    if (size > quota) {
      String[] parts = owner.split("/", 2);
      throw IamErrors.limit(
          "Maximum policy size of " + quota + " bytes exceeded for " + parts[0] + " " + parts[1]);
    }
    tx.update("INSERT OR REPLACE INTO iam_inline_policy VALUES (?, ?, ?)", owner, name, document);
  }

  static Optional<String> get(Tx tx, String owner, String name) {
    return tx.first(
        "SELECT document FROM iam_inline_policy WHERE owner = ? AND name = ?",
        r -> r.string(1),
        owner,
        name);
  }

  static List<String> names(Tx tx, String owner) {
    return tx.list(
        "SELECT name FROM iam_inline_policy WHERE owner = ? ORDER BY name",
        r -> r.string(1),
        owner);
  }

  static boolean delete(Tx tx, String owner, String name) {
    return tx.update("DELETE FROM iam_inline_policy WHERE owner = ? AND name = ?", owner, name) > 0;
  }

  static RuntimeException missing(String kind, String name) {
    return IamErrors.noSuch("The " + kind + " policy with name " + name + " cannot be found.");
  }
}
