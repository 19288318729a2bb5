package dev.onboard.local.cloudformation.provider;

import java.util.Map;
import java.util.Set;

/**
 * One resource type: what its properties are, and how a resource of it is made, changed in place
 * and deleted, each by calls of the services as the deployer.
 *
 * <p>The calls of one of these methods are one transaction: if it throws, none of them has
 * happened.
 */
public abstract class Provider {
  private final String type;
  private final Shape.Structure properties;
  private final Set<String> attributes;

  /**
   * Declares a type.
   *
   * @param properties in the notation of {@link ShapeParser}
   * @param attributes what {@code Fn::GetAtt} knows of it
   */
  protected Provider(String type, String properties, String... attributes) {
    this(type, properties, Map.of(), attributes);
  }

  protected Provider(
      String type, String properties, Map<String, Shape> named, String... attributes) {
    this.type = type;
    this.properties = ShapeParser.parse(properties, named);
    this.attributes = Set.of(attributes);
  }

  public final String type() {
    return type;
  }

  public final Shape.Structure properties() {
    return properties;
  }

  public final Set<String> attributes() {
    return attributes;
  }

  public abstract Physical create(Context context, Properties now);

  /** Changes a resource in place; asked for only if no property that replaces it differs. */
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    throw new IllegalStateException(type + " is always replaced");
  }

  public abstract void delete(Context context, Physical physical, Properties before);

  /** Whether the service has come to the end of what it was asked to do; polled until it has. */
  public boolean isStable(Context context, Physical physical) {
    return true;
  }
}
