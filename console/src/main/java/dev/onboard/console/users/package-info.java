/** The users: who is in the table, and what is known of each of them. */
@NullMarked
package dev.onboard.console.users;

import org.jspecify.annotations.NullMarked;
