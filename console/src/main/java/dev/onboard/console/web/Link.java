package dev.onboard.console.web;

import org.jspecify.annotations.Nullable;

/**
 * A text that leads somewhere, if there is such a page.
 *
 * @param href null for a text alone
 */
public record Link(String text, @Nullable String href) {}
