package dev.onboard.local.lambda;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.RequestIds;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.AliasConfiguration;
import software.amazon.awssdk.services.lambda.model.AliasRoutingConfiguration;
import software.amazon.awssdk.services.lambda.model.CreateAliasRequest;
import software.amazon.awssdk.services.lambda.model.ListAliasesRequest;
import software.amazon.awssdk.services.lambda.model.ListAliasesResponse;
import software.amazon.awssdk.services.lambda.model.UpdateAliasRequest;

/** Names for versions of functions; each means one version, for traffic is not split. */
final class Aliases {
  private static final int LISTED = 50;

  private final Functions functions;

  Aliases(Functions functions) {
    this.functions = functions;
  }

  AliasConfiguration create(CreateAliasRequest request) {
    String function = FunctionName.parse(request.functionName()).name();
    refuseRouting("CreateAlias", request.routingConfig());
    functions.resolve(new FunctionName(function, request.functionVersion()));
    String arn = arn(function, request.name());
    if (functions.alias(function, request.name()).isPresent()) {
      throw Errors.conflict("Alias already exists: " + arn);
    }
    AliasConfiguration alias =
        AliasConfiguration.builder()
            .aliasArn(arn)
            .name(request.name())
            .functionVersion(request.functionVersion())
            .description(request.description() == null ? "" : request.description())
            .revisionId(RequestIds.next())
            .build();
    functions.putAlias(function, alias);
    return alias;
  }

  AliasConfiguration update(UpdateAliasRequest request) {
    String function = FunctionName.parse(request.functionName()).name();
    refuseRouting("UpdateAlias", request.routingConfig());
    AliasConfiguration.Builder alias = named(function, request.name()).toBuilder();
    if (request.functionVersion() != null) {
      functions.resolve(new FunctionName(function, request.functionVersion()));
      alias.functionVersion(request.functionVersion());
    }
    if (request.description() != null) {
      alias.description(request.description());
    }
    AliasConfiguration changed = alias.revisionId(RequestIds.next()).build();
    functions.putAlias(function, changed);
    return changed;
  }

  AliasConfiguration get(String function, String name) {
    return named(FunctionName.parse(function).name(), name);
  }

  ListAliasesResponse list(ListAliasesRequest request) {
    String function = FunctionName.parse(request.functionName()).name();
    functions.requireExists(function);
    List<AliasConfiguration> all =
        functions.aliases(function).stream()
            .filter(a ->
                request.functionVersion() == null
                    || a.functionVersion().equals(request.functionVersion()))
            .toList();
    Pages<AliasConfiguration> page =
        Pages.of(all, request.marker(), request.maxItems(), LISTED, AliasConfiguration::name);
    return ListAliasesResponse.builder().aliases(page.items()).nextMarker(page.next()).build();
  }

  void delete(String function, String name) {
    functions.deleteAlias(FunctionName.parse(function).name(), name);
  }

  private AliasConfiguration named(String function, String name) {
    return functions
        .alias(function, name)
        .orElseThrow(() -> Errors.notFound("Cannot find alias arn: " + arn(function, name)));
  }

  private String arn(String function, String name) {
    return functions.arn(function) + ":" + name;
  }

  private static void refuseRouting(String operation, @Nullable AliasRoutingConfiguration routing) {
    if (routing != null && !routing.additionalVersionWeights().isEmpty()) {
      throw AwsErrors.unsupported("lambda", operation, "RoutingConfig");
    }
  }
}
