/**
 * Holds patterns against Amazon's own matcher, and explanations against what a person would say.
 */
@NullMarked
package dev.onboard.patterns;

import org.jspecify.annotations.NullMarked;
