package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.sfn.asl.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a delimited file, read as Step Functions reads them ("How Step Functions parses input
 * CSV files" in its Developer Guide): double quotes enclose, doubled they stand for themselves; a
 * backslash escapes itself, a quote and the delimiter, and vanishes before anything else; missing
 * cells are empty, surplus ones are dropped. A byte order mark is not looked for.
 */
final class CsvItems implements ItemSource {
  private final Reader reader;
  private final char delimiter;
  private final List<String> names;
  private final int[] order;
  private int peeked = -2;

  /**
   * Opens a file.
   *
   * @param headers the names of the columns; those of the first row if {@code null}
   */
  CsvItems(InputStream file, char delimiter, @Nullable List<String> headers) throws IOException {
    this.reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8), 1 << 16);
    this.delimiter = delimiter;
    List<String> first = headers == null ? row() : headers;
    this.names = first == null ? List.of() : first;
    this.order = order(names);
  }

  /** The columns in the order of a hash map, in which Step Functions gives them. */
  private static int[] order(List<String> names) throws IOException {
    Map<String, Integer> byName = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (byName.put(names.get(i), i) != null) {
        throw new IOException("CSV headers cannot contain duplicates.");
      }
    }
    return byName.values().stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public @Nullable JsonNode next() throws IOException {
    List<String> cells = row();
    if (cells == null) {
      return null;
    }
    ObjectNode item = Json.object();
    for (int column : order) {
      item.put(names.get(column), column < cells.size() ? cells.get(column) : "");
    }
    return item;
  }

  private @Nullable List<String> row() throws IOException {
    if (peek() < 0) {
      return null;
    }
    var cells = new ArrayList<String>(names == null ? 16 : names.size());
    var cell = new StringBuilder();
    boolean quoted = false;
    while (true) {
      int c = read();
      if (c < 0 || !quoted && (c == '\n' || c == '\r')) {
        if (c == '\r' && peek() == '\n') {
          read();
        }
        cells.add(cell.toString());
        return cells;
      } else if (c == '\\') {
        int escaped = peek();
        if (escaped == '\\' || escaped == '"' || escaped == delimiter) {
          cell.append((char) read());
        }
      } else if (c == '"') {
        if (quoted && peek() == '"') {
          cell.append((char) read());
        } else {
          quoted = !quoted;
        }
      } else if (c == delimiter && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append((char) c);
      }
    }
  }

  private int peek() throws IOException {
    if (peeked == -2) {
      peeked = reader.read();
    }
    return peeked;
  }

  private int read() throws IOException {
    int c = peek();
    peeked = -2;
    return c;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
