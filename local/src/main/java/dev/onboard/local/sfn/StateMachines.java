package dev.onboard.local.sfn;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.sfn.asl.DefinitionParser;
import dev.onboard.local.sfn.asl.InvalidDefinition;
import dev.onboard.local.sfn.run.Engine;
import dev.onboard.local.sfn.run.Revision;
import dev.onboard.local.store.Tx;
import dev.onboard.local.usage.Chunks;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.EncryptionConfiguration;
import software.amazon.awssdk.services.sfn.model.EncryptionType;
import software.amazon.awssdk.services.sfn.model.IncludedData;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesResponse;
import software.amazon.awssdk.services.sfn.model.LogLevel;
import software.amazon.awssdk.services.sfn.model.LoggingConfiguration;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;
import software.amazon.awssdk.services.sfn.model.TracingConfiguration;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineResponse;

/** State machines: created, changed, described, deleted. */
final class StateMachines {
  static final EncryptionConfiguration OWNED_KEY =
      EncryptionConfiguration.builder().type(EncryptionType.AWS_OWNED_KEY).build();

  private final Environment env;
  private final Engine engine;
  private final Versions versions;
  private final Tags tags;

  StateMachines(Environment env, Engine engine, Versions versions, Tags tags) {
    this.env = env;
    this.engine = engine;
    this.versions = versions;
    this.tags = tags;
  }

  /** A state machine's row. */
  record Machine(
      long row,
      String arn,
      String name,
      boolean express,
      boolean deleting,
      Instant created,
      long revision) {}

  static Optional<Machine> find(Tx tx, String arn) {
    return machines(tx, "arn = ?", arn).stream().findFirst();
  }

  private static List<Machine> machines(Tx tx, String condition, @Nullable Object... arguments) {
    return tx.list(
        "SELECT rowid AS number, * FROM sfn_machine WHERE " + condition,
        row ->
            new Machine(
                row.number("number"),
                row.string("arn"),
                row.string("name"),
                row.string("type").equals("EXPRESS"),
                row.string("status").equals("DELETING"),
                row.instant("created"),
                row.number("revision")),
        arguments);
  }

  CreateStateMachineResponse create(CreateStateMachineRequest request) {
    refuseKeys(request.encryptionConfiguration());
    String name = Arns.name(request.name());
    boolean express = "EXPRESS".equals(request.typeAsString());
    if (request.versionDescription() != null && !Boolean.TRUE.equals(request.publish())) {
      throw Errors.validation("Version description can only be set when publish is true");
    }
    String role = role(request.roleArn());
    String definition = checked(request.definition(), express);
    LoggingConfiguration logging = logging(request.loggingConfiguration());
    boolean tracing = tracing(request.tracingConfiguration());
    String arn = env.arn("states", "stateMachine:" + name);
    return env.store()
        .write(tx -> {
          Optional<Machine> known = find(tx, arn);
          if (known.isPresent()) {
            return same(tx, known.get(), definition, role, logging, tracing, express);
          }
          Instant now = env.clock().now();
          long revision =
              Revision.add(tx, arn, null, express, definition, role, logging, tracing, now);
          tx.update(
              "INSERT INTO sfn_machine VALUES (?, ?, ?, 'ACTIVE', ?, ?, 0)",
              arn,
              name,
              express ? "EXPRESS" : "STANDARD",
              now,
              revision);
          tags.replace(tx, arn, request.tags());
          var response =
              CreateStateMachineResponse.builder().stateMachineArn(arn).creationDate(now);
          if (Boolean.TRUE.equals(request.publish())) {
            response.stateMachineVersionArn(
                versions.publish(tx, arn, revision, request.versionDescription()));
          }
          return response.build();
        });
  }

  /** Creating again what is there, the very same, is no error. */
  private CreateStateMachineResponse same(
      Tx tx,
      Machine known,
      String definition,
      String role,
      LoggingConfiguration logging,
      boolean tracing,
      boolean express) {
    if (known.deleting()) {
      throw Errors.deleting(known.arn());
    }
    Revision now = Revision.find(tx, known.revision()).orElseThrow();
    if (!now.definition().equals(definition)
        || !now.roleArn().equals(role)
        || !now.logging().equals(logging)
        || now.tracing() != tracing
        || known.express() != express) {
      throw Errors.stateMachineExists(known.arn());
    }
    return CreateStateMachineResponse.builder()
        .stateMachineArn(known.arn())
        .creationDate(known.created())
        .build();
  }

