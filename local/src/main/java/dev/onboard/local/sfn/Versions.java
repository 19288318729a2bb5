package dev.onboard.local.sfn;

import dev.onboard.local.call.Environment;
import dev.onboard.local.sfn.run.Revision;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineVersionResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachineVersionsRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachineVersionsResponse;
import software.amazon.awssdk.services.sfn.model.PublishStateMachineVersionRequest;
import software.amazon.awssdk.services.sfn.model.PublishStateMachineVersionResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineVersionListItem;

/** Published versions of state machines. */
final class Versions {
  private final Environment env;
  private final Aliases aliases;

  Versions(Environment env, Aliases aliases) {
    this.env = env;
    this.aliases = aliases;
  }

  /** A version. */
  record Version(
      String machine, long number, long revision, @Nullable String description, Instant created) {
    String arn() {
      return machine + ":" + number;
    }
  }

  private static List<Version> versions(Tx tx, String condition, Object... arguments) {
    return tx.list(
        "SELECT * FROM sfn_version WHERE " + condition,
        r ->
            new Version(
                r.string("machine"),
                r.number("number"),
                r.number("revision"),
                r.stringOrNull("description"),
                r.instant("created")),
        arguments);
  }

  Optional<Version> find(Tx tx, String machine, long number) {
    return versions(tx, "machine = ? AND number = ?", machine, number).stream().findFirst();
  }

  /** The version that an alias leads to, this time. */
  Version route(Tx tx, String machine, String alias, String given) {
    String arn = aliases.route(tx, machine, alias).orElseThrow(() -> Errors.noStateMachine(given));
    return find(tx, machine, Long.parseLong(arn.substring(arn.lastIndexOf(':') + 1)))
        .orElseThrow(() -> Errors.noStateMachine(given));
  }

  /** Publishes a revision; one that is published keeps its version. */
  String publish(Tx tx, String machine, long revision, @Nullable String description) {
    List<Version> same = versions(tx, "machine = ? AND revision = ?", machine, revision);
    if (!same.isEmpty()) {
      return same.getFirst().arn();
    }
    tx.update("UPDATE sfn_machine SET last_version = last_version + 1 WHERE arn = ?", machine);
    long number = tx.number("SELECT last_version FROM sfn_machine WHERE arn = ?", machine);
    tx.update(
        "INSERT INTO sfn_version VALUES (?, ?, ?, ?, ?)",
        machine,
        number,
        revision,
        description,
        env.clock().now());
    return machine + ":" + number;
  }

  PublishStateMachineVersionResponse publish(PublishStateMachineVersionRequest request) {
    Arns.Machine arn = Arns.machine(request.stateMachineArn());
    return env.store()
        .write(tx -> {
          StateMachines.Machine machine =
              StateMachines.find(tx, arn.machine())
                  .orElseThrow(() -> Errors.noStateMachine(request.stateMachineArn()));
          Revision current = Revision.find(tx, machine.revision()).orElseThrow();
          String wanted = request.revisionId();
          String now = current.revisionId() == null ? "INITIAL" : current.revisionId();
          if (wanted != null && !wanted.equals(now)) {
            throw Errors.conflict(
                "Failed to publish the State Machine version for revision "
                    + wanted
                    + ". The current State Machine revision is "
                    + now
                    + ".");
          }
          String published = publish(tx, machine.arn(), machine.revision(), request.description());
          long number = Long.parseLong(published.substring(published.lastIndexOf(':') + 1));
          return PublishStateMachineVersionResponse.builder()
              .stateMachineVersionArn(published)
              .creationDate(find(tx, machine.arn(), number).orElseThrow().created())
              .build();
        });
  }

  ListStateMachineVersionsResponse list(ListStateMachineVersionsRequest request) {
    Arns.Machine arn = Arns.machine(request.stateMachineArn());
    Pages pages = Pages.of(request.maxResults(), request.nextToken());
    List<Version> rows =
        env.store()
            .read(tx ->
                versions(
                    tx,
                    "machine = ? AND number < ? ORDER BY number DESC LIMIT ?",
                    arn.machine(),
                    pages.after(Long.MAX_VALUE),
                    pages.rows()));
    return ListStateMachineVersionsResponse.builder()
        .stateMachineVersions(
            pages.page(rows).stream()
                .map(v ->
                    StateMachineVersionListItem.builder()
                        .stateMachineVersionArn(v.arn())
                        .creationDate(v.created())
                        .build())
                .toList())
        .nextToken(pages.next(rows, Version::number))
        .build();
  }

  DeleteStateMachineVersionResponse delete(String given) {
    Arns.Machine arn = Arns.machine(given);
    if (!arn.isVersion()) {
      throw Errors.invalidArn("Resource type not valid in this context: stateMachine");
    }
    env.store()
        .write(tx -> {
          List<String> users = aliases.routingTo(tx, arn.machine(), given);
          if (!users.isEmpty()) {
            throw Errors.conflict(
                "Version to be deleted must not be referenced by an alias. Current list of"
                    + " aliases referencing this version: ["
                    + String.join(", ", users)
                    + "]");
          }
          return tx.update(
              "DELETE FROM sfn_version WHERE machine = ? AND number = ?",
              arn.machine(),
              Long.parseLong(String.valueOf(arn.qualifier())));
        });
    return DeleteStateMachineVersionResponse.builder().build();
  }

  /** Forgets all of a state machine. */
  void forget(Tx tx, String machine) {
    tx.update("DELETE FROM sfn_version WHERE machine = ?", machine);
    aliases.forget(tx, machine);
  }
}
