package dev.onboard.check.stack;

import dev.onboard.check.language.Expression;
import dev.onboard.check.language.Language;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a text of a template may turn out to be, so that an ARN that is put together is known for
 * the resource's that it is.
 *
 * <p>An attribute of a resource is a token of its own and also whatever its name makes of it; a
 * parameter may be anything.
 */
public final class Identities {
  private static final String BEGIN = "\ue000";
  private static final String END = "\ue001";

  private final Template template;
  private final Map<String, Language> known = new HashMap<>();

  public Identities(Template template) {
    this.template = template;
  }

  /** What a text may be. */
  public Language of(Text text) {
    return known.computeIfAbsent(
        "=" + text, key -> Language.of(new Expression.Sequence(parts(text, false))));
  }

  /** What a text may be, in which {@code *} and {@code ?} stand for others, as in a policy. */
  public Language ofPolicy(Text text) {
    return known.computeIfAbsent(
        "~" + text, key -> Language.of(new Expression.Sequence(parts(text, true))));
  }

  /** The ARN of a resource. */
  public Language arn(Resource resource) {
    return of(Text.of(new Text.Attribute(resource.id(), "Arn")));
  }

  /** The resource of some types that a text is, as an ARN, a name or a URL, if it can be told. */
  public Optional<Resource> resource(Text text, String... types) {
    if (text.attribute().isPresent()) {
      return template
          .resource(text.attribute().get().resource())
          .filter(resource -> List.of(types).contains(resource.type()));
    }
    // What begins with a parameter may be the ARN of anything.
    if (text.isUnknown() || text.parts().getFirst() instanceof Text.Variable) {
      return Optional.empty();
    }
    var found = new ArrayList<Resource>();
    for (Resource resource : template.resources().values()) {
      if (List.of(types).contains(resource.type())) {
        Language it = of(text);
        Text name = Text.of(new Text.Attribute(resource.id(), "Ref"));
        if (it.meets(arn(resource)) || it.meets(of(name))) {
          found.add(resource);
        }
      }
    }
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  private List<Expression> parts(Text text, boolean policy) {
    var parts = new ArrayList<Expression>();
    for (Text.Part part : text.parts()) {
      parts.add(
          switch (part) {
            case Text.Literal literal ->
                policy ? wildcards(literal.text()) : Expression.text(literal.text());
            case Text.Attribute attribute -> attribute(attribute);
            case Text.Variable variable ->
                part == text.parts().getFirst() ? Expression.anything() : segment();
            case Text.Unknown unknown -> Expression.anything();
          });
    }
    return parts;
  }

  /** Something between two colons of an ARN that is no resource's token. */
  private static Expression segment() {
    var others = Set.of(':', BEGIN.charAt(0), END.charAt(0));
    return new Expression.Repeat(new Expression.Character(others, true), 0, Expression.UNBOUNDED);
  }

  private static Expression wildcards(String text) {
    var parts = new ArrayList<Expression>();
    for (char c : text.toCharArray()) {
      parts.add(
          switch (c) {
            case '*' -> Expression.anything();
            case '?' -> Expression.anyCharacter();
            default -> Expression.text(String.valueOf(c));
          });
    }
    return new Expression.Sequence(parts);
  }

  private Expression attribute(Text.Attribute attribute) {
    Expression token = Expression.text(BEGIN + attribute.resource() + "." + attribute.name() + END);
    Optional<Resource> resource = template.resource(attribute.resource());
    Optional<ResourceType> type = resource.flatMap(ResourceType::of);
    if (type.isEmpty()) {
      return token;
    }
    Optional<Expression> name = name(resource.get(), type.get());
    if (attribute.name().equals("Ref")) {
      return name.isEmpty() ? token : new Expression.Choice(List.of(token, name.get()));
    } else if (!attribute.name().equals("Arn")) {
      return token;
    }
    var arn = new ArrayList<Expression>();
    for (String fixed : ("arn:*:" + type.get().arn).splitWithDelimiters("\\*", 0)) {
      arn.add(fixed.equals("*") ? segment() : Expression.text(fixed));
    }
    arn.add(within(resource.get(), type.get(), name));
    Expression either = new Expression.Choice(List.of(token, new Expression.Sequence(arn)));
    if (type.get() != ResourceType.LOG_GROUP) {
      return either;
    }
    // The ARN of a log group may mean what is in it.
    Expression within = Expression.sequence(Expression.text(":"), Expression.anything());
    return Expression.sequence(either, new Expression.Repeat(within, 0, 1));
  }

  /** What comes after the prefix of the ARN. */
  private Expression within(Resource resource, ResourceType type, Optional<Expression> name) {
    Expression reference = Expression.text(BEGIN + resource.id() + ".Ref" + END);
    return switch (type) {
      case RULE -> {
        Expression end =
            resource
                .properties()
                .at("Name")
                .map(template::text)
                .<Expression>map(text ->
                    new Expression.Choice(
                        List.of(reference, new Expression.Sequence(parts(text, false)))))
                .orElse(reference);
        Expression bus = Expression.sequence(Expression.anything(), Expression.text("/"));
        yield Expression.sequence(new Expression.Repeat(bus, 0, 1), end);
      }
      case ALIAS, VERSION -> {
        Expression function =
            resource
                .properties()
                .at("FunctionName")
                .map(template::text)
                .<Expression>map(text -> new Expression.Sequence(parts(text, false)))
                .orElse(Expression.anything());
        Expression end =
            type == ResourceType.VERSION
                ? Expression.anything()
                : resource
                    .properties()
                    .at("Name")
                    .map(template::text)
                    .<Expression>map(text -> new Expression.Sequence(parts(text, false)))
                    .orElse(Expression.anything());
        yield Expression.sequence(function, Expression.text(":"), end);
      }
      default ->
          name.<Expression>map(n -> new Expression.Choice(List.of(reference, n))).orElse(reference);
    };
  }

  private Optional<Expression> name(Resource resource, ResourceType type) {
    if (type.nameProperty.isEmpty()) {
      return Optional.empty();
    }
    return resource
        .properties()
        .at(type.nameProperty)
        .map(template::text)
        .map(text -> new Expression.Sequence(parts(text, false)));
  }
}
