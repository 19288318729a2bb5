package dev.onboard.console.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.HierarchyHandling;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Puts everything in its place, in layers, by the Eclipse Layout Kernel. The place depends on what
 * there is and not on what is counted, so that a live graph stands still; it is computed once.
 */
public final class Layout {
  private static final int REMEMBERED = 64;

  static {
    LayoutMetaDataService.getInstance()
        .registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
  }

  private final Map<Shape, Places> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Shape, Places> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** What a place depends on. */
  private record Shape(List<String> nodes, List<String> edges, Graph.Direction direction) {
    static Shape of(Graph graph) {
      return new Shape(
          graph.nodes().stream()
              .map(n -> n.id() + " " + width(n, graph.widths()) + " " + n.parent())
              .toList(),
          graph.edges().stream().map(e -> e.from() + " " + e.to() + " " + e.course()).toList(),
          graph.direction());
    }
  }

  /** A rectangle. */
  private record Place(int x, int y, int width, int height) {}

  /** A point. */
  private record Point(double x, double y) {}

  /** Where everything is; edges in the order of the graph's. */
  private record Places(int width, int height, Map<String, Place> nodes, List<List<Point>> edges) {}

  /** The graph with a place for everything. */
  public synchronized Drawing draw(Graph graph) {
    Places places = remembered.computeIfAbsent(Shape.of(graph), shape -> places(graph));
    Set<String> frames = frames(graph);
    var boxes = new ArrayList<Drawing.Box>();
    for (Node node : graph.nodes()) {
      Place place = places.nodes.get(node.id());
      boxes.add(
          new Drawing.Box(
              node, place.x, place.y, place.width, place.height, frames.contains(node.id())));
    }
    var arrows = new ArrayList<Drawing.Arrow>();
    for (int i = 0; i < graph.edges().size(); i++) {
      arrows.add(arrow(graph.edges().get(i), places.edges.get(i)));
    }
    return new Drawing(places.width, places.height, boxes, arrows);
  }

  private static Set<String> frames(Graph graph) {
    var frames = new HashSet<String>();
    for (Node node : graph.nodes()) {
      if (node.parent() != null) {
        frames.add(node.parent());
      }
    }
    return frames;
  }

  private static int width(Node node, Graph.Widths widths) {
    int wanted = (int) Math.ceil(TextWidth.of(node.label())) + Sizes.BESIDE_TEXT;
    return Math.clamp(wanted, widths.least(), widths.most());
  }

  private static Places places(Graph graph) {
    ElkNode root = root(graph.direction());
    var nodes = new HashMap<String, ElkNode>();
    for (Node node : graph.nodes()) {
      ElkNode parent = node.parent() == null ? root : nodes.get(node.parent());
      ElkNode box = ElkGraphUtil.createNode(parent);
      box.setDimensions(width(node, graph.widths()), Sizes.NODE_HEIGHT);
      if (parent != root) {
        parent.setProperty(CoreOptions.PADDING, new ElkPadding(Sizes.FRAME_TITLE, 14, 14, 14));
      }
      nodes.put(node.id(), box);
    }
    var edges = new ArrayList<ElkEdge>();
    for (Edge edge : graph.edges()) {
      edges.add(edge(edge, nodes.get(edge.from()), nodes.get(edge.to())));
    }
    new RecursiveGraphLayoutEngine().layout(root, new BasicProgressMonitor());
    var placed = new HashMap<String, Place>();
    nodes.forEach((id, box) -> placed.put(id, place(box)));
    return new Places(
        (int) Math.ceil(root.getWidth()),
        (int) Math.ceil(root.getHeight()),
        placed,
        edges.stream().map(Layout::points).toList());
  }

  private static ElkEdge edge(Edge edge, ElkNode from, ElkNode to) {
    ElkEdge line = ElkGraphUtil.createSimpleEdge(from, to);
    int weight =
        switch (edge.course()) {
          case ALONG -> 10;
          case ASIDE -> 2;
          case BACK -> 1;
        };
    line.setProperty(LayeredOptions.PRIORITY_DIRECTION, weight);
    line.setProperty(LayeredOptions.PRIORITY_STRAIGHTNESS, weight);
    line.setProperty(LayeredOptions.PRIORITY_SHORTNESS, weight);
    return line;
  }

