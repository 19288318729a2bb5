/** What happened to one person, one import or one event: one timeline over all services. */
@NullMarked
package dev.onboard.console.story;

import org.jspecify.annotations.NullMarked;
