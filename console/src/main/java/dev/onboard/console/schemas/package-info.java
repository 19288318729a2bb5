/** The schema registries: what events look like, how that changed, and Java for it. */
@NullMarked
package dev.onboard.console.schemas;

import org.jspecify.annotations.NullMarked;
