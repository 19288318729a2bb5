/** What was used of which resource and when, in the terms in which AWS bills it. */
@NullMarked
package dev.onboard.local.usage;

import org.jspecify.annotations.NullMarked;
