package dev.onboard.local.lambda;

import static dev.onboard.local.lambda.FunctionName.LATEST;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.lambda.process.FunctionSpec;
import dev.onboard.local.store.Cached;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Store;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.AliasConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/** The functions with their versions and aliases, as they stand in the store. */
final class Functions {
  static final List<List<String>> TABLES =
      List.of(
          List.of(
              "CREATE TABLE lambda_function(name TEXT, version TEXT, sequence INT, config TEXT,"
                  + " code TEXT, PRIMARY KEY(name, version)) WITHOUT ROWID",
              "CREATE TABLE lambda_setting(name TEXT PRIMARY KEY, tags TEXT, reserved INT)",
              "CREATE TABLE lambda_alias(function TEXT, name TEXT, config TEXT,"
                  + " PRIMARY KEY(function, name)) WITHOUT ROWID",
              "CREATE TABLE lambda_permission(function TEXT, qualifier TEXT, sid TEXT,"
                  + " statement TEXT, PRIMARY KEY(function, qualifier, sid)) WITHOUT ROWID",
              "CREATE TABLE lambda_invoke_config(function TEXT, qualifier TEXT, config TEXT,"
                  + " PRIMARY KEY(function, qualifier)) WITHOUT ROWID",
              "CREATE TABLE lambda_mapping(uuid TEXT PRIMARY KEY, config TEXT)",
              "CREATE TABLE lambda_async(id INTEGER PRIMARY KEY, function TEXT, qualifier TEXT,"
                  + " request_id TEXT, payload BLOB, attempts INT, next_at INT, received_at INT)",
              "CREATE INDEX lambda_async_due ON lambda_async(next_at)"),
          List.of(
              "CREATE TABLE lambda_in_flight(id INTEGER PRIMARY KEY, mapping TEXT NOT NULL,"
                  + " receipts TEXT NOT NULL)"),
          List.of(
              "CREATE TABLE lambda_code(source TEXT PRIMARY KEY, etag TEXT, sha TEXT, size INT)"));

  private final Environment env;
  private final FunctionCode code;
  private final Cached<FunctionName, Optional<Version>> versions;
  private final Cached<FunctionName, Optional<AliasConfiguration>> aliases;
  private final Cached<String, Optional<Integer>> reserved;

  Functions(Environment env, FunctionCode code) {
    this.env = env;
    this.code = code;
    this.versions = new Cached<>(env.store(), "lambda_function");
    this.aliases = new Cached<>(env.store(), "lambda_alias");
    this.reserved = new Cached<>(env.store(), "lambda_setting");
    store().migrate("lambda", TABLES);
  }

  /** One version and the code that it runs. */
  record Version(FunctionConfiguration config, String code) {}

  private Store store() {
    return env.store();
  }

  String arn(String name) {
    return env.arn("lambda", "function:" + name);
  }

  static Version version(Row row) {
    return new Version(
        SdkJson.read(FunctionConfiguration.class, row.string("config")), row.string("code"));
  }

  Optional<Version> find(String name, String version) {
    return versions.get(
        new FunctionName(name, version),
        tx ->
            tx.first(
                "SELECT config, code FROM lambda_function WHERE name = ? AND version = ?",
                Functions::version,
                name,
                version));
  }

  /** What a name and its qualifier, a version or an alias, mean. */
  Version resolve(FunctionName function) {
    String qualifier = function.qualifierOrLatest();
    return find(function.name(), qualifier)
        .or(() ->
            alias(function.name(), qualifier)
                .flatMap(a -> find(function.name(), a.functionVersion())))
        .orElseThrow(() -> missing(function));
  }

  RuntimeException missing(FunctionName function) {
    return Errors.notFound(
        "Function not found: "
            + arn(function.name())
            + (function.qualifier() == null ? "" : ":" + function.qualifier()));
  }

  void requireExists(String name) {
    if (find(name, LATEST).isEmpty()) {
      throw missing(new FunctionName(name, null));
    }
  }

