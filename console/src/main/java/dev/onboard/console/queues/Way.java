package dev.onboard.console.queues;

/**
 * A way to give a message that was set aside another chance.
 *
 * @param id names it in a form
 * @param label of its button
 * @param effect what it does, for whoever decides
 * @param deed does it; what it throws means that it was not done
 */
public record Way(String id, String label, String effect, Runnable deed) {}
