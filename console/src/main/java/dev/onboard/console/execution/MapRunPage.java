package dev.onboard.console.execution;

import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Link;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A map run and a page of its children.
 *
 * @param execution the one that it belongs to
 * @param words how its items and children stand
 * @param limits how many run side by side, and how many may fail
 * @param filters its children by how they stand, as far as there are some
 * @param newest where the first page is, if this is another one
 * @param older where the next page is, if there is one
 * @param command what lists the same on a terminal
 */
public record MapRunPage(
    String arn,
    String name,
    Badge badge,
    Link execution,
    Instant began,
    @Nullable Instant ended,
    String took,
    @Nullable String redriven,
    List<MapRunRow.Piece> progress,
    String words,
    String limits,
    List<ExecutionPage.Tab> filters,
    List<MapRunRow.ChildRow> children,
    @Nullable String newest,
    @Nullable String older,
    String command) {}
