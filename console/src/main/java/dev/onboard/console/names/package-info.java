/** What things are called by people, and which page shows each of them. */
@NullMarked
package dev.onboard.console.names;

import org.jspecify.annotations.NullMarked;