  private static ElkNode root(Graph.Direction direction) {
    ElkNode root = ElkGraphUtil.createGraph();
    root.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
    root.setProperty(
        CoreOptions.DIRECTION,
        direction == Graph.Direction.DOWN ? Direction.DOWN : Direction.RIGHT);
    root.setProperty(CoreOptions.HIERARCHY_HANDLING, HierarchyHandling.INCLUDE_CHILDREN);
    root.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
    root.setProperty(CoreOptions.PADDING, new ElkPadding(8));
    root.setProperty(LayeredOptions.SPACING_NODE_NODE, 10.0);
    root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 34.0);
    root.setProperty(LayeredOptions.SPACING_EDGE_NODE, 9.0);
    root.setProperty(LayeredOptions.SPACING_EDGE_EDGE, 7.0);
    root.setProperty(LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.NETWORK_SIMPLEX);
    // What is named first stands first: the same template always gives the same picture.
    root.setProperty(LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.PREFER_EDGES);
    return root;
  }

  private static Place place(ElkNode box) {
    Point at = origin(box.getParent());
    return new Place(
        (int) Math.round(at.x + box.getX()),
        (int) Math.round(at.y + box.getY()),
        (int) Math.round(box.getWidth()),
        (int) Math.round(box.getHeight()));
  }

  /** Where a box begins, and with it the coordinates of what is in it. */
  private static Point origin(ElkNode box) {
    double x = 0;
    double y = 0;
    for (ElkNode at = box; at != null; at = at.getParent()) {
      x += at.getX();
      y += at.getY();
    }
    return new Point(x, y);
  }

  private static List<Point> points(ElkEdge edge) {
    Point at = origin(edge.getContainingNode());
    var points = new ArrayList<Point>();
    for (ElkEdgeSection section : edge.getSections()) {
      points.add(new Point(at.x + section.getStartX(), at.y + section.getStartY()));
      for (ElkBendPoint bend : section.getBendPoints()) {
        points.add(new Point(at.x + bend.getX(), at.y + bend.getY()));
      }
      points.add(new Point(at.x + section.getEndX(), at.y + section.getEndY()));
    }
    return points;
  }

  private static Drawing.Arrow arrow(Edge edge, List<Point> points) {
    // The label stands on the last piece, before the head: there an edge is alone.
    Point end = points.getLast();
    Point before = points.get(points.size() - 2);
    double along = 15;
    double length = Math.hypot(end.x - before.x, end.y - before.y);
    double share = Math.min(0.5, along / Math.max(length, 1));
    int x = (int) Math.round(end.x + (before.x - end.x) * share);
    int y = (int) Math.round(end.y + (before.y - end.y) * share);
    int width = (int) Math.ceil(TextWidth.of(edge.label())) + Sizes.BESIDE_LABEL;
    return new Drawing.Arrow(edge, path(points), x, y, width);
  }

  /** A way with rounded corners. */
  private static String path(List<Point> points) {
    var path = new StringBuilder("M" + number(points.getFirst()));
    for (int i = 1; i < points.size() - 1; i++) {
      Point corner = points.get(i);
      path.append("L").append(number(towards(corner, points.get(i - 1))));
      path.append("Q").append(number(corner)).append(' ');
      path.append(number(towards(corner, points.get(i + 1))));
    }
    return path.append("L").append(number(points.getLast())).toString();
  }

  private static Point towards(Point from, Point to) {
    double length = Math.hypot(to.x - from.x, to.y - from.y);
    double share = length == 0 ? 0 : Math.min(6, length / 2) / length;
    return new Point(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
  }

  private static String number(Point point) {
    return Math.round(point.x * 10) / 10.0 + " " + Math.round(point.y * 10) / 10.0;
  }
}
