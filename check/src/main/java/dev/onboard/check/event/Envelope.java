package dev.onboard.check.event;

import dev.onboard.check.language.Expression;
import dev.onboard.check.language.Language;
import dev.onboard.check.language.Values;
import java.util.List;

/** What every event has around its detail. */
public final class Envelope {
  /** The names at the top of an event. */
  public static final List<String> FIELDS =
      List.of(
          "version",
          "id",
          "detail-type",
          "source",
          "account",
          "time",
          "region",
          "resources",
          "detail",
          "replay-name");

  private static final Values TEXT =
      Values.of(Language.of(Expression.sequence(Expression.anyCharacter(), Expression.anything())));

  private Envelope() {}

  /** What a field of any event may hold; anything if it is a field of the detail. */
  public static Values at(String path) {
    int dot = path.indexOf('.');
    String top = dot < 0 ? path : path.substring(0, dot);
    return switch (top) {
      case "version", "id", "detail-type", "source", "account", "time", "region" ->
          dot < 0 ? TEXT : Values.missing();
      case "resources", "replay-name" -> dot < 0 ? TEXT.or(Values.missing()) : Values.missing();
      case "detail" -> dot < 0 ? Values.missing() : Values.any();
      default -> Values.missing();
    };
  }

  /** The shape of events of one source and type of which the detail is not known. */
  public static Shape of(Language sources, Language types) {
    return path ->
        switch (path) {
          case "source" -> Values.of(sources);
          case "detail-type" -> Values.of(types);
          default -> at(path);
        };
  }
}
