/**
 * What the schemas of events say: fields, examples, what an event breaks, what changed from one
 * version to the next.
 */
@NullMarked
package dev.onboard.console.schema;

import org.jspecify.annotations.NullMarked;
