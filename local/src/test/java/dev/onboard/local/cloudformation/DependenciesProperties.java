package dev.onboard.local.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DependenciesProperties {

  /** Arrows that only lead to lower numbers make no circle, whatever they are. */
  @Property(tries = 200)
  void order_putsEverythingAfterWhatItDependsOn(
      @ForAll @Size(max = 60) List<@IntRange(max = 399) Integer> arrows) {
    var dependencies = graph(arrows);
    List<String> order = Dependencies.order(dependencies);
    assertThat(order).containsExactlyInAnyOrderElementsOf(dependencies.keySet());
    dependencies.forEach(
        (id, on) -> on.forEach(o -> assertThat(order.indexOf(o)).isLessThan(order.indexOf(id))));
  }

  @Property(tries = 200)
  void circle_isFoundWhateverElseThereIs(
      @ForAll @Size(max = 60) List<@IntRange(max = 399) Integer> arrows,
      @ForAll @IntRange(min = 1, max = 19) int member) {
    var dependencies = graph(arrows);
    dependencies.get("R" + member).add("R0");
    dependencies.get("R0").add("R" + member);
    assertThatThrownBy(() -> Dependencies.order(dependencies))
        .hasMessageContaining("Circular dependency between resources: [R0, ");
  }

  private static LinkedHashMap<String, Set<String>> graph(List<Integer> arrows) {
    var dependencies = new LinkedHashMap<String, Set<String>>();
    for (int i = 0; i < 20; i++) {
      dependencies.put("R" + i, new TreeSet<>());
    }
    for (int arrow : arrows) {
      int from = Math.max(arrow / 20, arrow % 20);
      int to = Math.min(arrow / 20, arrow % 20);
      if (from != to) {
        dependencies.get("R" + from).add("R" + to);
      }
    }
    return dependencies;
  }
}
