package dev.onboard.local.schemas;

import dev.onboard.local.call.Environment;
import dev.onboard.local.call.EventTaker;
import dev.onboard.local.store.Tx;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.CreateDiscovererRequest;
import software.amazon.awssdk.services.schemas.model.CreateDiscovererResponse;
import software.amazon.awssdk.services.schemas.model.CreateRegistryRequest;
import software.amazon.awssdk.services.schemas.model.CreateRegistryResponse;
import software.amazon.awssdk.services.schemas.model.CreateSchemaRequest;
import software.amazon.awssdk.services.schemas.model.CreateSchemaResponse;
import software.amazon.awssdk.services.schemas.model.DeleteDiscovererRequest;
import software.amazon.awssdk.services.schemas.model.DeleteDiscovererResponse;
import software.amazon.awssdk.services.schemas.model.DeleteRegistryRequest;
import software.amazon.awssdk.services.schemas.model.DeleteRegistryResponse;
import software.amazon.awssdk.services.schemas.model.DeleteResourcePolicyRequest;
import software.amazon.awssdk.services.schemas.model.DeleteResourcePolicyResponse;
import software.amazon.awssdk.services.schemas.model.DeleteSchemaRequest;
import software.amazon.awssdk.services.schemas.model.DeleteSchemaResponse;
import software.amazon.awssdk.services.schemas.model.DeleteSchemaVersionRequest;
import software.amazon.awssdk.services.schemas.model.DeleteSchemaVersionResponse;
import software.amazon.awssdk.services.schemas.model.DescribeCodeBindingRequest;
import software.amazon.awssdk.services.schemas.model.DescribeCodeBindingResponse;
import software.amazon.awssdk.services.schemas.model.DescribeDiscovererRequest;
import software.amazon.awssdk.services.schemas.model.DescribeDiscovererResponse;
import software.amazon.awssdk.services.schemas.model.DescribeRegistryRequest;
import software.amazon.awssdk.services.schemas.model.DescribeRegistryResponse;
import software.amazon.awssdk.services.schemas.model.DescribeSchemaRequest;
import software.amazon.awssdk.services.schemas.model.DescribeSchemaResponse;
import software.amazon.awssdk.services.schemas.model.ExportSchemaRequest;
import software.amazon.awssdk.services.schemas.model.ExportSchemaResponse;
import software.amazon.awssdk.services.schemas.model.GetCodeBindingSourceRequest;
import software.amazon.awssdk.services.schemas.model.GetCodeBindingSourceResponse;
import software.amazon.awssdk.services.schemas.model.GetDiscoveredSchemaRequest;
import software.amazon.awssdk.services.schemas.model.GetDiscoveredSchemaResponse;
import software.amazon.awssdk.services.schemas.model.GetResourcePolicyRequest;
import software.amazon.awssdk.services.schemas.model.GetResourcePolicyResponse;
import software.amazon.awssdk.services.schemas.model.ListDiscoverersRequest;
import software.amazon.awssdk.services.schemas.model.ListDiscoverersResponse;
import software.amazon.awssdk.services.schemas.model.ListRegistriesRequest;
import software.amazon.awssdk.services.schemas.model.ListRegistriesResponse;
import software.amazon.awssdk.services.schemas.model.ListSchemaVersionsRequest;
import software.amazon.awssdk.services.schemas.model.ListSchemaVersionsResponse;
import software.amazon.awssdk.services.schemas.model.ListSchemasRequest;
import software.amazon.awssdk.services.schemas.model.ListSchemasResponse;
import software.amazon.awssdk.services.schemas.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.schemas.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.schemas.model.PutCodeBindingRequest;
import software.amazon.awssdk.services.schemas.model.PutCodeBindingResponse;
import software.amazon.awssdk.services.schemas.model.PutResourcePolicyRequest;
import software.amazon.awssdk.services.schemas.model.PutResourcePolicyResponse;
import software.amazon.awssdk.services.schemas.model.SearchSchemasRequest;
import software.amazon.awssdk.services.schemas.model.SearchSchemasResponse;
import software.amazon.awssdk.services.schemas.model.StartDiscovererRequest;
import software.amazon.awssdk.services.schemas.model.StartDiscovererResponse;
import software.amazon.awssdk.services.schemas.model.StopDiscovererRequest;
import software.amazon.awssdk.services.schemas.model.StopDiscovererResponse;
import software.amazon.awssdk.services.schemas.model.TagResourceRequest;
import software.amazon.awssdk.services.schemas.model.TagResourceResponse;
import software.amazon.awssdk.services.schemas.model.UntagResourceRequest;
import software.amazon.awssdk.services.schemas.model.UntagResourceResponse;
import software.amazon.awssdk.services.schemas.model.UpdateDiscovererRequest;
import software.amazon.awssdk.services.schemas.model.UpdateDiscovererResponse;
import software.amazon.awssdk.services.schemas.model.UpdateRegistryRequest;
import software.amazon.awssdk.services.schemas.model.UpdateRegistryResponse;
import software.amazon.awssdk.services.schemas.model.UpdateSchemaRequest;
import software.amazon.awssdk.services.schemas.model.UpdateSchemaResponse;

