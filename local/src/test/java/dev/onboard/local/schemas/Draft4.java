package dev.onboard.local.schemas;

/** The export of schemas, for the tests of other packages. */
public final class Draft4 {
  private Draft4() {}

  public static String of(String openApi) {
    return SchemaExport.draft4(openApi);
  }
}
