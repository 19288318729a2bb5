package dev.onboard.check.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A text of a template with what is not known before deployment left as a symbol. */
public record Text(List<Part> parts) {
  /** A part of a text. */
  public sealed interface Part {}

  /** What stands there. */
  public record Literal(String text) implements Part {}

  /**
   * A property of a resource.
   *
   * @param name the attribute; {@code Ref} for what a Ref gives, unless that is the ARN
   */
  public record Attribute(String resource, String name) implements Part {}

  /** A parameter or pseudo parameter. */
  public record Variable(String name) implements Part {}

  /** What cannot be told. */
  public record Unknown() implements Part {}

  public Text {
    parts = List.copyOf(parts);
  }

  public static Text of(Part... parts) {
    return new Text(List.of(parts));
  }

  public static Text literal(String text) {
    return of(new Literal(text));
  }

  public static Text unknown() {
    return of(new Unknown());
  }

  static Text joined(List<Text> texts) {
    var parts = new ArrayList<Part>();
    texts.forEach(text -> parts.addAll(text.parts));
    return new Text(parts);
  }

  /** The text itself, if nothing of it is a symbol. */
  public Optional<String> plain() {
    return parts.stream().allMatch(Literal.class::isInstance)
        ? Optional.of(
            parts.stream().map(part -> ((Literal) part).text).collect(Collectors.joining()))
        : Optional.empty();
  }

  public boolean isUnknown() {
    return parts.stream().anyMatch(Unknown.class::isInstance);
  }

  /** The only part, if it is an attribute of a resource. */
  public Optional<Attribute> attribute() {
    return parts.size() == 1 && parts.getFirst() instanceof Attribute attribute
        ? Optional.of(attribute)
        : Optional.empty();
  }

  /** As CloudFormation would write it. */
  @Override
  public String toString() {
    return parts.stream()
        .map(part ->
            switch (part) {
              case Literal literal -> literal.text;
              case Attribute attribute ->
                  "${"
                      + attribute.resource
                      + (attribute.name.equals("Ref") ? "" : "." + attribute.name)
                      + "}";
              case Variable variable -> "${" + variable.name + "}";
              case Unknown unknown -> "?";
            })
        .collect(Collectors.joining());
  }
}
