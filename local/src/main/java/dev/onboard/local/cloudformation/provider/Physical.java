package dev.onboard.local.cloudformation.provider;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A resource that is there.
 *
 * @param id the physical id, which is also what {@code Ref} gives
 * @param attributes what {@code Fn::GetAtt} gives
 */
public record Physical(String id, Map<String, String> attributes) {

  static Physical of(String id, String... namesAndValues) {
    var attributes = new LinkedHashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      attributes.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Physical(id, attributes);
  }

  String attribute(String name) {
    return attributes.getOrDefault(name, "");
  }
}
