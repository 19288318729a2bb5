package dev.onboard.console.execution;

import dev.onboard.console.graph.Drawing;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Link;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state machine: its picture, its newest executions, and a form to start one.
 *
 * @param logging what it logs, and where
 * @param definition where that is, as a file
 * @param executions null for an Express state machine, for nobody lists them
 * @param all where all of them are
 * @param start where one is started
 * @param input what the form begins with
 * @param like the execution whose input that is
 * @param command what describes it on a terminal
 */
public record MachinePage(
    String arn,
    String name,
    Badge badge,
    String type,
    String comment,
    Instant created,
    String role,
    Link logging,
    Drawing picture,
    String definition,
    @Nullable List<ExecutionList.Row> executions,
    String all,
    String start,
    String input,
    @Nullable Link like,
    String command) {}
