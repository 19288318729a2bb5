package dev.onboard.console.web;

/** The pages of one subject, such as those of mails. */
@FunctionalInterface
public interface Pages {

  /** Says which paths they answer. */
  void addTo(Routes routes);
}
