/** Welcome mails: at most one a user, however often an event is delivered. */
@NullMarked
package dev.onboard.functions.mail;

import org.jspecify.annotations.NullMarked;
