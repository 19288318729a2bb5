package dev.onboard.local.sfn.run;

import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.LoggingConfiguration;

/**
 * A state machine as it was between two updates; executions keep to the one that they started with.
 *
 * @param id its number in the store
 * @param revisionId the id that the API shows; {@code null} before the first update
 * @param express whether the machine is an Express one
 */
public record Revision(
    long id,
    String machineArn,
    @Nullable String revisionId,
    boolean express,
    String definition,
    String roleArn,
    LoggingConfiguration logging,
    boolean tracing,
    Instant updated) {

  private static final String COLUMNS =
      "id, machine, revision_id, type, definition, role, logging, tracing, updated";

  /** The name of the state machine. */
  public String machineName() {
    return machineArn.substring(machineArn.lastIndexOf(':') + 1);
  }

  static Revision of(Row row) {
    return new Revision(
        row.number("id"),
        row.string("machine"),
        row.stringOrNull("revision_id"),
        row.string("type").equals("EXPRESS"),
        row.string("definition"),
        row.string("role"),
        SdkJson.read(LoggingConfiguration.class, row.string("logging")),
        row.flag("tracing"),
        row.instant("updated"));
  }

  public static Optional<Revision> find(Tx tx, long id) {
    return tx.first("SELECT " + COLUMNS + " FROM sfn_revision WHERE id = ?", Revision::of, id);
  }

  /** Adds a revision and gives its number. */
  public static long add(
      Tx tx,
      String machineArn,
      @Nullable String revisionId,
      boolean express,
      String definition,
      String roleArn,
      LoggingConfiguration logging,
      boolean tracing,
      Instant now) {
    return tx.insert(
        "INSERT INTO sfn_revision(machine, revision_id, type, definition, role, logging, tracing,"
            + " updated) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        machineArn,
        revisionId,
        express ? "EXPRESS" : "STANDARD",
        definition,
        roleArn,
        SdkJson.write(logging),
        tracing,
        now);
  }
}
