package dev.onboard.cli;

import dev.onboard.console.schema.NotInOpenApi;
import dev.onboard.console.schema.OpenApiDocument;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.DescribeSchemaResponse;
import software.amazon.awssdk.services.schemas.model.NotFoundException;
import software.amazon.awssdk.services.schemas.model.RegistrySummary;
import software.amazon.awssdk.services.schemas.model.SchemaSummary;
import software.amazon.awssdk.services.schemas.model.SchemaVersionSummary;
import software.amazon.awssdk.services.schemas.model.Type;

@Command(
    name = "schema",
    description = {
      "Prints a schema of the registry and nothing else: as it is registered, or as the other kind"
          + " of document.",
      "The registry itself makes draft 4 of OpenAPI; the way back is made here. What OpenAPI 3.0"
          + " has no word for is refused by name."
    },
    footer = {
      "",
      "Example:",
      "  ./onboard schema UserCreated --as openapi3 > user-created.json",
      "  aws schemas create-schema --registry-name REGISTRY --schema-name NAME --type OpenApi3"
          + " --content file://user-created.json"
    })
final class SchemaCommand implements Callable<Integer> {
  /** The kinds of documents, as they are said on the command line. */
  private enum Form {
    OPENAPI3,
    DRAFT4
  }

  @Parameters(
      paramLabel = "NAME",
      description = "name of a schema, a detail-type of the registry, or source@detail-type")
  String name = "";

  @Option(names = "--registry", paramLabel = "NAME", description = "default: the one of the stack")
  @Nullable String registry;

  @Option(
      names = "--version",
      paramLabel = "NUMBER",
      description = "version of the schema in the registry (default: the newest)")
  @Nullable Integer version;

  @Option(
      names = "--as",
      paramLabel = "openapi3|draft4",
      description = "as OpenAPI 3.0 or as JSON Schema draft 4 (default: as it is registered)")
  @Nullable Form form;

  // Of the standard options this one alone: --version is that of the schema.
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  boolean help;

  @Mixin LocalOptions local;
  @Mixin AwsOptions aws;
  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    if (version != null && version < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--version must be a number from 1 on, not " + version);
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Clients clients = aws.aws ? aws.clients() : local.running().clients()) {
      String from =
          registry == null
              ? BusOption.ofStack(clients, aws.stack, "SchemaRegistryName", "--registry")
              : registry;
      String document = document(clients.schemas(), from);
      out.print(document);
      if (!document.endsWith("\n")) {
        out.println();
      }
    }
    out.flush();
    return 0;
  }

  private String document(SchemasClient schemas, String from) {
    DescribeSchemaResponse found = found(schemas, from);
    boolean isOpenApi = Type.OPEN_API3.toString().equals(found.type());
    if (form == Form.DRAFT4 && isOpenApi) {
      return schemas
          .exportSchema(e ->
              e.registryName(from)
                  .schemaName(found.schemaName())
                  .schemaVersion(found.schemaVersion())
                  .type(Type.JSON_SCHEMA_DRAFT4.toString()))
          .content();
    } else if (form == Form.OPENAPI3 && !isOpenApi) {
      try {
        return OpenApiDocument.of(found.schemaName(), found.content());
      } catch (NotInOpenApi e) {
        throw new Failure(
            "the schema " + found.schemaName() + " cannot be OpenAPI: " + e.getMessage(), e);
      }
    }
    return found.content();
  }

  private DescribeSchemaResponse found(SchemasClient schemas, String from) {
    SchemaNames names = names(schemas, from);
    String meant =
        Optional.of(name)
            .filter(names.all()::contains)
            .or(() -> names.meant(name))
            .orElseThrow(() -> names.unknown(name));
    String number = version == null ? null : version.toString();
    try {
      return schemas.describeSchema(
          d -> d.registryName(from).schemaName(meant).schemaVersion(number));
    } catch (NotFoundException e) {
      List<String> versions =
          schemas
              .listSchemaVersionsPaginator(l -> l.registryName(from).schemaName(meant))
              .schemaVersions()
              .stream()
              .map(SchemaVersionSummary::schemaVersion)
              .sorted(Comparator.comparing(Integer::valueOf, Comparator.reverseOrder()))
              .toList();
      throw new Failure(
          "the schema "
              + meant
              + " has no version "
              + number
              + "; it has "
              + SchemaNames.listed(versions),
          e);
    }
  }

  private static SchemaNames names(SchemasClient schemas, String registry) {
    try {
      return new SchemaNames(
          registry,
          schemas.listSchemasPaginator(l -> l.registryName(registry)).schemas().stream()
              .map(SchemaSummary::schemaName)
              .toList());
    } catch (NotFoundException e) {
      List<String> all =
          schemas.listRegistriesPaginator(l -> {}).registries().stream()
              .map(RegistrySummary::registryName)
              .toList();
      throw new Failure(
          "there is no registry " + registry + SchemaNames.nearest(registry, all, "there is"), e);
    }
  }
}
