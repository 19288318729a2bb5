/** The inbox: the mails that the runtime kept instead of sending them, and each of them. */
@NullMarked
package dev.onboard.console.mail;

import org.jspecify.annotations.NullMarked;
