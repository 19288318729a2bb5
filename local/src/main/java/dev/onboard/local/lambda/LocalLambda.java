package dev.onboard.local.lambda;

import static dev.onboard.local.lambda.FunctionName.LATEST;

import dev.onboard.local.call.Call;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Resumable;
import dev.onboard.local.lambda.process.InstanceLauncher;
import dev.onboard.local.lambda.process.InstancePool;
import dev.onboard.local.lambda.process.RuntimeApi;
import dev.onboard.local.wire.HttpCall;
import dev.onboard.local.wire.Outgoing;
import dev.onboard.local.wire.SdkJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.*;

/** Lambda: Java functions, each in processes of its own. */
public final class LocalLambda implements LambdaClient, Resumable {
  /** How the paths begin under which the code of functions is got. */
  public static final String CODE_PREFIX = "/_lambda/code/";

  private final Environment env;
  private final FunctionCode code;
  private final Functions functions;
  private final FunctionConfigurations configurations;
  private final InstancePool pool;
  private final AsyncInvocations async;
  private final Invocations invocations;
  private final EventSourceMappings mappings;
  private final Aliases aliases;
  private final Settings settings;
  private final Permissions permissions;
  private final InvokeConfigs invokeConfigs;

  /**
   * The service.
   *
   * @param caches where start-up caches of functions are kept
   * @param places the most processes at a time
   */
  public LocalLambda(Environment env, Path caches, int places) {
    this.env = env;
    this.code = new FunctionCode(env.store().folder().resolve("lambda"));
    this.functions = new Functions(env, code);
    var surroundings = new FunctionSurroundings(env);
    var launcher =
        new InstanceLauncher(
            caches, env.clock(), surroundings::home, surroundings::log, surroundings::bill);
    this.pool = new InstancePool(launcher, env.clock(), places);
    this.configurations = new FunctionConfigurations(env, functions, code, pool);
    this.async = new AsyncInvocations(env, functions, this::invocations);
    this.invocations = new Invocations(functions, pool, async);
    this.mappings = new EventSourceMappings(env, functions, invocations);
    this.aliases = new Aliases(functions);
    this.settings = new Settings(env, functions);
    this.permissions = new Permissions(env, functions);
    this.invokeConfigs = new InvokeConfigs(env, functions);
  }

  private Invocations invocations() {
    return invocations;
  }

  /** What the processes of functions call. */
  public RuntimeApi runtimeApi() {
    return pool.runtimeApi();
  }

  /** Answers where {@code GetFunction} says that the code is. */
  public void serveCode(HttpCall call, Outgoing out) throws IOException {
    code.send(call.path().substring(CODE_PREFIX.length()), out);
  }

  private String location(FunctionConfiguration config) {
    String sha = HexFormat.of().formatHex(Base64.getDecoder().decode(config.codeSha256()));
    return env.endpoint().get() + CODE_PREFIX + sha;
  }

  @Override
  public void resume() {
    functions.list(true).forEach(this::warmIfAliased);
    mappings.resume();
    async.dispatch();
  }

  private void warmIfAliased(Functions.Version version) {
    FunctionConfiguration config = version.config();
    boolean aliased =
        functions.aliases(config.functionName()).stream()
            .anyMatch(a -> a.functionVersion().equals(config.version()));
    if (aliased) {
      configurations.warm(version);
    }
  }

  @Override
  public String serviceName() {
    return "lambda";
  }

  @Override
  public void close() {
    mappings.close();
    pool.close();
  }

  @Override
  public CreateFunctionResponse createFunction(CreateFunctionRequest request) {
    return SdkJson.as(
        CreateFunctionResponse.class, configurations.create(request, Call.current().caller()));
  }

  @Override
  public UpdateFunctionCodeResponse updateFunctionCode(UpdateFunctionCodeRequest request) {
    return SdkJson.as(
        UpdateFunctionCodeResponse.class,
        configurations.updateCode(request, Call.current().caller()));
  }

  @Override
  public UpdateFunctionConfigurationResponse updateFunctionConfiguration(
      UpdateFunctionConfigurationRequest request) {
    return SdkJson.as(
        UpdateFunctionConfigurationResponse.class, configurations.updateConfiguration(request));
  }

  @Override
  public PublishVersionResponse publishVersion(PublishVersionRequest request) {
    return SdkJson.as(PublishVersionResponse.class, configurations.publish(request));
  }

