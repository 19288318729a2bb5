/** The one store: all state of all services in one SQLite file, one transaction a call. */
@NullMarked
package dev.onboard.local.store;

import org.jspecify.annotations.NullMarked;
