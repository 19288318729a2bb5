package dev.onboard.console.schema;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.DeltaType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two texts, line by line: what is in one only, what is in both, and what is left out because
 * nothing changed near it.
 */
public record TextDiff(List<Line> lines) {
  /** So many lines that are in both are shown around a change. */
  private static final int CONTEXT = 4;

  /** Where a line is. */
  public enum Kind {
    SAME(" "),
    REMOVED("-"),
    ADDED("+"),
    /** Stands for lines that are in both. */
    SKIPPED("");

    private final String sign;

    Kind(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }
  }

  /**
   * A line.
   *
   * @param older its number in the older text, null if it is not there
   * @param newer its number in the newer text, null if it is not there
   */
  public record Line(Kind kind, @Nullable Integer older, @Nullable Integer newer, String text) {}

  /** Compares two texts. */
  public static TextDiff of(String older, String newer) {
    var lines = new ArrayList<Line>();
    List<AbstractDelta<String>> deltas =
        DiffUtils.diff(older.lines().toList(), newer.lines().toList(), true).getDeltas();
    for (int i = 0; i < deltas.size(); i++) {
      AbstractDelta<String> delta = deltas.get(i);
      List<String> gone = delta.getSource().getLines();
      List<String> come = delta.getTarget().getLines();
      int was = delta.getSource().getPosition() + 1;
      int is = delta.getTarget().getPosition() + 1;
      if (delta.getType() == DeltaType.EQUAL) {
        same(lines, gone, was, is, i == 0, i == deltas.size() - 1);
        continue;
      }
      for (int j = 0; j < gone.size(); j++) {
        lines.add(new Line(Kind.REMOVED, was + j, null, gone.get(j)));
      }
      for (int j = 0; j < come.size(); j++) {
        lines.add(new Line(Kind.ADDED, null, is + j, come.get(j)));
      }
    }
    return new TextDiff(List.copyOf(lines));
  }

  private static void same(
      List<Line> lines, List<String> text, int was, int is, boolean isFirst, boolean isLast) {
    int head = isFirst ? 0 : CONTEXT;
    int tail = isLast ? 0 : CONTEXT;
    int skipped = text.size() - head - tail;
    for (int i = 0; i < text.size(); i++) {
      if (skipped > 1 && i == head) {
        lines.add(new Line(Kind.SKIPPED, null, null, skipped + " lines are the same"));
        i += skipped;
        if (i >= text.size()) {
          return;
        }
      }
      lines.add(new Line(Kind.SAME, was + i, is + i, text.get(i)));
    }
  }

  /** Whether the texts are the same. */
  public boolean isEmpty() {
    return lines.stream().noneMatch(l -> l.kind() == Kind.ADDED || l.kind() == Kind.REMOVED);
  }
}