  /** Keeps a version, new or changed. */
  void put(Version version) {
    FunctionConfiguration config = version.config();
    store()
        .write(tx ->
            tx.update(
                "INSERT OR REPLACE INTO lambda_function VALUES (?, ?, ?, ?, ?)",
                config.functionName(),
                config.version(),
                config.version().equals(LATEST) ? 0 : Integer.parseInt(config.version()),
                SdkJson.write(config),
                version.code()));
  }

  /** The newest version of each function, or every version, by name. */
  List<Version> list(boolean everyVersion) {
    return store()
        .read(tx ->
            tx.list(
                "SELECT config, code FROM lambda_function WHERE sequence = 0 OR ?"
                    + " ORDER BY name, sequence",
                Functions::version,
                everyVersion));
  }

  List<Version> versions(String name) {
    return store()
        .read(tx ->
            tx.list(
                "SELECT config, code FROM lambda_function WHERE name = ? ORDER BY sequence",
                Functions::version,
                name));
  }

  int nextVersion(Tx tx, String name) {
    return 1 + (int) tx.number("SELECT max(sequence) FROM lambda_function WHERE name = ?", name);
  }

  /** Removes a function with all that belongs to it, or one version. */
  void delete(String name, @Nullable String version) {
    store()
        .write(tx -> {
          if (version != null) {
            tx.update("DELETE FROM lambda_function WHERE name = ? AND version = ?", name, version);
            return null;
          }
          tx.update("DELETE FROM lambda_function WHERE name = ?", name);
          tx.update("DELETE FROM lambda_setting WHERE name = ?", name);
          for (String table : List.of("alias", "permission", "invoke_config", "async")) {
            tx.update("DELETE FROM lambda_" + table + " WHERE function = ?", name);
          }
          return null;
        });
  }

  Optional<AliasConfiguration> alias(String function, String name) {
    return aliases.get(
        new FunctionName(function, name),
        tx ->
            tx.first(
                "SELECT config FROM lambda_alias WHERE function = ? AND name = ?",
                r -> SdkJson.read(AliasConfiguration.class, r.string(1)),
                function,
                name));
  }

  List<AliasConfiguration> aliases(String function) {
    return store()
        .read(tx ->
            tx.list(
                "SELECT config FROM lambda_alias WHERE function = ? ORDER BY name",
                r -> SdkJson.read(AliasConfiguration.class, r.string(1)),
                function));
  }

  void putAlias(String function, AliasConfiguration alias) {
    store()
        .write(tx ->
            tx.update(
                "INSERT OR REPLACE INTO lambda_alias VALUES (?, ?, ?)",
                function,
                alias.name(),
                SdkJson.write(alias)));
  }

  boolean deleteAlias(String function, String name) {
    return store()
            .write(tx ->
                tx.update(
                    "DELETE FROM lambda_alias WHERE function = ? AND name = ?", function, name))
        > 0;
  }

  @Nullable Integer reserved(String name) {
    return reserved
        .get(
            name,
            tx ->
                tx.first(
                    "SELECT reserved FROM lambda_setting WHERE name = ? AND reserved IS NOT NULL",
                    r -> r.integer(1),
                    name))
        .orElse(null);
  }

  /** What it takes to run a version. */
  FunctionSpec spec(Version version) {
    FunctionConfiguration config = version.config();
    Integer reserved = reserved(config.functionName());
    Map<String, String> variables =
        config.environment() == null ? Map.of() : config.environment().variables();
    return new FunctionSpec(
        config.functionArn() + "#" + config.revisionId(),
        config.functionName(),
        config.version(),
        config.handler(),
        version.code(),
        code.classPath(version.code()),
        config.memorySize(),
        config.timeout(),
        variables,
        config.role(),
        config.loggingConfig().logGroup(),
        reserved == null ? Limits.ACCOUNT_CONCURRENCY : reserved,
        Objects.equals(config.loggingConfig().logFormatAsString(), "JSON"),
        config.snapStart() != null
            && Objects.equals(config.snapStart().applyOnAsString(), "PublishedVersions")
            && !config.version().equals(LATEST),
        config.architecturesAsStrings().contains("arm64"));
  }

  static RuntimeException unsupported(String operation, String what) {
    return AwsErrors.unsupported("lambda", operation, what);
  }
}