  UpdateStateMachineResponse update(UpdateStateMachineRequest request) {
    refuseKeys(request.encryptionConfiguration());
    Arns.Machine arn = Arns.machine(request.stateMachineArn());
    if (arn.qualifier() != null) {
      throw Errors.noStateMachine(request.stateMachineArn());
    }
    if (request.versionDescription() != null && !Boolean.TRUE.equals(request.publish())) {
      throw Errors.validation("Version description can only be set when publish is true");
    }
    if (request.definition() == null
        && request.roleArn() == null
        && request.loggingConfiguration() == null
        && request.tracingConfiguration() == null
        && !Boolean.TRUE.equals(request.publish())) {
      throw Errors.missing(
          "Either the definition, the role ARN, the LoggingConfiguration, the"
              + " TracingConfiguration or the EncryptionConfiguration must be specified");
    }
    return env.store().write(tx -> update(tx, arn.machine(), request));
  }

  private UpdateStateMachineResponse update(Tx tx, String arn, UpdateStateMachineRequest request) {
    Machine machine = find(tx, arn).orElseThrow(() -> Errors.noStateMachine(arn));
    if (machine.deleting()) {
      throw Errors.deleting(arn);
    }
    Revision old = Revision.find(tx, machine.revision()).orElseThrow();
    String definition =
        request.definition() == null
            ? old.definition()
            : checked(request.definition(), machine.express());
    String role = request.roleArn() == null ? old.roleArn() : role(request.roleArn());
    LoggingConfiguration logging =
        request.loggingConfiguration() == null
            ? old.logging()
            : logging(request.loggingConfiguration());
    boolean tracing =
        request.tracingConfiguration() == null
            ? old.tracing()
            : tracing(request.tracingConfiguration());
    Instant now = env.clock().now();
    boolean changed =
        !definition.equals(old.definition())
            || !role.equals(old.roleArn())
            || !logging.equals(old.logging())
            || tracing != old.tracing();
    long revision = old.id();
    String revisionId = old.revisionId();
    if (changed) {
      revisionId = UUID.randomUUID().toString();
      revision =
          Revision.add(
              tx, arn, revisionId, machine.express(), definition, role, logging, tracing, now);
      tx.update("UPDATE sfn_machine SET revision = ? WHERE arn = ?", revision, arn);
    }
    var response = UpdateStateMachineResponse.builder().updateDate(now).revisionId(revisionId);
    if (Boolean.TRUE.equals(request.publish())) {
      response.stateMachineVersionArn(
          versions.publish(tx, arn, revision, request.versionDescription()));
    }
    return response.build();
  }

  DeleteStateMachineResponse delete(String given) {
    Arns.Machine arn = Arns.machine(given);
    env.store()
        .write(tx -> {
          boolean runs =
              tx.exists(
                  "SELECT 1 FROM sfn_execution WHERE machine = ? AND status = 'RUNNING'",
                  arn.machine());
          if (runs) {
            tx.update("UPDATE sfn_machine SET status = 'DELETING' WHERE arn = ?", arn.machine());
          } else {
            tx.update("DELETE FROM sfn_machine WHERE arn = ?", arn.machine());
          }
          tx.update("DELETE FROM sfn_tag WHERE machine = ?", arn.machine());
          versions.forget(tx, arn.machine());
          return null;
        });
    return DeleteStateMachineResponse.builder().build();
  }

  DescribeStateMachineResponse describe(String given, boolean withDefinition) {
    Arns.Machine arn = Arns.machine(given);
    return env.store()
        .read(tx -> {
          Machine machine = find(tx, arn.machine()).orElseThrow(() -> Errors.noStateMachine(given));
          Versions.Version version = null;
          if (arn.qualifier() != null) {
            version =
                arn.isVersion()
                    ? versions
                        .find(tx, arn.machine(), Long.parseLong(arn.qualifier()))
                        .orElseThrow(() -> Errors.noStateMachine(given))
                    : versions.route(tx, arn.machine(), arn.qualifier(), given);
          }
          long revision = version == null ? machine.revision() : version.revision();
          return describe(
              given, machine, version, Revision.find(tx, revision).orElseThrow(), withDefinition);
        });
  }

