package dev.onboard.console.execution;

import org.jspecify.annotations.Nullable;

/**
 * A part of something long, and the ways to the parts beside it.
 *
 * @param words which part it is, such as {@code 101 to 200 of 1,234 visits}
 */
public record Paging(String words, @Nullable String before, @Nullable String after) {}