/** The EventBridge schema registry. */
public final class LocalSchemas implements SchemasClient, EventTaker {
  private static final List<List<String>> TABLES =
      List.of(
          List.of(
              """
              CREATE TABLE schemas_registry(
                name TEXT PRIMARY KEY, description TEXT, policy TEXT, revision TEXT) WITHOUT ROWID\
              """,
              """
              CREATE TABLE schemas_schema(
                registry TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, description TEXT,
                modified INT NOT NULL, newest INT NOT NULL,
                PRIMARY KEY(registry, name)) WITHOUT ROWID\
              """,
              """
              CREATE TABLE schemas_version(
                registry TEXT NOT NULL, name TEXT NOT NULL, version INT NOT NULL,
                content TEXT NOT NULL, created INT NOT NULL,
                PRIMARY KEY(registry, name, version)) WITHOUT ROWID\
              """,
              """
              CREATE TABLE schemas_tag(
                arn TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
                PRIMARY KEY(arn, name)) WITHOUT ROWID\
              """),
          List.of(
              """
              CREATE TABLE schemas_discoverer(
                id TEXT PRIMARY KEY, source TEXT NOT NULL, description TEXT,
                state TEXT NOT NULL, cross_account INT NOT NULL) WITHOUT ROWID\
              """,
              """
              CREATE TABLE schemas_binding(
                registry TEXT NOT NULL, name TEXT NOT NULL, version INT NOT NULL,
                language TEXT NOT NULL, created INT NOT NULL, modified INT NOT NULL,
                PRIMARY KEY(registry, name, version, language)) WITHOUT ROWID\
              """));

  private final Environment env;
  private final Tags tags = new Tags();
  private final Registries registries;
  private final SchemaVersions versions;
  private final SchemaLists lists;
  private final Discovery discovery;
  private final Discoverers discoverers;
  private final CodeBindings bindings;

  public LocalSchemas(Environment env) {
    this.env = env;
    env.store().migrate("schemas", TABLES);
    registries = new Registries(env, tags);
    versions = new SchemaVersions(env, tags);
    lists = new SchemaLists(env, versions, tags);
    discovery = new Discovery(env.store(), versions);
    discoverers = new Discoverers(env, registries, tags);
    bindings = new CodeBindings(env);
  }

  @Override
  public String serviceName() {
    return "schemas";
  }

  @Override
  public void close() {}

  @Override
  public CreateRegistryResponse createRegistry(CreateRegistryRequest request) {
    return registries.create(request);
  }

  @Override
  public UpdateRegistryResponse updateRegistry(UpdateRegistryRequest request) {
    return registries.update(request);
  }

  @Override
  public DescribeRegistryResponse describeRegistry(DescribeRegistryRequest request) {
    return registries.describe(request.registryName());
  }

  @Override
  public DeleteRegistryResponse deleteRegistry(DeleteRegistryRequest request) {
    return registries.delete(request.registryName());
  }

  @Override
  public ListRegistriesResponse listRegistries(ListRegistriesRequest request) {
    return registries.list(request);
  }

  @Override
  public PutResourcePolicyResponse putResourcePolicy(PutResourcePolicyRequest request) {
    return registries.putPolicy(request);
  }

  @Override
  public GetResourcePolicyResponse getResourcePolicy(GetResourcePolicyRequest request) {
    return registries.policy(request.registryName());
  }

  @Override
  public DeleteResourcePolicyResponse deleteResourcePolicy(DeleteResourcePolicyRequest request) {
    return registries.deletePolicy(request.registryName());
  }

  @Override
  public CreateSchemaResponse createSchema(CreateSchemaRequest request) {
    if (Discovery.REGISTRY.equals(request.registryName())) {
      throw SchemaErrors.forbidden(
          "Schemas of registry " + Discovery.REGISTRY + " are made by discoverers alone.");
    }
    return changing(request.registryName(), request.schemaName(), () -> versions.create(request));
  }

