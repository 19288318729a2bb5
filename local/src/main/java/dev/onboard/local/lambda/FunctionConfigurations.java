package dev.onboard.local.lambda;

import static dev.onboard.local.lambda.FunctionName.LATEST;

import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import dev.onboard.local.call.RequestIds;
import dev.onboard.local.lambda.process.InstancePool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.EnvironmentResponse;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.LoggingConfig;
import software.amazon.awssdk.services.lambda.model.PublishVersionRequest;
import software.amazon.awssdk.services.lambda.model.SnapStart;
import software.amazon.awssdk.services.lambda.model.SnapStartResponse;
import software.amazon.awssdk.services.lambda.model.TracingConfigResponse;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;

/** How functions come to be, change and are published. */
final class FunctionConfigurations {
  /** Parts of a configuration that would change how a function runs and are not here. */
  private static final List<String> ABSENT =
      List.of(
          "VpcConfig",
          "Layers",
          "FileSystemConfigs",
          "ImageConfig",
          "KMSKeyArn",
          "CodeSigningConfigArn",
          "CapacityProviderConfig",
          "PublishTo",
          "DurableConfig",
          "TenancyConfig",
          "ImageUri",
          "SourceKMSKeyArn");

  private final Environment env;
  private final Functions functions;
  private final CodeSources sources;
  private final InstancePool pool;

  FunctionConfigurations(
      Environment env, Functions functions, FunctionCode code, InstancePool pool) {
    this.env = env;
    this.functions = functions;
    this.sources = new CodeSources(env, code);
    this.pool = pool;
  }

  FunctionConfiguration create(CreateFunctionRequest request, Principal caller) {
    refuseAbsent("CreateFunction", request);
    String name = FunctionName.parse(request.functionName()).name();
    if (functions.find(name, LATEST).isPresent()) {
      throw Errors.conflict("Function already exist: " + name);
    }
    if (Objects.equals(request.packageTypeAsString(), "Image")) {
      throw Functions.unsupported("CreateFunction", "PackageType Image");
    }
    requireJava("CreateFunction", request.runtimeAsString());
    if (request.handler() == null || request.role() == null || request.code() == null) {
      throw Errors.invalid("Runtime, Handler, Role and Code must be given for Zip functions.");
    }
    FunctionCode.Kept kept =
        sources.keep(
            caller,
            request.code().zipFile(),
            request.code().s3Bucket(),
            request.code().s3Key(),
            request.code().s3ObjectVersion());
    int memory = request.memorySize() == null ? Limits.MIN_MEMORY : request.memorySize();
    int timeout = request.timeout() == null ? Limits.DEFAULT_TIMEOUT : request.timeout();
    check(
        memory,
        timeout,
        request.environment() == null ? Map.of() : request.environment().variables());
    FunctionConfiguration config =
        FunctionConfiguration.builder()
            .functionName(name)
            .functionArn(functions.arn(name))
            .runtime(request.runtimeAsString())
            .role(request.role())
            .handler(request.handler())
            .description(request.description() == null ? "" : request.description())
            .timeout(timeout)
            .memorySize(memory)
            .version(LATEST)
            .packageType("Zip")
            .architecturesWithStrings(
                request.hasArchitectures() ? request.architecturesAsStrings() : List.of("x86_64"))
            .ephemeralStorage(e ->
                e.size(
                    request.ephemeralStorage() == null ? 512 : request.ephemeralStorage().size()))
            .deadLetterConfig(request.deadLetterConfig())
            .environment(environment(request.environment()))
            .tracingConfig(
                TracingConfigResponse.builder()
                    .mode(
                        request.tracingConfig() == null
                            ? "PassThrough"
                            : request.tracingConfig().modeAsString())
                    .build())
            .snapStart(snapStart(request.snapStart(), LATEST))
            .loggingConfig(logging(request.loggingConfig(), name))
            .state("Active")
            .lastUpdateStatus("Successful")
            .build();
    var version = new Functions.Version(stamped(withCode(config, kept)), kept.sha());
    env.store()
        .write(tx -> {
          functions.put(version);
          tx.update(
              "INSERT INTO lambda_setting VALUES (?, ?, NULL)", name, Tags.write(request.tags()));
          return null;
        });
    return Boolean.TRUE.equals(request.publish())
        ? publish(PublishVersionRequest.builder().functionName(name).build())
        : version.config();
  }

