package dev.onboard.local.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.RequestIds;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.JsonFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.schemas.model.CreateRegistryRequest;
import software.amazon.awssdk.services.schemas.model.CreateRegistryResponse;
import software.amazon.awssdk.services.schemas.model.DeleteRegistryResponse;
import software.amazon.awssdk.services.schemas.model.DeleteResourcePolicyResponse;
import software.amazon.awssdk.services.schemas.model.DescribeRegistryResponse;
import software.amazon.awssdk.services.schemas.model.GetResourcePolicyResponse;
import software.amazon.awssdk.services.schemas.model.ListRegistriesRequest;
import software.amazon.awssdk.services.schemas.model.ListRegistriesResponse;
import software.amazon.awssdk.services.schemas.model.PutResourcePolicyRequest;
import software.amazon.awssdk.services.schemas.model.PutResourcePolicyResponse;
import software.amazon.awssdk.services.schemas.model.RegistrySummary;
import software.amazon.awssdk.services.schemas.model.UpdateRegistryRequest;
import software.amazon.awssdk.services.schemas.model.UpdateRegistryResponse;

/** The registries and their resource policies. */
final class Registries {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_DESCRIPTION = 256;

  private final Environment env;
  private final Tags tags;

  Registries(Environment env, Tags tags) {
    this.env = env;
    this.tags = tags;
  }

  String arn(String name) {
    return env.arn("schemas", "registry/" + name);
  }

  CreateRegistryResponse create(CreateRegistryRequest request) {
    String name = request.registryName();
    SchemaErrors.checkName("RegistryName", name, LONGEST_NAME);
    SchemaErrors.checkLength("Description", request.description(), LONGEST_DESCRIPTION);
    if (name.startsWith("aws.") || name.equals(Discovery.REGISTRY)) {
      throw SchemaErrors.forbidden("RegistryName " + name + " is reserved.");
    }
    env.store()
        .write(tx -> {
          if (find(tx, name).isPresent()) {
            throw SchemaErrors.conflict("Registry with name " + name + " already exists.");
          }
          tx.update(
              "INSERT INTO schemas_registry VALUES (?, ?, NULL, NULL)",
              name,
              request.description());
          tags.put(tx, arn(name), request.tags());
          return null;
        });
    return CreateRegistryResponse.builder()
        .registryArn(arn(name))
        .registryName(name)
        .description(request.description())
        .tags(request.hasTags() ? request.tags() : null)
        .build();
  }

  /** Makes a registry of the service's own if it is not there. */
  void ensure(Tx tx, String name) {
    if (find(tx, name).isEmpty()) {
      tx.update("INSERT INTO schemas_registry VALUES (?, NULL, NULL, NULL)", name);
    }
  }

  UpdateRegistryResponse update(UpdateRegistryRequest request) {
    SchemaErrors.checkLength("Description", request.description(), LONGEST_DESCRIPTION);
    return env.store()
        .write(tx -> {
          Registry registry = get(tx, request.registryName());
          tx.update(
              "UPDATE schemas_registry SET description = ? WHERE name = ?",
              request.description(),
              registry.name);
          return UpdateRegistryResponse.builder()
              .registryArn(arn(registry.name))
              .registryName(registry.name)
              .description(request.description())
              .tags(tags.of(tx, arn(registry.name)))
              .build();
        });
  }

  DescribeRegistryResponse describe(String name) {
    return env.store()
        .read(tx -> {
          Registry registry = get(tx, name);
          return DescribeRegistryResponse.builder()
              .registryArn(arn(name))
              .registryName(name)
              .description(registry.description)
              .tags(tags.of(tx, arn(name)))
              .build();
        });
  }

  DeleteRegistryResponse delete(String name) {
    if (Discovery.REGISTRY.equals(name)) {
      throw SchemaErrors.forbidden("Registry " + name + " must not be deleted.");
    }
    env.store()
        .write(tx -> {
          get(tx, name);
          if (tx.exists("SELECT 1 FROM schemas_schema WHERE registry = ? LIMIT 1", name)) {
            throw SchemaErrors.conflict(
                "Registry " + name + " has schemas; delete them before the registry.");
          }
          tx.update("DELETE FROM schemas_registry WHERE name = ?", name);
          tags.remove(tx, arn(name));
          return null;
        });
    return DeleteRegistryResponse.builder().build();
  }

