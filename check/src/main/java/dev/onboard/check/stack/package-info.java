/**
 * What a template's resources are, refer to and allow, as far as it can be told before deployment.
 */
@NullMarked
package dev.onboard.check.stack;

import org.jspecify.annotations.NullMarked;
