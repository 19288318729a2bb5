package dev.onboard.patterns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where in an event a field may be that is not where a pattern looks for it. */
final class Elsewhere {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 2;

  private final JsonNode event;
  private final String[] steps;

  Elsewhere(JsonNode event, String path) {
    this.event = event;
    this.steps = path.split("\\.");
  }

  List<String> hints() {
    JsonNode node = event;
    for (int i = 0; i < steps.length; i++) {
      String above = String.join(".", List.of(steps).subList(0, i));
      if (isObjectInText(node)) {
        return List.of(above + " is a string that holds an object, and must be the object itself");
      }
      if (node.isObject() && !node.has(steps[i])) {
        Optional<String> near = Spelling.nearest(steps[i], names(node));
        if (near.isPresent()) {
          return List.of("there is " + (i == 0 ? "" : above + ".") + near.get());
        }
        break;
      }
      node = node.path(steps[i]);
    }
    var places = new ArrayList<String>();
    find(event, "", places);
    return places.isEmpty() ? List.of() : List.of("there is " + String.join(" and ", places));
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static boolean isObjectInText(JsonNode node) {
    if (!node.isTextual() || !node.asText().strip().startsWith("{")) {
      return false;
    }
    try {
      return JSON.readTree(node.asText()).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** Looks for the field's name at other levels. */
  private void find(JsonNode node, String path, List<String> places) {
    String wanted = String.join(".", steps);
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String here = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
      boolean found = field.getKey().equals(steps[steps.length - 1]) && !here.equals(wanted);
      if (found && places.size() < MOST) {
        places.add(here);
      }
      find(field.getValue(), here, places);
    }
    if (node.isArray()) {
      node.forEach(element -> find(element, path, places));
    }
  }
}
