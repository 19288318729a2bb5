/** Users: what one is, how it is stored once, and the event that tells of it. */
@NullMarked
package dev.onboard.functions.user;

import org.jspecify.annotations.NullMarked;
