package dev.onboard.local.conformance;

/**
 * One way in which an event does not fit its schema.
 *
 * @param schema registry, name and version of the schema
 * @param at where in the event, as a JSON pointer
 * @param problem what is wrong there
 */
public record Violation(String schema, String at, String problem) {}