  ListRegistriesResponse list(ListRegistriesRequest request) {
    if (request.scope() != null && !List.of("LOCAL", "AWS").contains(request.scope())) {
      throw SchemaErrors.badRequest("Scope must be LOCAL or AWS.");
    }
    if ("AWS".equals(request.scope())) {
      throw AwsErrors.unsupported(
          "schemas", "ListRegistries", "Scope AWS (the registry of AWS's own events)");
    }
    return env.store()
        .read(tx -> {
          List<Registry> all =
              tx.list("SELECT * FROM schemas_registry ORDER BY name", Registry::of).stream()
                  .filter(r ->
                      request.registryNamePrefix() == null
                          || r.name.startsWith(request.registryNamePrefix()))
                  .toList();
          Page<Registry> page = Page.of(all, Registry::name, request.limit(), request.nextToken());
          return ListRegistriesResponse.builder()
              .registries(page.elements().stream().map(r -> summary(tx, r)).toList())
              .nextToken(page.token())
              .build();
        });
  }

  PutResourcePolicyResponse putPolicy(PutResourcePolicyRequest request) {
    checkPolicy(request.policy());
    return env.store()
        .write(tx -> {
          Registry registry = get(tx, request.registryName());
          if (request.revisionId() != null && !request.revisionId().equals(registry.revision)) {
            throw SchemaErrors.preconditionFailed(
                "RevisionId " + request.revisionId() + " is not that of the current policy.");
          }
          String revision = RequestIds.next();
          setPolicy(tx, registry.name, request.policy(), revision);
          return PutResourcePolicyResponse.builder()
              .policy(request.policy())
              .revisionId(revision)
              .build();
        });
  }

  GetResourcePolicyResponse policy(String name) {
    return env.store()
        .read(tx -> {
          Registry registry = get(tx, name);
          if (registry.policy == null) {
            throw SchemaErrors.notFound("Resource policy of registry", name);
          }
          return GetResourcePolicyResponse.builder()
              .policy(registry.policy)
              .revisionId(registry.revision)
              .build();
        });
  }

  DeleteResourcePolicyResponse deletePolicy(String name) {
    env.store()
        .write(tx -> {
          if (get(tx, name).policy == null) {
            throw SchemaErrors.notFound("Resource policy of registry", name);
          }
          setPolicy(tx, name, null, null);
          return null;
        });
    return DeleteResourcePolicyResponse.builder().build();
  }

  /** Refuses a request about a registry that does not exist. */
  static void require(Tx tx, @Nullable String name) {
    get(tx, name);
  }

  private RegistrySummary summary(Tx tx, Registry registry) {
    Map<String, String> own = tags.of(tx, arn(registry.name));
    return RegistrySummary.builder()
        .registryArn(arn(registry.name))
        .registryName(registry.name)
        .tags(own)
        .build();
  }

  private static void setPolicy(
      Tx tx, String name, @Nullable String policy, @Nullable String revision) {
    tx.update(
        "UPDATE schemas_registry SET policy = ?, revision = ? WHERE name = ?",
        policy,
        revision,
        name);
  }

  private static void checkPolicy(@Nullable String policy) {
    try {
      if (policy != null && JSON.readTree(policy).has("Statement")) {
        return;
      }
    } catch (JsonProcessingException e) {
      throw SchemaErrors.badRequest("Policy is not valid JSON: " + JsonFault.words(e));
    }
    throw SchemaErrors.badRequest("Policy must be a JSON object with a Statement.");
  }

  private static Optional<Registry> find(Tx tx, String name) {
    return tx.first("SELECT * FROM schemas_registry WHERE name = ?", Registry::of, name);
  }

  private static Registry get(Tx tx, @Nullable String name) {
    if (name == null) {
      throw SchemaErrors.badRequest("RegistryName must not be empty.");
    }
    return find(tx, name).orElseThrow(() -> SchemaErrors.notFound("Registry", name));
  }

  /** A registry as it stands in the store. */
  private record Registry(
      String name,
      @Nullable String description,
      @Nullable String policy,
      @Nullable String revision) {
    static Registry of(Row row) {
      return new Registry(
          row.string("name"),
          row.stringOrNull("description"),
          row.stringOrNull("policy"),
          row.stringOrNull("revision"));
    }
  }
}
