/** What the schema of events can be told from the events themselves. */
@NullMarked
package dev.onboard.local.schemas.infer;

import org.jspecify.annotations.NullMarked;
