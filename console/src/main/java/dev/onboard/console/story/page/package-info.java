/** The page on which stories are read. */
@NullMarked
package dev.onboard.console.story.page;

import org.jspecify.annotations.NullMarked;