  FunctionConfiguration updateCode(UpdateFunctionCodeRequest request, Principal caller) {
    refuseAbsent("UpdateFunctionCode", request);
    String name = FunctionName.parse(request.functionName()).name();
    Functions.Version old = functions.resolve(new FunctionName(name, null));
    checkRevision(request.revisionId(), old.config());
    FunctionCode.Kept kept =
        sources.keep(
            caller,
            request.zipFile(),
            request.s3Bucket(),
            request.s3Key(),
            request.s3ObjectVersion());
    FunctionConfiguration config = withCode(old.config(), kept);
    if (request.hasArchitectures()) {
      config =
          config.toBuilder().architecturesWithStrings(request.architecturesAsStrings()).build();
    }
    config = stamped(config);
    if (!Boolean.TRUE.equals(request.dryRun())) {
      functions.put(new Functions.Version(config, kept.sha()));
      retire(old);
    }
    return Boolean.TRUE.equals(request.publish())
        ? publish(PublishVersionRequest.builder().functionName(name).build())
        : config;
  }

  FunctionConfiguration updateConfiguration(UpdateFunctionConfigurationRequest request) {
    refuseAbsent("UpdateFunctionConfiguration", request);
    String name = FunctionName.parse(request.functionName()).name();
    Functions.Version old = functions.resolve(new FunctionName(name, null));
    checkRevision(request.revisionId(), old.config());
    FunctionConfiguration.Builder config = old.config().toBuilder();
    if (request.runtimeAsString() != null) {
      requireJava("UpdateFunctionConfiguration", request.runtimeAsString());
      config.runtime(request.runtimeAsString());
    }
    ifGiven(request.role(), config::role);
    ifGiven(request.handler(), config::handler);
    ifGiven(request.description(), config::description);
    ifGiven(request.timeout(), config::timeout);
    ifGiven(request.memorySize(), config::memorySize);
    ifGiven(request.deadLetterConfig(), config::deadLetterConfig);
    ifGiven(request.environment(), e -> config.environment(environment(e)));
    ifGiven(
        request.tracingConfig(),
        t -> config.tracingConfig(TracingConfigResponse.builder().mode(t.modeAsString()).build()));
    ifGiven(request.ephemeralStorage(), config::ephemeralStorage);
    ifGiven(request.snapStart(), s -> config.snapStart(snapStart(s, LATEST)));
    ifGiven(request.loggingConfig(), l -> config.loggingConfig(logging(l, name)));
    FunctionConfiguration changed = stamped(config.build());
    check(
        changed.memorySize(),
        changed.timeout(),
        changed.environment() == null ? Map.of() : changed.environment().variables());
    functions.put(new Functions.Version(changed, old.code()));
    retire(old);
    return changed;
  }

  /**
   * Publishes what {@code $LATEST} is; where nothing changed since the newest version, that one is
   * the answer, as Lambda does it. With SnapStart the version is initialised now.
   */
  FunctionConfiguration publish(PublishVersionRequest request) {
    String name = FunctionName.parse(request.functionName()).name();
    Functions.Version published =
        env.store()
            .write(tx -> {
              Functions.Version latest = functions.resolve(new FunctionName(name, null));
              checkRevision(request.revisionId(), latest.config());
              if (request.codeSha256() != null
                  && !request.codeSha256().equals(latest.config().codeSha256())) {
                throw Errors.invalid(
                    "CodeSHA256 ("
                        + request.codeSha256()
                        + ") is different from current CodeSHA256 in $LATEST ("
                        + latest.config().codeSha256()
                        + "). Please try again with the CodeSHA256 in $LATEST.");
              }
              Functions.Version newest = functions.versions(name).getLast();
              if (!newest.config().version().equals(LATEST) && same(newest, latest)) {
                return newest;
              }
              String number = Integer.toString(functions.nextVersion(tx, name));
              FunctionConfiguration.Builder config = latest.config().toBuilder();
              ifGiven(request.description(), config::description);
              var version =
                  new Functions.Version(
                      stamped(
                          config
                              .version(number)
                              .functionArn(functions.arn(name) + ":" + number)
                              .snapStart(snapStart(applyOn(latest.config()), number))
                              .build()),
                      latest.code());
              functions.put(version);
              return version;
            });
    warm(published);
    return published.config();
  }

  /** Makes a published version ready if it is to be. */
  void warm(Functions.Version version) {
    var spec = functions.spec(version);
    if (spec.snapStart()) {
      env.store().afterCommit(() -> pool.warm(spec, () -> isCurrent(version)));
    }
  }

  private boolean isCurrent(Functions.Version version) {
    FunctionConfiguration config = version.config();
    return functions
        .find(config.functionName(), config.version())
        .filter(now -> now.config().revisionId().equals(config.revisionId()))
        .isPresent();
  }

  void retire(Functions.Version old) {
    env.store().afterCommit(() -> pool.retire(functions.spec(old).key()));
  }

  private static boolean same(Functions.Version newest, Functions.Version latest) {
    return comparable(newest.config()).equals(comparable(latest.config()))
        && newest.code().equals(latest.code());
  }

