package dev.onboard.console.web;

/**
 * An entry of the navigation.
 *
 * @param path of its first page, such as {@code mail}
 * @param title as it is read in the navigation
 */
public record Section(String path, String title, Pages pages) {
  public String href() {
    return Url.path(path);
  }
}
