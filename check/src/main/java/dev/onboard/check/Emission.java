package dev.onboard.check;

import dev.onboard.check.event.Shape;

/**
 * Events that come onto a bus.
 *
 * @param bus as {@link Rule#bus()}
 * @param label what they are called
 * @param by the logical id of what publishes or forwards them; empty for AWS and the outside
 */
record Emission(String bus, Shape shape, String label, String by) {}
