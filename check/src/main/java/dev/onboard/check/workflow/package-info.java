/** Workflow definitions: their states, what they call and what they publish. */
@NullMarked
package dev.onboard.check.workflow;

import org.jspecify.annotations.NullMarked;
