package dev.onboard.console.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.console.graph.Edge.Course;
import dev.onboard.console.graph.Graph.Direction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where things are put. */
class LayoutTest {
  private final Layout layout = new Layout();

  @Test
  void whatComesAfter_isBelowOrToTheRight() {
    Drawing down = layout.draw(chain(Direction.DOWN, "", ""));
    assertThat(down.boxes()).extracting(Drawing.Box::y).isSorted().doesNotHaveDuplicates();
    Drawing right = layout.draw(chain(Direction.RIGHT, "", ""));
    assertThat(right.boxes()).extracting(Drawing.Box::x).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void wayBack_turnsNothingAround() {
    Graph chain = chain(Direction.DOWN, "", "");
    var edges = new java.util.ArrayList<>(chain.edges());
    edges.addFirst(Edge.of("c", "a", Course.BACK));
    Drawing drawing = layout.draw(new Graph(chain.nodes(), edges, Direction.DOWN));
    assertThat(drawing.boxes()).extracting(Drawing.Box::y).isSorted();
  }

  @Test
  void whatIsCounted_movesNothing() {
    Drawing before = layout.draw(chain(Direction.DOWN, "", ""));
    Drawing after = layout.draw(chain(Direction.DOWN, "1,234 waiting", "1.2M"));
    assertThat(after.boxes())
        .extracting(Drawing.Box::x, Drawing.Box::y, Drawing.Box::width)
        .isEqualTo(before.boxes().stream().map(b -> tuple(b)).toList());
    assertThat(after.arrows())
        .extracting(Drawing.Arrow::path)
        .isEqualTo(before.arrows().stream().map(Drawing.Arrow::path).toList());
    assertThat(after.boxes().getFirst().node().detail()).isEqualTo("1,234 waiting");
    assertThat(after.arrows().getFirst().edge().label()).isEqualTo("1.2M");
  }

  @Test
  void nameThatIsTooLong_isCut() {
    Node node = Node.of("a", "queue", "AQueueWithANameThatGoesOnAndOnAndOn");
    Drawing.Box box =
        layout.draw(new Graph(List.of(node), List.of(), Direction.DOWN)).boxes().getFirst();
    assertThat(box.label()).startsWith("AQueueWith").endsWith("…");
    assertThat(box.width()).isEqualTo(Sizes.MOST_WIDTH);
  }

  private static org.assertj.core.groups.Tuple tuple(Drawing.Box box) {
    return org.assertj.core.groups.Tuple.tuple(box.x(), box.y(), box.width());
  }

  private static Graph chain(Direction direction, String detail, String label) {
    return new Graph(
        List.of(
            Node.of("a", "bus", "First").detailed(detail, ""),
            Node.of("b", "rule", "Second"),
            Node.of("c", "queue", "Third")),
        List.of(
            Edge.of("a", "b", Course.ALONG).labelled(label, label, ""),
            Edge.of("b", "c", Course.ALONG)),
        direction);
  }
}
