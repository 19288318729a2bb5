/** The pages of rules: what they match and where it goes, what they did, and why they do not. */
@NullMarked
package dev.onboard.console.rules;

import org.jspecify.annotations.NullMarked;