  private DescribeStateMachineResponse describe(
      String arn,
      Machine machine,
      Versions.@Nullable Version version,
      Revision revision,
      boolean withDefinition) {
    return DescribeStateMachineResponse.builder()
        .stateMachineArn(arn)
        .name(machine.name())
        .status(machine.deleting() ? "DELETING" : "ACTIVE")
        .definition(withDefinition ? revision.definition() : "{}")
        .roleArn(revision.roleArn())
        .type(machine.express() ? "EXPRESS" : "STANDARD")
        .creationDate(version == null ? machine.created() : version.created())
        .description(version == null ? null : version.description())
        .loggingConfiguration(revision.logging())
        .tracingConfiguration(b -> b.enabled(revision.tracing()))
        .revisionId(revision.revisionId())
        .encryptionConfiguration(OWNED_KEY)
        .variableReferences(references(revision))
        .build();
  }

  /** The variables that states refer to; not shown if there are none. */
  @Nullable Map<String, List<String>> references(Revision revision) {
    Map<String, List<String>> found = engine.definition(revision).variableReferences();
    return found.isEmpty() ? null : found;
  }

  ListStateMachinesResponse list(ListStateMachinesRequest request) {
    Pages pages = Pages.of(request.maxResults(), request.nextToken());
    List<Machine> rows =
        env.store()
            .read(tx ->
                machines(tx, "rowid > ? ORDER BY rowid LIMIT ?", pages.after(0), pages.rows()));
    return ListStateMachinesResponse.builder()
        .stateMachines(
            pages.page(rows).stream()
                .map(m ->
                    StateMachineListItem.builder()
                        .stateMachineArn(m.arn())
                        .name(m.name())
                        .type(m.express() ? "EXPRESS" : "STANDARD")
                        .creationDate(m.created())
                        .build())
                .collect(Collectors.toList()))
        .nextToken(pages.next(rows, Machine::row))
        .build();
  }

  private String checked(@Nullable String definition, boolean express) {
    String text = Objects.requireNonNullElse(definition, "");
    if (Chunks.bytes(text) > Limits.DEFINITION_BYTES) {
      throw Errors.validation(
          "1 validation error detected: Value at 'definition' failed to satisfy constraint: Member"
              + " must have length less than or equal to 1048576");
    }
    try {
      DefinitionParser.parse(text, express, engine.connectors()::refusal);
      return text;
    } catch (InvalidDefinition e) {
      throw Errors.invalidDefinition(String.valueOf(e.getMessage()));
    }
  }

  private static String role(@Nullable String arn) {
    if (arn == null || !arn.startsWith("arn:") || !arn.contains(":iam::")) {
      throw Errors.invalidArn("Invalid Role Arn: " + arn);
    }
    return arn;
  }

  private static LoggingConfiguration logging(@Nullable LoggingConfiguration given) {
    return given == null
        ? LoggingConfiguration.builder().level(LogLevel.OFF).includeExecutionData(false).build()
        : given.toBuilder()
            .level(given.level() == null ? LogLevel.OFF : given.level())
            .includeExecutionData(Boolean.TRUE.equals(given.includeExecutionData()))
            .build();
  }

  private static boolean tracing(@Nullable TracingConfiguration given) {
    return given != null && Boolean.TRUE.equals(given.enabled());
  }

  private static void refuseKeys(@Nullable EncryptionConfiguration given) {
    if (given != null && given.type() != EncryptionType.AWS_OWNED_KEY) {
      throw AwsErrors.unsupported("states", "CreateStateMachine", "a KMS key");
    }
  }

  /** Whether a call wants data that only the key opens. */
  static boolean wantsData(@Nullable IncludedData included) {
    return included != IncludedData.METADATA_ONLY;
  }
}
