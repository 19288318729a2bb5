/** The one clock: everything that waits, retries or expires does so on a time that can be moved. */
@NullMarked
package dev.onboard.local.clock;

import org.jspecify.annotations.NullMarked;