  @Override
  public GetFunctionResponse getFunction(GetFunctionRequest request) {
    FunctionName name = FunctionName.parse(request.functionName(), request.qualifier());
    FunctionConfiguration config = functions.resolve(name).config();
    Integer reserved = functions.reserved(name.name());
    return GetFunctionResponse.builder()
        .configuration(config)
        .code(c -> c.repositoryType("S3").location(location(config)))
        .tags(settings.tags(name.name()))
        .concurrency(
            reserved == null
                ? null
                : Concurrency.builder().reservedConcurrentExecutions(reserved).build())
        .build();
  }

  @Override
  public GetFunctionConfigurationResponse getFunctionConfiguration(
      GetFunctionConfigurationRequest request) {
    FunctionName name = FunctionName.parse(request.functionName(), request.qualifier());
    return SdkJson.as(GetFunctionConfigurationResponse.class, functions.resolve(name).config());
  }

  @Override
  public ListFunctionsResponse listFunctions(ListFunctionsRequest request) {
    List<FunctionConfiguration> all =
        functions.list("ALL".equals(request.functionVersionAsString())).stream()
            .map(Functions.Version::config)
            .toList();
    Pages<FunctionConfiguration> page =
        Pages.of(all, request.marker(), request.maxItems(), 50, FunctionConfiguration::functionArn);
    return ListFunctionsResponse.builder().functions(page.items()).nextMarker(page.next()).build();
  }

  @Override
  public ListVersionsByFunctionResponse listVersionsByFunction(
      ListVersionsByFunctionRequest request) {
    String name = FunctionName.parse(request.functionName()).name();
    functions.requireExists(name);
    List<FunctionConfiguration> all =
        functions.versions(name).stream().map(Functions.Version::config).toList();
    Pages<FunctionConfiguration> page =
        Pages.of(all, request.marker(), request.maxItems(), 50, FunctionConfiguration::functionArn);
    return ListVersionsByFunctionResponse.builder()
        .versions(page.items())
        .nextMarker(page.next())
        .build();
  }

  @Override
  public DeleteFunctionResponse deleteFunction(DeleteFunctionRequest request) {
    FunctionName name = FunctionName.parse(request.functionName(), request.qualifier());
    Functions.Version version = functions.resolve(name);
    if (name.qualifier() != null) {
      if (LATEST.equals(name.qualifier())) {
        throw Errors.invalid("$LATEST version cannot be deleted without deleting the function.");
      }
      for (AliasConfiguration alias : functions.aliases(name.name())) {
        if (alias.functionVersion().equals(name.qualifier())) {
          throw Errors.conflict("The following aliases reference this version " + alias.name());
        }
      }
    }
    List<Functions.Version> gone =
        name.qualifier() == null ? functions.versions(name.name()) : List.of(version);
    functions.delete(name.name(), name.qualifier());
    gone.forEach(configurations::retire);
    return DeleteFunctionResponse.builder().build();
  }

  @Override
  public InvokeResponse invoke(InvokeRequest request) {
    return invocations.invoke(request);
  }

  @Override
  public CreateAliasResponse createAlias(CreateAliasRequest request) {
    return SdkJson.as(CreateAliasResponse.class, aliases.create(request));
  }

  @Override
  public UpdateAliasResponse updateAlias(UpdateAliasRequest request) {
    return SdkJson.as(UpdateAliasResponse.class, aliases.update(request));
  }

  @Override
  public GetAliasResponse getAlias(GetAliasRequest request) {
    return SdkJson.as(GetAliasResponse.class, aliases.get(request.functionName(), request.name()));
  }

  @Override
  public ListAliasesResponse listAliases(ListAliasesRequest request) {
    return aliases.list(request);
  }

  @Override
  public DeleteAliasResponse deleteAlias(DeleteAliasRequest request) {
    aliases.delete(request.functionName(), request.name());
    return DeleteAliasResponse.builder().build();
  }

  @Override
  public AddPermissionResponse addPermission(AddPermissionRequest request) {
    return AddPermissionResponse.builder().statement(permissions.add(request)).build();
  }

  @Override
  public RemovePermissionResponse removePermission(RemovePermissionRequest request) {
    permissions.remove(request.functionName(), request.qualifier(), request.statementId());
    return RemovePermissionResponse.builder().build();
  }

  @Override
  public GetPolicyResponse getPolicy(GetPolicyRequest request) {
    return GetPolicyResponse.builder()
        .policy(permissions.policy(request.functionName(), request.qualifier()))
        .build();
  }

  @Override
  public CreateEventSourceMappingResponse createEventSourceMapping(
      CreateEventSourceMappingRequest request) {
    return SdkJson.as(CreateEventSourceMappingResponse.class, mappings.create(request));
  }

