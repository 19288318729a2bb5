package dev.onboard.check.stack;

import dev.onboard.check.doc.Place;
import dev.onboard.check.doc.Tree;
import java.util.LinkedHashMap;

/**
 * A resource of a template.
 *
 * @param id its logical id
 * @param place where its id stands
 * @param body type, properties and whatever else is said of it
 */
public record Resource(String id, Place place, Tree body) {
  public String type() {
    return body.textAt("Type").orElse("");
  }

  /** Its properties; an empty object if it has none. */
  public Tree properties() {
    return body.at("Properties").orElseGet(() -> new Tree.Mapping(place, new LinkedHashMap<>()));
  }

  public boolean is(String type) {
    return type().equals(type);
  }
}
