package dev.onboard.local.usage;

/**
 * How much of something was used.
 *
 * @param resource the name of what it was used of; empty where AWS's bill knows none
 */
public record Consumed(Usage usage, String resource, double quantity) {}
