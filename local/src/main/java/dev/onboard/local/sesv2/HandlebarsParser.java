package dev.onboard.local.sesv2;

import dev.onboard.local.sesv2.Handlebars.Block;
import dev.onboard.local.sesv2.Handlebars.Inline;
import dev.onboard.local.sesv2.Handlebars.Node;
import dev.onboard.local.sesv2.Handlebars.Partial;
import dev.onboard.local.sesv2.Handlebars.SyntaxError;
import dev.onboard.local.sesv2.Handlebars.Text;
import dev.onboard.local.sesv2.Handlebars.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a template's text. */
final class HandlebarsParser {
  private static final Set<String> BLOCKS = Set.of("if", "unless", "each", "with");
  private static final Pattern PATH =
      Pattern.compile(
          "(\\.\\./)*(@?[\\p{L}\\p{Nd}_$-]+|\\[[^\\]]+]|\\.\\.?)([./](\\[[^\\]]+]|[\\p{L}\\p{Nd}_$-]+))*");
  private static final Pattern INLINE = Pattern.compile("\\*\\s*inline\\s+[\"']([^\"']+)[\"']");

  private final String text;
  private int at;
  private boolean trimNext;

  HandlebarsParser(String text) {
    this.text = text;
  }

  /** What ended a run of nodes: the text of the tag. */
  private @Nullable String end;

  List<Node> parse() {
    List<Node> nodes = nodes();
    if (end != null) {
      throw new SyntaxError("found {{" + end + "}} without the block that it belongs to");
    }
    return nodes;
  }

  private List<Node> nodes() {
    var nodes = new ArrayList<Node>();
    end = null;
    while (at < text.length()) {
      int open = text.indexOf("{{", at);
      if (open < 0) {
        literal(nodes, text.length(), false);
        break;
      }
      boolean trim = text.startsWith("~", open + 2);
      literal(nodes, open, trim);
      String tag = tag(open);
      if (tag.startsWith("/") || tag.equals("else") || tag.equals("^") || tag.startsWith("else ")) {
        end = tag;
        return nodes;
      }
      Node node = node(tag);
      if (node != null) {
        nodes.add(node);
      }
    }
    return nodes;
  }

  private void literal(List<Node> nodes, int to, boolean trimEnd) {
    String piece = text.substring(at, to);
    if (trimNext) {
      piece = piece.stripLeading();
    }
    trimNext = false;
    if (trimEnd) {
      piece = piece.stripTrailing();
    }
    if (!piece.isEmpty()) {
      nodes.add(new Text(piece));
    }
    at = to;
  }

  /** The inside of the tag that begins there; goes on behind it. */
  private String tag(int open) {
    boolean triple = text.startsWith("{{{", open);
    boolean comment = text.startsWith("{{!--", open) || text.startsWith("{{~!--", open);
    String closing = comment ? "--" : triple ? "}}}" : "}}";
    int close = text.indexOf(closing, open);
    if (comment && close >= 0) {
      close = text.indexOf("--", open + 5);
      close = close < 0 ? -1 : text.indexOf("}}", close);
      closing = "}}";
    }
    if (close < 0) {
      throw new SyntaxError("the tag at character " + open + " is not closed");
    }
    String inside = text.substring(open + (triple ? 3 : 2), close);
    at = close + closing.length();
    if (inside.startsWith("~")) {
      inside = inside.substring(1);
    }
    if (inside.endsWith("~")) {
      inside = inside.substring(0, inside.length() - 1);
      trimNext = true;
    }
    return inside.trim();
  }

  private @Nullable Node node(String tag) {
    if (tag.startsWith("!")) {
      return null;
    }
    if (tag.startsWith("#")) {
      return block(tag.substring(1).trim());
    }
    if (tag.startsWith("^")) {
      throw new SyntaxError("{{" + tag + "}} is not supported: use {{#unless}}");
    }
    if (tag.startsWith(">")) {
      return new Partial(path(tag.substring(1).trim()));
    }
    return new Variable(path(tag.startsWith("&") ? tag.substring(1).trim() : tag));
  }

  private Node block(String head) {
    var inline = INLINE.matcher(head);
    if (inline.matches()) {
      List<Node> body = nodes();
      close("inline");
      return new Inline(inline.group(1), body);
    }
    String[] words = head.split("\\s+", 2);
    if (!BLOCKS.contains(words[0])) {
      throw new SyntaxError("there is no helper " + words[0]);
    }
    if (words.length < 2) {
      throw new SyntaxError("{{#" + head + "}} lacks its argument");
    }
    Block block = block(words[0], path(words[1].trim()));
    close(words[0]);
    return block;
  }

  private Block block(String helper, String path) {
    List<Node> body = nodes();
    List<Node> otherwise = List.of();
    if (end != null && end.startsWith("else ")) {
      String[] words = end.substring(5).trim().split("\\s+", 2);
      if (!BLOCKS.contains(words[0]) || words.length < 2) {
        throw new SyntaxError("{{" + end + "}} is not an else");
      }
      otherwise = List.of(block(words[0], path(words[1].trim())));
    } else if (end != null && (end.equals("else") || end.equals("^"))) {
      otherwise = nodes();
    }
    return new Block(helper, path, body, otherwise);
  }

  private void close(String helper) {
    if (end == null || !end.startsWith("/") || !end.substring(1).trim().equals(helper)) {
      throw new SyntaxError("{{#" + helper + "}} is not closed by {{/" + helper + "}}");
    }
    end = null;
  }

  private static String path(String text) {
    if (!PATH.matcher(text).matches()) {
      throw new SyntaxError("{{" + text + "}} is neither a variable nor a known helper");
    }
    return text;
  }
}
