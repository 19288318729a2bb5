package dev.onboard.local.iam;

import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.User;

/** Users and their access keys. */
final class Users {
  /** Whom the key {@code test} belongs to; he is there from the beginning. */
  static final String ADMINISTRATOR = "administrator";

  private final Environment env;
  private final ManagedPolicies policies;

  Users(Environment env, ManagedPolicies policies) {
    this.env = env;
    this.policies = policies;
  }

  static String owner(String user) {
    return "user/" + user;
  }

  void createAdministrator() {
    env.store()
        .write(tx -> {
          if (IamStore.find(tx, "iam_user", User.class, ADMINISTRATOR).isEmpty()) {
            create(tx, CreateUserRequest.builder().userName(ADMINISTRATOR).build());
            policies.attach(
                tx, owner(ADMINISTRATOR), "arn:aws:iam::aws:policy/AdministratorAccess");
          }
          return null;
        });
  }

  User create(Tx tx, CreateUserRequest request) {
    String name = IamErrors.name(request.userName(), "userName", Limits.USER_NAME);
    if (IamStore.find(tx, "iam_user", User.class, name).isPresent()) {
      throw IamErrors.exists("User with name " + name + " already exists.");
    }
    String path = Roles.path(request.path());
    User user =
        User.builder()
            .path(path)
            .userName(name)
            .userId(Ids.entity("AIDA"))
            .arn("arn:aws:iam::" + env.account() + ":user" + path + name)
            .createDate(env.clock().now())
            .tags(Tags.changed(List.of(), request.tags(), List.of()))
            .build();
    save(tx, user);
    return user;
  }

  User get(Tx tx, String name) {
    return IamStore.find(tx, "iam_user", User.class, name)
        .orElseThrow(() -> IamErrors.noSuch("The user with name " + name + " cannot be found."));
  }

  List<User> list(Tx tx, @Nullable String path) {
    return IamStore.all(tx, "iam_user", User.class).stream()
        .filter(u -> path == null || u.path().startsWith(path))
        .toList();
  }

  void change(Tx tx, String name, UnaryOperator<User.Builder> change) {
    save(tx, change.apply(get(tx, name).toBuilder()).build());
  }

  void delete(Tx tx, String name) {
    get(tx, name);
    if (!policies.attached(tx, owner(name)).isEmpty()) {
      throw IamErrors.conflict("Cannot delete entity, must detach all policies first.");
    }
    if (!InlinePolicies.names(tx, owner(name)).isEmpty()) {
      throw IamErrors.conflict("Cannot delete entity, must delete policies first.");
    }
    if (!keys(tx, name).isEmpty()) {
      throw IamErrors.conflict("Cannot delete entity, must delete access keys first.");
    }
    tx.update("DELETE FROM iam_user WHERE name = ?", name);
  }

  AccessKey createKey(Tx tx, String user) {
    get(tx, user);
    if (keys(tx, user).size() >= Limits.ACCESS_KEYS) {
      throw IamErrors.limit("Cannot exceed quota for AccessKeysPerUser: " + Limits.ACCESS_KEYS);
    }
    Instant now = env.clock().now();
    AccessKey key =
        AccessKey.builder()
            .userName(user)
            .accessKeyId(Ids.accessKey("AKIA"))
            .secretAccessKey(Ids.secret())
            .status(StatusType.ACTIVE)
            .createDate(now)
            .build();
    tx.update(
        "INSERT INTO iam_access_key VALUES (?, ?, ?, ?, ?)",
        key.accessKeyId(),
        user,
        key.secretAccessKey(),
        key.statusAsString(),
        now);
    return key;
  }

  List<AccessKeyMetadata> keys(Tx tx, String user) {
    return tx.list(
        "SELECT id, status, created FROM iam_access_key WHERE user = ? ORDER BY created, id",
        r ->
            AccessKeyMetadata.builder()
                .userName(user)
                .accessKeyId(r.string("id"))
                .status(r.string("status"))
                .createDate(r.instant("created"))
                .build(),
        user);
  }

  void changeKey(Tx tx, String user, String id, String status) {
    found(
        id,
        tx.update(
            "UPDATE iam_access_key SET status = ? WHERE id = ? AND user = ?", status, id, user));
  }

  void deleteKey(Tx tx, String user, String id) {
    found(id, tx.update("DELETE FROM iam_access_key WHERE id = ? AND user = ?", id, user));
  }

  private static void found(String id, int rows) {
    if (rows == 0) {
      throw IamErrors.noSuch("The Access Key with id " + id + " cannot be found.");
    }
  }

  private static void save(Tx tx, User user) {
    tx.update(
        "INSERT OR REPLACE INTO iam_user VALUES (?, ?)", user.userName(), SdkJson.write(user));
  }
}
