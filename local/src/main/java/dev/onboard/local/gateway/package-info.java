/** The HTTP endpoint: who calls, which service and operation is meant, and the answer. */
@NullMarked
package dev.onboard.local.gateway;

import org.jspecify.annotations.NullMarked;