  @Override
  public UpdateSchemaResponse updateSchema(UpdateSchemaRequest request) {
    return changing(request.registryName(), request.schemaName(), () -> versions.update(request));
  }

  @Override
  public DescribeSchemaResponse describeSchema(DescribeSchemaRequest request) {
    return versions.describe(request);
  }

  @Override
  public DeleteSchemaResponse deleteSchema(DeleteSchemaRequest request) {
    return changing(request.registryName(), request.schemaName(), () -> versions.delete(request));
  }

  @Override
  public DeleteSchemaVersionResponse deleteSchemaVersion(DeleteSchemaVersionRequest request) {
    return changing(
        request.registryName(), request.schemaName(), () -> versions.deleteVersion(request));
  }

  @Override
  public ListSchemasResponse listSchemas(ListSchemasRequest request) {
    return lists.schemas(request);
  }

  @Override
  public ListSchemaVersionsResponse listSchemaVersions(ListSchemaVersionsRequest request) {
    return lists.versions(request);
  }

  @Override
  public SearchSchemasResponse searchSchemas(SearchSchemasRequest request) {
    return lists.search(request);
  }

  @Override
  public CreateDiscovererResponse createDiscoverer(CreateDiscovererRequest request) {
    return discoverers.create(request);
  }

  @Override
  public UpdateDiscovererResponse updateDiscoverer(UpdateDiscovererRequest request) {
    return discoverers.update(request);
  }

  @Override
  public DescribeDiscovererResponse describeDiscoverer(DescribeDiscovererRequest request) {
    return discoverers.describe(request.discovererId());
  }

  @Override
  public DeleteDiscovererResponse deleteDiscoverer(DeleteDiscovererRequest request) {
    return discoverers.delete(request.discovererId());
  }

  @Override
  public ListDiscoverersResponse listDiscoverers(ListDiscoverersRequest request) {
    return discoverers.list(request);
  }

  @Override
  public StartDiscovererResponse startDiscoverer(StartDiscovererRequest request) {
    return discoverers.start(request.discovererId());
  }

  @Override
  public StopDiscovererResponse stopDiscoverer(StopDiscovererRequest request) {
    return discoverers.stop(request.discovererId());
  }

  @Override
  public GetDiscoveredSchemaResponse getDiscoveredSchema(GetDiscoveredSchemaRequest request) {
    return discovery.discover(request);
  }

  @Override
  public ExportSchemaResponse exportSchema(ExportSchemaRequest request) {
    return versions.export(request);
  }

  @Override
  public PutCodeBindingResponse putCodeBinding(PutCodeBindingRequest request) {
    return bindings.put(request);
  }

  @Override
  public DescribeCodeBindingResponse describeCodeBinding(DescribeCodeBindingRequest request) {
    return bindings.describe(request);
  }

  @Override
  public GetCodeBindingSourceResponse getCodeBindingSource(GetCodeBindingSourceRequest request) {
    return bindings.source(request);
  }

  @Override
  public void take(String target, List<String> events) {
    discovery.take(events);
  }

  @Override
  public TagResourceResponse tagResource(TagResourceRequest request) {
    env.store()
        .write(tx -> {
          require(tx, request.resourceArn());
          tags.put(tx, request.resourceArn(), request.tags());
          return null;
        });
    return TagResourceResponse.builder().build();
  }

  @Override
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    env.store()
        .write(tx -> {
          require(tx, request.resourceArn());
          tags.remove(tx, request.resourceArn(), request.tagKeys());
          return null;
        });
    return UntagResourceResponse.builder().build();
  }

  @Override
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return env.store()
        .read(tx -> {
          require(tx, request.resourceArn());
          return ListTagsForResourceResponse.builder()
              .tags(tags.of(tx, request.resourceArn()))
              .build();
        });
  }

  private <T> T changing(String registry, String schema, Supplier<T> change) {
    if (registry != null && registry.startsWith("aws.")) {
      throw SchemaErrors.forbidden("Registry " + registry + " is AWS's own; it cannot be changed.");
    }
    T changed = change.get();
    discovery.changed(registry, schema);
    return changed;
  }

  private void require(Tx tx, String arn) {
    boolean there =
        tx.list("SELECT name FROM schemas_registry", r -> registries.arn(r.string(1))).contains(arn)
            || tx.list(
                    "SELECT registry, name FROM schemas_schema",
                    r -> versions.arn(r.string(1), r.string(2)))
                .contains(arn)
            || tx.list("SELECT id FROM schemas_discoverer", r -> discoverers.arn(r.string(1)))
                .contains(arn);
    if (!there) {
      throw SchemaErrors.notFound("Resource", arn);
    }
  }
}
