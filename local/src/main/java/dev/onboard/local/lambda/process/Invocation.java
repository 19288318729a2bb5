package dev.onboard.local.lambda.process;

import java.util.concurrent.CompletableFuture;

/** One event on its way through one instance. */
record Invocation(
    String requestId,
    String functionArn,
    byte[] payload,
    long deadlineMillis,
    CompletableFuture<Outcome> outcome) {}
