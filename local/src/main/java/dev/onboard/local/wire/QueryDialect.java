package dev.onboard.local.wire;

/**
 * The Query protocol as a service spoke it before it came to JSON. Its SDK model knows nothing of
 * that any more, but clients of before do: the names of its errors, lists and maps.
 */
public interface QueryDialect {

  /**
   * What an error was called.
   *
   * @param code the code as it is now
   */
  String code(String code);

  /**
   * The names around the elements of a list or the entries of a map, which stand directly beside
   * the other members.
   *
   * @param operation the operation whose request or answer it is part of
   * @param member the member as the model names it now
   */
  Names names(String operation, String member);

  /**
   * Names of a list or map.
   *
   * @param element of an element or entry
   * @param key of an entry's key
   * @param value of an entry's value
   */
  record Names(String element, String key, String value) {
    /** Those of a list, which has no keys. */
    public static Names ofList(String element) {
      return new Names(element, "", "");
    }
  }
}
