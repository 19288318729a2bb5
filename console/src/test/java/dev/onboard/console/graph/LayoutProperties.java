package dev.onboard.console.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.console.graph.Edge.Course;
import dev.onboard.console.graph.Graph.Direction;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is to be drawn, it can be read. */
class LayoutProperties {
  private static final int MOST = 12;

  private final Layout layout = new Layout();

  /** An arrow between two of the boxes, by their numbers. */
  private record Ends(int from, int to, Course course) {}

  @Provide
  Arbitrary<Graph> graphs() {
    Arbitrary<Integer> number = Arbitraries.integers().between(0, MOST - 1);
    Arbitrary<List<Ends>> edges =
        Combinators.combine(number, number, Arbitraries.of(Course.class))
            .as(Ends::new)
            .list()
            .ofMaxSize(25);
    Arbitrary<List<Integer>> parents = Arbitraries.integers().between(-1, 2).list().ofSize(MOST);
    return Combinators.combine(
            Arbitraries.integers().between(1, MOST),
            edges,
            parents,
            Arbitraries.of(Direction.class))
        .as(LayoutProperties::graph);
  }

  /** The first three boxes may have others in them. */
  private static Graph graph(int size, List<Ends> ends, List<Integer> parents, Direction to) {
    var nodes = new ArrayList<Node>();
    for (int i = 0; i < size; i++) {
      Node node = Node.of("n" + i, "queue", "Node number " + "x".repeat(i));
      int parent = parents.get(i);
      nodes.add(i > 2 && parent >= 0 ? node.within("n" + parent) : node);
    }
    List<Edge> edges =
        ends.stream()
            .filter(e -> e.from < size && e.to < size && !isFrame(nodes, e.from))
            .filter(e -> !isFrame(nodes, e.to))
            .map(e -> Edge.of("n" + e.from, "n" + e.to, e.course))
            .toList();
    return new Graph(nodes, edges, to);
  }

  private static boolean isFrame(List<Node> nodes, int number) {
    return nodes.stream().anyMatch(n -> ("n" + number).equals(n.parent()));
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void boxes_neverLieOnEachOther(@ForAll("graphs") Graph graph) {
    List<Drawing.Box> boxes = layout.draw(graph).boxes();
    for (Drawing.Box one : boxes) {
      for (Drawing.Box other : boxes) {
        boolean isWithin =
            one.node().id().equals(other.node().parent())
                || other.node().id().equals(one.node().parent());
        if (one != other && !isWithin) {
          assertThat(apart(one, other)).as("%s and %s", one, other).isTrue();
        }
      }
    }
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void boxes_areWithinTheirFrameAndTheDrawing(@ForAll("graphs") Graph graph) {
    Drawing drawing = layout.draw(graph);
    var whole = new Drawing.Box(Node.of("", "", ""), 0, 0, drawing.width(), drawing.height(), true);
    for (Drawing.Box box : drawing.boxes()) {
      Drawing.Box frame =
          drawing.boxes().stream()
              .filter(b -> b.node().id().equals(box.node().parent()))
              .findFirst()
              .orElse(whole);
      assertThat(box.x()).isGreaterThanOrEqualTo(frame.x());
      assertThat(box.y()).isGreaterThanOrEqualTo(frame.y());
      assertThat(box.x() + box.width()).isLessThanOrEqualTo(frame.x() + frame.width());
      assertThat(box.y() + box.height()).isLessThanOrEqualTo(frame.y() + frame.height());
    }
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void arrows_beginAndEndAtTheirBoxes(@ForAll("graphs") Graph graph) {
    Drawing drawing = layout.draw(graph);
    assertThat(drawing.arrows()).hasSameSizeAs(graph.edges());
    for (Drawing.Arrow arrow : drawing.arrows()) {
      String[] numbers = arrow.path().replaceAll("[MLQ]", " ").strip().split("\\s+");
      assertThat(touches(box(drawing, arrow.edge().from()), numbers[0], numbers[1])).isTrue();
      assertThat(
              touches(
                  box(drawing, arrow.edge().to()),
                  numbers[numbers.length - 2],
                  numbers[numbers.length - 1]))
          .isTrue();
    }
  }

  private static Drawing.Box box(Drawing drawing, String id) {
    return drawing.boxes().stream().filter(b -> b.node().id().equals(id)).findFirst().orElseThrow();
  }

  /** Whether a point is on the edge of a box, as far as rounding goes. */
  private static boolean touches(Drawing.Box box, String x, String y) {
    double left = Double.parseDouble(x) - box.x();
    double top = Double.parseDouble(y) - box.y();
    boolean isInside = left > -2 && left < box.width() + 2 && top > -2 && top < box.height() + 2;
    boolean isDeep = left > 2 && left < box.width() - 2 && top > 2 && top < box.height() - 2;
    return isInside && !isDeep;
  }

  private static boolean apart(Drawing.Box one, Drawing.Box other) {
    return one.x() + one.width() <= other.x()
        || other.x() + other.width() <= one.x()
        || one.y() + one.height() <= other.y()
        || other.y() + other.height() <= one.y();
  }
}
