package dev.onboard.check.stack;

import dev.onboard.check.doc.Tree;
import dev.onboard.check.language.Expression;
import dev.onboard.check.language.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the policies of a template allow. What cannot be told counts as allowed. */
public final class Policies {
  private final Template template;
  private final Identities identities;

  public Policies(Template template, Identities identities) {
    this.template = template;
    this.identities = identities;
  }

  /**
   * What a role allows.
   *
   * @return nothing if policies belong to it that are not in the template
   */
  public Optional<List<Statement>> ofRole(Resource role) {
    var statements = new ArrayList<Statement>();
    for (Tree managed : role.properties().itemsAt("ManagedPolicyArns")) {
      Optional<Resource> policy =
          template.text(managed).attribute().flatMap(a -> template.resource(a.resource()));
      if (policy.isEmpty()) {
        return Optional.empty();
      }
      statements.addAll(statements(policy.get().properties().at("PolicyDocument")));
    }
    for (Tree policy : role.properties().itemsAt("Policies")) {
      if (policy.at("PolicyDocument").isEmpty()) {
        return Optional.empty();
      }
      statements.addAll(statements(policy.at("PolicyDocument")));
    }
    for (Resource policy : template.resources().values()) {
      if (attachedTo(policy, role)) {
        statements.addAll(statements(policy.properties().at("PolicyDocument")));
      }
    }
    return Optional.of(statements);
  }

  private boolean attachedTo(Resource policy, Resource role) {
    return switch (policy.type()) {
      case "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy" ->
          policy.properties().itemsAt("Roles").stream()
              .anyMatch(name ->
                  identities
                      .resource(template.text(name), role.type())
                      .filter(role::equals)
                      .isPresent());
      case "AWS::IAM::RolePolicy" ->
          policy
              .properties()
              .at("RoleName")
              .flatMap(name -> identities.resource(template.text(name), role.type()))
              .filter(role::equals)
              .isPresent();
      default -> false;
    };
  }

  /** Who may assume a role. */
  public List<Statement> trust(Resource role) {
    return statements(role.properties().at("AssumeRolePolicyDocument"));
  }

  /**
   * The statements of the policies of a type that are for one resource.
   *
   * @param property the property of the policy that lists what it is for
   */
  public List<Statement> on(Resource resource, String policyType, String property) {
    var statements = new ArrayList<Statement>();
    for (Resource policy : template.resources(policyType)) {
      boolean meant =
          policy.properties().itemsAt(property).stream()
              .map(template::text)
              .anyMatch(text ->
                  text.isUnknown()
                      || identities
                          .resource(text, resource.type())
                          .filter(resource::equals)
                          .isPresent());
      if (meant) {
        statements.addAll(statements(policy.properties().at("PolicyDocument")));
      }
    }
    return statements;
  }

  /** The statements of a policy document, which may be a JSON text. */
  public List<Statement> statements(Optional<Tree> document) {
    if (document.isEmpty()) {
      return List.of();
    }
    Optional<Tree> statements =
        document.flatMap(template::document).flatMap(read -> read.at("Statement"));
    return statements.isEmpty()
        ? List.of(unknown(document.get()))
        : statements.get().items().stream().map(this::statement).toList();
  }

  /** A statement that may be any. */
  private static Statement unknown(Tree tree) {
    return new Statement(
        tree.place(), true, List.of(), true, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private Statement statement(Tree tree) {
    Optional<Tree> principal = tree.at("Principal");
    List<Optional<String>> names =
        principal.map(p -> p.itemsAt("Service")).orElse(List.of()).stream()
            .map(service -> template.text(service).plain())
            .toList();
    // One that is put together may be any.
    boolean everyone =
        principal.isEmpty()
            || names.stream().anyMatch(Optional::isEmpty)
            || principal.get().text().orElse("").equals("*")
            || principal.get().textAt("AWS").orElse("").equals("*");
    return new Statement(
        tree.place(),
        tree.textAt("Effect").orElse("Allow").equals("Allow"),
        names.stream().flatMap(Optional::stream).toList(),
        everyone,
        tree.at("Action").map(a -> a.items().stream().flatMap(i -> i.text().stream()).toList()),
        tree.at("Resource").map(r -> r.items().stream().map(template::text).toList()),
        tree.at("Condition"));
  }

  /** Whether statements may allow a request. */
  public boolean allow(List<Statement> statements, Request request) {
    boolean allowed =
        statements.stream()
            .anyMatch(s ->
                s.allow() && concerns(s, request) && meets(s, request) && conditions(s, request));
    boolean denied =
        statements.stream()
            .anyMatch(s ->
                !s.allow()
                    && s.conditions().isEmpty()
                    && s.actions().isPresent()
                    && concerns(s, request)
                    && covers(s, request));
    return allowed && !denied;
  }

  /** Whether one of the statements allows a request in the name of some other source. */
  public boolean allowForAnother(List<Statement> statements, Request request) {
    return request.source().isPresent()
        && allow(
            statements,
            new Request(request.action(), request.resource(), request.service(), Optional.empty()));
  }

  private static boolean concerns(Statement statement, Request request) {
    boolean principal =
        statement.everyone()
            || request.service().filter(statement.services()::contains).isPresent();
    String action = request.action().toLowerCase(Locale.ROOT);
    return principal
        && statement
            .actions()
            .map(actions ->
                actions.stream()
                    .map(a -> Expression.wildcard(a.toLowerCase(Locale.ROOT), false))
                    .anyMatch(a -> Language.of(a).contains(action)))
            .orElse(true);
  }

  private boolean meets(Statement statement, Request request) {
    return statement
        .resources()
        .map(resources ->
            resources.stream().anyMatch(r -> identities.ofPolicy(r).meets(request.resource())))
        .orElse(true);
  }

  private boolean covers(Statement statement, Request request) {
    return statement
        .resources()
        .map(resources ->
            resources.stream()
                .filter(r -> !r.isUnknown())
                .anyMatch(r -> request.resource().and(identities.ofPolicy(r).not()).isEmpty()))
        .orElse(false);
  }

  /** Whether the conditions on the source may hold; others are taken to. */
  private boolean conditions(Statement statement, Request request) {
    if (statement.conditions().isEmpty() || request.source().isEmpty()) {
      return true;
    }
    for (Map.Entry<String, Tree.Entry> operator :
        statement.conditions().get().members().entrySet()) {
      String name = operator.getKey().replaceFirst("IfExists$", "").replaceFirst("^.*:", "");
      boolean positive = name.matches("(Arn|String)(Equals|Like)(IgnoreCase)?");
      for (Map.Entry<String, Tree.Entry> key : operator.getValue().value().members().entrySet()) {
        if (positive
            && key.getKey().equalsIgnoreCase("aws:SourceArn")
            && key.getValue().value().items().stream()
                .noneMatch(v -> source(v).meets(request.source().get()))) {
          return false;
        }
      }
    }
    return true;
  }

  private Language source(Tree value) {
    return identities.ofPolicy(template.text(value));
  }
}