  @Override
  public UpdateEventSourceMappingResponse updateEventSourceMapping(
      UpdateEventSourceMappingRequest request) {
    return SdkJson.as(UpdateEventSourceMappingResponse.class, mappings.update(request));
  }

  @Override
  public DeleteEventSourceMappingResponse deleteEventSourceMapping(
      DeleteEventSourceMappingRequest request) {
    return SdkJson.as(DeleteEventSourceMappingResponse.class, mappings.delete(request.uuid()));
  }

  @Override
  public GetEventSourceMappingResponse getEventSourceMapping(GetEventSourceMappingRequest request) {
    return SdkJson.as(GetEventSourceMappingResponse.class, mappings.get(request.uuid()));
  }

  @Override
  public ListEventSourceMappingsResponse listEventSourceMappings(
      ListEventSourceMappingsRequest request) {
    Pages<EventSourceMappingConfiguration> page =
        Pages.of(
            mappings.list(request.eventSourceArn(), request.functionName()),
            request.marker(),
            request.maxItems(),
            100,
            EventSourceMappingConfiguration::uuid);
    return ListEventSourceMappingsResponse.builder()
        .eventSourceMappings(page.items())
        .nextMarker(page.next())
        .build();
  }

  @Override
  public PutFunctionConcurrencyResponse putFunctionConcurrency(
      PutFunctionConcurrencyRequest request) {
    String name = FunctionName.parse(request.functionName()).name();
    settings.reserve(name, request.reservedConcurrentExecutions());
    return PutFunctionConcurrencyResponse.builder()
        .reservedConcurrentExecutions(request.reservedConcurrentExecutions())
        .build();
  }

  @Override
  public GetFunctionConcurrencyResponse getFunctionConcurrency(
      GetFunctionConcurrencyRequest request) {
    String name = FunctionName.parse(request.functionName()).name();
    functions.requireExists(name);
    return GetFunctionConcurrencyResponse.builder()
        .reservedConcurrentExecutions(functions.reserved(name))
        .build();
  }

  @Override
  public DeleteFunctionConcurrencyResponse deleteFunctionConcurrency(
      DeleteFunctionConcurrencyRequest request) {
    String name = FunctionName.parse(request.functionName()).name();
    settings.reserve(name, null);
    return DeleteFunctionConcurrencyResponse.builder().build();
  }

  @Override
  public PutFunctionEventInvokeConfigResponse putFunctionEventInvokeConfig(
      PutFunctionEventInvokeConfigRequest request) {
    return invokeConfigs.put(request);
  }

  @Override
  public GetFunctionEventInvokeConfigResponse getFunctionEventInvokeConfig(
      GetFunctionEventInvokeConfigRequest request) {
    FunctionName name = FunctionName.parse(request.functionName(), request.qualifier());
    return invokeConfigs.get(name, GetFunctionEventInvokeConfigResponse.class);
  }

  @Override
  public ListFunctionEventInvokeConfigsResponse listFunctionEventInvokeConfigs(
      ListFunctionEventInvokeConfigsRequest request) {
    String name = FunctionName.parse(request.functionName()).name();
    Pages<FunctionEventInvokeConfig> page =
        Pages.of(
            invokeConfigs.list(name),
            request.marker(),
            request.maxItems(),
            50,
            FunctionEventInvokeConfig::functionArn);
    return ListFunctionEventInvokeConfigsResponse.builder()
        .functionEventInvokeConfigs(page.items())
        .nextMarker(page.next())
        .build();
  }

  @Override
  public DeleteFunctionEventInvokeConfigResponse deleteFunctionEventInvokeConfig(
      DeleteFunctionEventInvokeConfigRequest request) {
    FunctionName name = FunctionName.parse(request.functionName(), request.qualifier());
    invokeConfigs.delete(name);
    return DeleteFunctionEventInvokeConfigResponse.builder().build();
  }

  @Override
  public ListTagsResponse listTags(ListTagsRequest request) {
    String name = FunctionName.parse(request.resource()).name();
    functions.requireExists(name);
    return ListTagsResponse.builder().tags(settings.tags(name)).build();
  }

  @Override
  public TagResourceResponse tagResource(TagResourceRequest request) {
    settings.retag(request.resource(), old -> Tags.with(old, request.tags()));
    return TagResourceResponse.builder().build();
  }

  @Override
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    settings.retag(request.resource(), old -> Tags.without(old, request.tagKeys()));
    return UntagResourceResponse.builder().build();
  }
}
