/**
 * The one pipeline: every call of one service, from outside or from another service, with its
 * caller.
 */
@NullMarked
package dev.onboard.local.call;

import org.jspecify.annotations.NullMarked;
