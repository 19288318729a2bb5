/** Events of the bus, as the types that are generated from their schemas. */
@NullMarked
package dev.onboard.functions.event;

import org.jspecify.annotations.NullMarked;
