/**
 * What the schemas of events say: fields, examples, what an event breaks, what changed from one
 * version to the next, and how it is said in OpenAPI.
 */
@NullMarked
package dev.onboard.console.schema;

import org.jspecify.annotations.NullMarked;
