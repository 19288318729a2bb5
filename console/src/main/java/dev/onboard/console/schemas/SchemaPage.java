package dev.onboard.console.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.schema.Change;
import dev.onboard.console.schema.TextDiff;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Link;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One schema.
 *
 * @param versions all of them, newest first
 * @param describes the events that it is for, in words
 * @param publish where one of its events is made
 * @param shown what the tab shows
 */
public record SchemaPage(
    String registry,
    String registryHref,
    String name,
    String arn,
    String type,
    String description,
    Instant modified,
    List<Version> versions,
    String describes,
    Link publish,
    List<Tab> tabs,
    Shown shown,
    String command) {

  /** A version. */
  public record Version(String number, String href, boolean isCurrent) {}

  /** A way to look at it. */
  public record Tab(String title, String href, boolean isCurrent) {}

  /** What a tab shows. */
  public sealed interface Shown permits Fields, Raw, Example, Changes, Java, Events, Unreadable {}

  /**
   * The fields of the detail.
   *
   * @param description of the whole
   */
  public record Fields(String type, String description, List<String> demands, List<FieldRow> fields)
      implements Shown {}

  /** The document as it is registered. */
  public record Raw(JsonNode json) implements Shown {}

  /**
   * An event that fits.
   *
   * @param isGiven whether the schema has it in it; else it is the least that it demands
   */
  public record Example(JsonNode json, boolean isGiven) implements Shown {}

  /**
   * What changed between two versions.
   *
   * @param verdict of all changes together
   */
  public record Changes(
      String address,
      List<String> numbers,
      String from,
      String to,
      Badge verdict,
      List<Row> rows,
      TextDiff text)
      implements Shown {

    /** A change with a word on whom it breaks. */
    public record Row(Change change, Badge effect) {}
  }

  /**
   * Generated Java.
   *
   * @param make where it is asked for
   * @param zip where all files are, packed; null if nobody asked for them yet
   * @param problem why there is none
   */
  public record Java(
      String make, @Nullable String zip, List<SourceFile> files, @Nullable String problem)
      implements Shown {}

  /**
   * The newest events of its kind.
   *
   * @param looked how many events were looked at for them
   */
  public record Events(List<EventRow> rows, int looked, boolean isComplete) implements Shown {}

  /** An event, with how it does not fit. */
  public record EventRow(String id, Instant at, Link link, String bus, List<String> violations) {}

  /** A document that does not say what a detail is. */
  public record Unreadable(String why) implements Shown {}
}