  private static FunctionConfiguration comparable(FunctionConfiguration config) {
    return config.toBuilder()
        .version(null)
        .functionArn(null)
        .revisionId(null)
        .lastModified(null)
        .description(null)
        .snapStart(SnapStartResponse.builder().applyOn(applyOn(config).applyOnAsString()).build())
        .build();
  }

  private static SnapStart applyOn(FunctionConfiguration config) {
    return SnapStart.builder().applyOn(config.snapStart().applyOnAsString()).build();
  }

  private FunctionConfiguration withCode(FunctionConfiguration config, FunctionCode.Kept kept) {
    return config.toBuilder().codeSha256(kept.base64()).codeSize(kept.size()).build();
  }

  private FunctionConfiguration stamped(FunctionConfiguration config) {
    String time = env.clock().now().toString();
    return config.toBuilder()
        .lastModified(time.replaceFirst("(\\.\\d{3})\\d*Z$|Z$", "$1+0000"))
        .revisionId(RequestIds.next())
        .build();
  }

  private static @Nullable EnvironmentResponse environment(
      software.amazon.awssdk.services.lambda.model.@Nullable Environment given) {
    return given == null
        ? null
        : EnvironmentResponse.builder().variables(new LinkedHashMap<>(given.variables())).build();
  }

  private static SnapStartResponse snapStart(@Nullable SnapStart given, String version) {
    String applyOn = given == null ? "None" : given.applyOnAsString();
    boolean on = applyOn.equals("PublishedVersions") && !version.equals(LATEST);
    return SnapStartResponse.builder()
        .applyOn(applyOn)
        .optimizationStatus(on ? "On" : "Off")
        .build();
  }

  private static LoggingConfig logging(@Nullable LoggingConfig given, String name) {
    LoggingConfig.Builder logging = given == null ? LoggingConfig.builder() : given.toBuilder();
    LoggingConfig now = logging.build();
    if (now.logFormatAsString() == null) {
      logging.logFormat("Text");
    }
    if (now.logGroup() == null) {
      logging.logGroup("/aws/lambda/" + name);
    }
    return logging.build();
  }

  private static void check(int memory, int timeout, Map<String, String> variables) {
    if (memory < Limits.MIN_MEMORY || memory > Limits.MAX_MEMORY) {
      throw Errors.invalid(
          "'MemorySize' value failed to satisfy constraint: Member must have value between "
              + Limits.MIN_MEMORY
              + " and "
              + Limits.MAX_MEMORY);
    }
    if (timeout < 1 || timeout > Limits.MAX_TIMEOUT) {
      throw Errors.invalid(
          "1 validation error detected: Value '"
              + timeout
              + "' at 'timeout' failed to satisfy constraint: Member must have value less than or"
              + " equal to "
              + Limits.MAX_TIMEOUT);
    }
    int size =
        variables.entrySet().stream()
            .mapToInt(e -> e.getKey().length() + e.getValue().length())
            .sum();
    if (size > Limits.MAX_ENVIRONMENT) {
      throw Errors.invalid(
          "Lambda was unable to configure your environment variables because the environment"
              + " variables you have provided exceeded the 4KB limit.");
    }
    for (String name : variables.keySet()) {
      if (name.startsWith("AWS_LAMBDA_") || ReservedVariables.NAMES.contains(name)) {
        throw Errors.invalid(
            "Lambda was unable to configure your environment variables because the environment"
                + " variables you have provided contains reserved keys that are currently not"
                + " supported for modification. Reserved keys used in this request: "
                + name);
      }
    }
  }

  private static void requireJava(String operation, @Nullable String runtime) {
    if (runtime == null || !runtime.matches("java(8\\.al2|11|17|21|25)")) {
      throw Functions.unsupported(operation, "Runtime " + runtime);
    }
  }

  private static void checkRevision(@Nullable String given, FunctionConfiguration config) {
    if (given != null && !given.equals(config.revisionId())) {
      throw dev.onboard.local.call.AwsErrors.error(
          software.amazon.awssdk.services.lambda.model.PreconditionFailedException.builder(),
          412,
          "PreconditionFailedException",
          "The Revision Id provided does not match the latest Revision Id. Call the"
              + " GetFunction/GetAlias API to retrieve the latest Revision Id");
    }
  }

  private static void refuseAbsent(String operation, SdkPojo request) {
    for (SdkField<?> field : request.sdkFields()) {
      Object value = field.getValueOrDefault(request);
      if (value != null
          && !(value instanceof SdkAutoConstructList)
          && !(value instanceof SdkAutoConstructMap)
          && ABSENT.contains(field.memberName())) {
        throw Functions.unsupported(operation, field.memberName());
      }
    }
  }

  private static <T> void ifGiven(@Nullable T value, java.util.function.Consumer<T> then) {
    if (value != null) {
      then.accept(value);
    }
  }
}
