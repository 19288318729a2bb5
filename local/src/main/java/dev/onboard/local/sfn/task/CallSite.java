package dev.onboard.local.sfn.task;

import dev.onboard.local.call.Principal;

/** From where a task calls: in whose name, and as which execution of which state machine. */
public record CallSite(Principal caller, String stateMachineArn, String executionArn) {}
